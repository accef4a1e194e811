from hypothesis import given
from hypothesis import strategies as st
from made import prose

from stemma.reuse.collate import blocks

TEXT = st.text(st.sampled_from(list("ab 。京,É\u0301\n“")), max_size=40)


@given(TEXT, TEXT)
def test_blocks_rise_and_lie_within_both_texts(a, b):
    ends = (0, 0)
    for a_start, a_stop, b_start, b_stop in blocks(a, b):
        assert ends[0] <= a_start < a_stop <= len(a)
        assert ends[1] <= b_start < b_stop <= len(b)
        ends = (a_stop, b_stop)


def test_case_accents_in_two_forms_and_punctuation_do_not_part_a_run():
    assert blocks("Café, closed — today", "CAFE\u0301 closed today") == [(0, 20, 0, 18)]


def test_a_changed_word_parts_two_runs():
    assert blocks("the old bridge fell", "the new bridge fell") == [(0, 3, 0, 3), (8, 19, 8, 19)]


def test_long_texts_match_themselves():
    text = prose("long", 6000)
    assert blocks(text, text) == [(0, len(text.rstrip(".")), 0, len(text.rstrip(".")))]
