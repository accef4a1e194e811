import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.kernels import chains
from stemma.kernels.alignment import Scoring
from stemma.kernels.pairing import pair
from stemma.kernels.shingles import winnow

SCORING = Scoring(4.0, 0.6, 0.6, 3.0, 8)
LIMITS = chains.Limits(40, 8, 30.0, 0.35)
SHARED = st.lists(st.integers(1, 10**6), min_size=12, max_size=60, unique=True)
OTHER = st.lists(st.integers(2 * 10**6, 3 * 10**6), max_size=30, unique=True)
FURTHER = st.lists(st.integers(4 * 10**6, 5 * 10**6), max_size=30, unique=True)


def passages(a, b, bits=80):
    """Align two token lists as the reuse room does; return rows (a_first, a_last, b_first, b_last, matched)."""
    token = np.array([*a, *b], np.int32)
    offsets = np.array([0, len(a), len(a) + len(b)], np.int64)
    trait = np.zeros(len(token), np.int8)
    corpus = chains.Corpus(token, np.full(len(token), bits, np.int16), np.full(len(token), 5, np.int32), trait, offsets)
    shingle, position, ends = winnow(token, trait, offsets, 4)
    page = np.repeat(np.arange(2, dtype=np.int32), np.diff(ends))
    _, _, a_at, b_at = pair(shingle, page, position, 50)
    one = np.zeros(min(1, len(a_at)), np.int64)
    starts = np.array([0, len(a_at)], np.int64)[: len(one) + 1]
    found = chains.align(corpus, one, one + 1, starts, a_at, b_at, SCORING, LIMITS)
    return [tuple(int(v) for v in row[1:6]) for row in found]


@given(SHARED, OTHER, OTHER, FURTHER, FURTHER)
def test_a_shared_run_is_found_with_exact_ends(shared, a0, a1, b0, b1):
    found = passages([*a0, *shared, *a1], [*b0, *shared, *b1])
    n = len(shared)
    assert found == [(len(a0), len(a0) + n, len(b0), len(b0) + n, n)]


@given(SHARED, SHARED, st.data())
@settings(max_examples=60)
def test_matched_never_exceeds_either_side_and_ends_match(x, y, data):
    a = [*x, *y]
    b = [data.draw(st.sampled_from(a)) if data.draw(st.integers(0, 5)) == 0 else t for t in [*y, *x]]
    for a_first, a_last, b_first, b_last, matched in passages(a, b):
        assert 0 <= a_first < a_last <= len(a)
        assert 0 <= b_first < b_last <= len(b)
        assert LIMITS.min_tokens <= matched <= min(a_last - a_first, b_last - b_first)
        assert a[a_first] == b[b_first]
        assert a[a_last - 1] == b[b_last - 1]


def test_word_edits_and_an_insert_stay_one_passage():
    a = list(range(1, 101))
    b = [*a[:30], *range(1000, 1020), *a[30:60], 7777, *a[61:]]
    assert passages(a, b) == [(0, 100, 0, 120, 99)]


def test_paragraphs_in_another_order_are_two_passages():
    x, y = list(range(1, 41)), list(range(100, 140))
    assert sorted(passages([*x, *y], [*y, *x])) == [(0, 40, 40, 80, 40), (40, 80, 0, 40, 40)]


def test_masked_tokens_end_a_passage():
    a = list(range(1, 61))
    masked = [*a[:30], *[0] * 30]
    assert passages(masked, masked) == [(0, 30, 0, 30, 30)]


def test_common_words_alone_are_no_passage():
    a = list(range(1, 13))
    assert passages(a, a, bits=16) == []


def test_seven_words_are_no_passage():
    assert passages(list(range(1, 8)), list(range(1, 8))) == []
