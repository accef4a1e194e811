import socket

import pytest

from stemma.read.outlet import outlet_of


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://news.valleypost.com/2024/rain", "valleypost.com"),
        ("http://WWW.ValleyPost.COM:8080/?a=b", "valleypost.com"),
        ("https://www.valley.co.uk/x", "valley.co.uk"),
        ("https://valley.co.uk", "valley.co.uk"),
        ("https://desk.valley.com.au/", "valley.com.au"),
        ("https://reader:secret@www.valleypost.com/", "valleypost.com"),
        ("HTTPS://valleypost.com", "valleypost.com"),
    ],
)
def test_the_outlet_is_the_registrable_domain(url, outlet):
    assert outlet_of(url) == outlet


def test_blogs_under_a_private_suffix_are_outlets_of_their_own():
    assert outlet_of("https://one.blogspot.com/x") == "one.blogspot.com"
    assert outlet_of("https://two.github.io/x") == "two.github.io"


@pytest.mark.parametrize("url", ["https://www.a.example/x", "https://a.example", "http://news.desk.a.example/y"])
def test_under_an_unknown_suffix_the_last_two_labels_count(url):
    assert outlet_of(url) == "a.example"


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("http://192.0.2.7:8000/x", "192.0.2.7"),
        ("http://[2001:db8::1]/x", "2001:db8::1"),
        ("http://localhost:8000/x", "localhost"),
    ],
)
def test_a_host_without_a_domain_stands_for_itself(url, outlet):
    assert outlet_of(url) == outlet


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "valleypost.com",
        "mailto:desk@a.example",
        "http://",
        "http:///x",
        "http://[::1",
        "file:///x",
        "https:/a.example",
    ],
)
def test_what_is_no_web_address_has_no_outlet(url):
    assert outlet_of(url) is None


def test_no_network_is_asked(monkeypatch):
    def refused(*_args, **_kwargs):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    assert outlet_of("https://never.looked.up.valleypost.org/") == "valleypost.org"
