import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.ids import digest, document_id, normalised, witness_id


@pytest.mark.parametrize(
    "other",
    [
        "http://a.example/x/",
        "https://www.a.example/x?utm_source=feed&utm_medium=rss",
        "https://a.example:443/x#part",
        "  https://a.example/x?fbclid=1 ",
    ],
)
def test_addresses_of_one_document(other):
    assert document_id(other, "p") == document_id("https://a.example/x", "q")


@pytest.mark.parametrize(
    "other", ["https://a.example/y", "https://a.example/x?id=2", "https://b.example/x", "https://a.example:8080/x"]
)
def test_addresses_of_different_documents(other):
    assert document_id(other, "p") != document_id("https://a.example/x", "p")


def test_a_page_without_address_is_a_document_of_its_own():
    assert document_id(None, "p") != document_id(None, "q")


@given(st.text())
def test_any_string_can_stand_as_an_address(url):
    assert isinstance(normalised(url), str)


@given(st.lists(st.text(), min_size=2, max_size=4), st.lists(st.text(), min_size=2, max_size=4))
def test_parts_do_not_run_into_each_other(one, other):
    assert (digest(*one) == digest(*other)) == (one == other)


def test_ids_never_change():
    """Cases on disk hold them: a change here breaks every case there is."""
    assert digest(b"payload") == "10869b0f6f20a93198b36b54dcfb8664"
    assert document_id("https://a.example/x", "p") == "ad69552a74030ed981e9dcc21a00171b"
    assert witness_id("p", 1, 2) == "5e27d272956062ed4240b371e01d0aed"
