"""Side by side: nothing of either span is lost, differences are marked, long equal stretches fold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.view.model import Passage
from stemma.view.pairs import amount, compare

WORDS = st.lists(
    st.sampled_from(["ferry", "Holm", "the", "day.", "two,", "\n\n", "bay", "é", "паром", "船"]), max_size=60
)


def passage(a, b, start=0):
    return Passage("a", start, start + len(a), "b", start, start + len(b), 1, 1.0, "copy", None, thinned=False)


def whole(rows, side):
    return "".join(p.text for row in rows if row.kind in ("shared", "fold") for p in getattr(row, side))


def marked(rows, side, mark):
    return [p.text for row in rows for p in getattr(row, side) if p.mark == mark]


def test_words_of_one_side_and_words_that_differ(invented):
    a, b = "The old ferry sails at noon, said Tolk.", "The ferry leaves at noon, said Tolk."
    rows = compare(a, b, passage(a, b), invented.blocks)
    assert marked(rows, "left", "alone") == ["old"]
    assert marked(rows, "right", "gap") == [""]
    assert (marked(rows, "left", "other"), marked(rows, "right", "other")) == (["sails"], ["leaves"])


def test_case_and_punctuation_are_no_difference(invented):
    a, b = "“The ferry”, he said: stop.", "the ferry he said stop"
    rows = compare(a, b, passage(a, b), invented.blocks)
    assert {p.mark for row in rows for p in (*row.left, *row.right)} == {"same"}


def test_marks_leave_out_the_punctuation_around_words(invented):
    a, b = "It ended. \n\nThen they left.", "It ended. \n\n“Slowly,” then they left."
    rows = compare(a, b, passage(a, b), invented.blocks)
    assert marked(rows, "right", "alone") == ["Slowly"]


@given(WORDS, WORDS)
def test_every_character_of_both_spans_stands_in_some_row(invented, left, right):
    a, b = " ".join(left), " ".join(right)
    rows = compare(a, b, passage(a, b), invented.blocks)
    assert (whole(rows, "left"), whole(rows, "right")) == (a, b)


@given(st.integers(0, 700), st.sampled_from([" ", ". ", "\n", ""]))
def test_long_equal_stretches_fold_and_stay_complete(invented, count, between):
    a = between.join(f"word{i}" for i in range(count))
    rows = compare(a, a.upper(), passage(a, a), invented.blocks)
    assert (whole(rows, "left"), whole(rows, "right")) == (a, a.upper())
    folded = [row for row in rows if row.kind == "fold"]
    if between and count > 150:
        assert folded
        assert not any(row.one for row in folded)
    if count < 100:
        assert not folded


def test_a_fold_of_the_same_characters_is_one_text(invented):
    a = " ".join(f"word{i}" for i in range(200))
    fold = next(row for row in compare(a, a, passage(a, a), invented.blocks) if row.kind == "fold")
    assert fold.one
    assert fold.amount == "140 words"


def test_context_is_set_apart_and_cut_at_words(invented):
    before = "Lorem ipsum " * 40
    a, b = f"{before}the ferry sails at noon. After that, nothing.", "the ferry sails at noon."
    span = Passage("a", len(before), len(before) + 24, "b", 0, 24, 5, 1.0, "copy", None, thinned=False)
    rows = compare(a, b, span, invented.blocks)
    assert [row.kind for row in rows] == ["before", "shared", "after"]
    assert rows[0].left[0].text.startswith("… ")
    assert rows[0].left[0].text.split()[1] in ("Lorem", "ipsum")
    assert rows[0].right == []
    assert rows[2].left[0].text == " After that, nothing."


def test_a_limit_tells_what_it_leaves_out(invented):
    a = " ".join(f"word{i}." for i in range(5000))
    rows = compare(a, a, passage(a, a), invented.blocks, limit=2_000)
    assert rows[-1].kind == "cut"
    shown = whole(rows, "left")
    assert a.startswith(shown)
    assert rows[-1].amount == f"{5000 - len(shown.split()):,} words"
    assert len(shown) < 12_000


def test_no_equal_block_at_all():
    rows = compare("a b", "c d", passage("a b", "c d"), lambda _a, _b: [])
    assert (marked(rows, "left", "other"), marked(rows, "right", "other")) == (["a b"], ["c d"])


@pytest.mark.parametrize(("text", "words"), [("", "0 words"), ("one", "1 word"), ("船" * 400, "400 characters")])
def test_how_much_text(text, words):
    assert amount(text) == words


def test_the_kernel_fits():
    a, b = "The old ferry sails at noon, said Tolk.", "The ferry leaves at noon, said Tolk."
    rows = compare(a, b, passage(a, b))
    assert (whole(rows, "left"), whole(rows, "right")) == (a, b)
    assert marked(rows, "left", "alone") == ["old"]
