import pytest
from htmls import TEXT

from stemma.read.completeness import completeness


@pytest.mark.parametrize(
    "end",
    [
        "[…]",
        "[...]",
        "(…)",
        "\nRead more",
        "\nContinue reading on our site",
        "\nWeiterlesen",
        "\nLire la suite",
        "\nLeer más »",
        "\nЧитать далее",
    ],
)
def test_a_text_that_invites_to_its_rest_is_a_summary(end):
    assert completeness(TEXT + " " + end) == "summary"


@pytest.mark.parametrize(
    "end",
    [
        " …",
        "...",
        " and then…”",
        "\nSubscribe to continue reading",
        "\nAlready a subscriber? Log in",
        "\nThis article is for subscribers.",
        "\nJetzt abonnieren",
        "\nRéservé aux abonnés",
    ],
)
def test_a_text_that_stops_before_its_end_is_cut(end):
    assert completeness(TEXT + end) == "cut"


@pytest.mark.parametrize("end", ["\n-30-", "\n- 30 -", "\n###", "\n* * *", "\nENDS", "\n(END)", " ■"])
def test_an_end_mark_makes_a_whole_text(end):
    assert completeness(TEXT + end) == "whole"


@pytest.mark.parametrize(
    "words", ["Page 1 of 3", "page 2/3", "Seite 2 von 3", "Página 1 de 12", "Pagina 1 di 2", "Sida 1 av 2"]
)
@pytest.mark.parametrize("place", ["{words}\n{text}", "{text}\n{words}"])
def test_a_text_that_counts_its_pages_is_paged(words, place):
    assert completeness(place.format(words=words, text=TEXT)) == "paged"


@pytest.mark.parametrize("words", ["Page 1 of 1", "on page 3 of the book", "Seite an Seite", "page 1"])
def test_other_pages_are_none(words):
    assert completeness(f"{TEXT}\n{words}") == "unknown"


def test_most_texts_have_no_mark():
    assert completeness(TEXT) == "unknown"
    assert completeness("") == "unknown"


def test_what_the_page_declares_counts():
    assert completeness(TEXT, paywall=True) == "cut"
    assert completeness(TEXT, free=True) == "whole"
    assert completeness(TEXT, paged=True) == "paged"


def test_the_texts_own_end_comes_before_what_the_page_declares():
    assert completeness(TEXT + " [...]", paywall=True) == "summary"
    assert completeness(TEXT + "\nSubscribers only", free=True) == "cut"
    assert completeness("Page 1 of 2\n" + TEXT, free=True) == "paged"


@pytest.mark.parametrize(
    "line",
    [
        "He told them to read more, and they read more of the old books than anyone had done in the valley for years.",
        "Continue reading, she said.\nThat was all.",
        "Wait… and see.",
    ],
)
def test_such_words_inside_a_text_are_words(line):
    assert completeness(f"{TEXT}\n{line}") == "unknown"
