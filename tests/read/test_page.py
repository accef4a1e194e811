import json
import subprocess
import sys

import pytest
from htmls import ARTICLE, SENTENCES, TEXT, document, jsonld, meta, page

from stemma.read.page import NoPage, read_page

NAVIGATION = "<nav><ul>" + "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(12)) + "</ul></nav>"
COOKIES = (
    '<div id="cookie-banner" class="cookie-consent" role="dialog"><p>We use cookies to improve your experience.</p>'
    "<button>Accept all</button></div>"
)
FOOTER = '<footer><a href="/imprint">Imprint</a><p>© 2024 The Valley Post. All rights reserved.</p></footer>'


def test_the_body_is_the_article_a_paragraph_a_line():
    found = page(before=COOKIES + NAVIGATION, after=FOOTER + "<script>var x = 'script text';</script>")
    assert found.text == TEXT


def test_headings_and_lists_of_an_article_are_lines_of_it():
    found = page(
        article=f"{ARTICLE}<h2>What was closed</h2><ul><li>the old bridge over the river</li><li>the road to the mill</li></ul>"
    )
    assert "What was closed" in found.text.splitlines()
    assert any("the old bridge over the river" in line for line in found.text.splitlines())


def test_comments_of_readers_are_no_part_of_the_body():
    comments = '<section id="comments" class="comments"><div class="comment"><p>A reader shouted that all of this was nonsense.</p></div></section>'
    assert "nonsense" not in page(after=comments).text


def test_words_are_kept_as_they_were_saved():
    odd = "„Es regnet“, sagte sie \u2013 und ging\u2026 Cafe\u0301, nai\u0308ve, 𝕬lt, 雨."
    assert odd in page(article=f"<p>{SENTENCES[0]}</p><p>{odd}</p><p>{SENTENCES[1]}</p>").text


def test_the_charset_of_the_transport_is_used():
    html = document(
        article="<p>Elf Stunden lang fiel Regen auf das Tal, und Fluß und Bäche stiegen über die Ufer.</p>" * 3
    )
    assert (
        "Fluß und Bäche"
        in read_page(html.replace("<meta charset='utf-8'>", "").encode("cp1252"), "iso-8859-1", None, None).text
    )


SAVED = "<!-- saved from url=(0031)https://a.example/saved/page?x=1 -->"
OG = meta(og__url="https://a.example/og")
CANONICAL = '<link rel="canonical" href="https://a.example/canonical">'


@pytest.mark.parametrize(
    ("begin", "head", "url", "basis"),
    [
        (SAVED, OG + CANONICAL, "https://a.example/saved/page?x=1", "saved from"),
        ("", OG + CANONICAL, "https://a.example/og", "og:url"),
        ("", CANONICAL, "https://a.example/canonical", "canonical"),
        ("", meta(og__url="/og") + CANONICAL, "https://a.example/canonical", "canonical"),
        ("", '<link rel="canonical" href="/relative">', None, None),
        ("", "", None, None),
    ],
)
def test_without_an_address_the_pages_own_word_is_taken_and_said_to_be_that(begin, head, url, basis):
    html = document(head).replace("<html", begin + "\n<html", 1)
    found = read_page(html.encode(), None, None, None)
    assert (found.url, found.facts.get("url_basis")) == (url, basis)


def test_the_address_that_the_input_gives_comes_first():
    found = read_page((SAVED + document(OG + CANONICAL)).encode(), None, "https://b.example/x", None)
    assert (found.url, found.facts["url_basis"]) == ("https://b.example/x", "the input")
    assert found.facts["canonical"] == "https://a.example/canonical"


@pytest.mark.parametrize(
    ("target", "url", "completeness"),
    [
        ("https://a.example/rain/2", "https://a.example/rain", "paged"),
        ("https://a.example/rain?page=2", "https://a.example/rain", "paged"),
        ("https://a.example/rain-2.html", "https://a.example/rain.html", "paged"),
        ("https://a.example/rain/seite/2/", "https://a.example/rain/", "paged"),
        ("https://a.example/snow", "https://a.example/rain", "unknown"),
        ("https://a.example/rain-in-the-valley", "https://a.example/rain", "unknown"),
        ("https://b.example/rain/2", "https://a.example/rain", "unknown"),
    ],
)
def test_a_next_link_makes_a_paged_text_where_it_leads_to_its_next_part(target, url, completeness):
    assert page(f'<link rel="next" href="{target}">', url=url).completeness == completeness


def test_completeness_is_told_by_the_body_and_by_what_is_declared():
    assert page().completeness == "unknown"
    assert page(jsonld({"@type": "NewsArticle", "isAccessibleForFree": False})).completeness == "cut"
    assert page(jsonld({"@type": "NewsArticle", "isAccessibleForFree": True})).completeness == "whole"
    assert page(article=ARTICLE + "<p>Already a subscriber? Log in</p>").completeness == "cut"


@pytest.mark.parametrize(
    "html",
    [
        b"<html></html>",
        b"<html><body><script>var a = 'Rain fell on the valley for eleven hours';</script></body></html>",
        b"<html><head><title>Rain</title></head><body><p> </p></body></html>",
        b"\xff\xfe\x00\x00",
        b"<!-- nothing -->",
        b"<" * 500,
    ],
)
def test_html_without_a_text_is_no_page(html):
    with pytest.raises(NoPage) as told:
        read_page(html, None, None, None)
    assert told.value.reason in {"no body text", "no html"}


def test_nul_and_broken_markup_do_not_stop_the_reader():
    html = document().replace("eleven hours", "eleven\0 hours").replace("</article>", "</p></article></b></x>")
    found = read_page(html.encode(), None, None, None)
    assert "Farmers on the eastern bank" in found.text
    assert "\0" not in found.text


def test_nothing_of_a_page_is_run_or_fetched(tmp_path):
    """A page that names files and entities; reading happens in a process that may open no connection."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the words of another file")
    html = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><html><body><p>&x; {SENTENCES[0]}</p><img src="http://192.0.2.1/x"></body></html>'
    code = (
        "import json, socket, sys\n"
        "def refused(*a, **k): raise SystemExit('a connection was tried')\n"
        "socket.socket.connect = socket.getaddrinfo = refused\n"
        "from stemma.read.page import read_page\n"
        "print(json.dumps(read_page(sys.stdin.buffer.read(), None, 'http://192.0.2.1/', None).text))"
    )
    done = subprocess.run([sys.executable, "-c", code], input=html.encode(), capture_output=True, check=True)
    assert "another file" not in json.loads(done.stdout)
    assert SENTENCES[0] in json.loads(done.stdout)
