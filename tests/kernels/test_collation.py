import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stemma.kernels.alignment import Scoring, Side
from stemma.kernels.collation import matched_pairs

SCORING = Scoring(4.0, 0.6, 0.6, 3.0, 8)
NUMBERS = st.lists(st.integers(0, 9), max_size=40)


def side(tokens):
    token = np.array(tokens, np.int32)
    return Side(token, np.full(len(token), 80, np.int16), np.ones(len(token), np.int32), np.zeros(len(token), np.int8))


@given(NUMBERS, NUMBERS)
def test_matches_rise_on_both_sides_and_are_equal(a, b):
    pairs = matched_pairs(side(a), side(b), SCORING)
    for x, y in pairs.tolist():
        assert a[x] == b[y] != 0
    assert (np.diff(pairs, axis=0) > 0).all()


@given(st.lists(st.integers(1, 9), max_size=60))
def test_a_text_matches_itself_whole(a):
    assert matched_pairs(side(a), side(a), SCORING).tolist() == [[i, i] for i in range(len(a))]


@given(st.lists(st.integers(1, 50), min_size=5, max_size=40), st.data())
def test_one_inserted_word_leaves_all_others_matched(a, data):
    at = data.draw(st.integers(0, len(a)))
    pairs = matched_pairs(side(a), side([*a[:at], 99, *a[at:]]), SCORING)
    assert len(pairs) == len(a)


def test_masked_tokens_match_nothing():
    assert len(matched_pairs(side([0, 0, 5]), side([0, 0, 5]), SCORING)) == 1
