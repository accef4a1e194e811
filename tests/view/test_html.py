"""Strangers' text can't become markup."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from stemma.view import html
from stemma.view.pairs import Piece


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.words = [], ""

    def handle_starttag(self, tag, _attrs):
        self.found.append(tag)

    def handle_data(self, data):
        self.words += data


@given(
    st.text(st.characters(codec="utf-8"))
    | st.sampled_from(["<script>x</script>", "<img src=x onerror=y>", "&lt;b&gt;"])
)
def test_text_stays_text(text):
    tags = Tags()
    tags.feed(f"{html.text(text)}<i>")
    assert set(tags.found) <= {"span", "i"}


def test_unseen_characters_are_boxed():
    assert html.text("a\u202eb<") == 'a<span class="unseen">U+202E</span>b&lt;'


def test_marks():
    assert html.piece(Piece("a<b", "alone")) == '<mark class="alone" title="here only">a&lt;b</mark>'
    assert "‸" in html.piece(Piece("", "gap"))
    assert html.piece(Piece("a", "same")) == "a"


def test_a_language_that_is_none_gives_no_attribute():
    assert html.lang("zh-Hant") == ' lang="zh-Hant"'
    assert html.lang('en" onload="x') == ""
    assert html.lang(None) == ""
