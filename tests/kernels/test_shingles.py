import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from texts import PROSE, tokens_of

from stemma.kernels.shingles import cover, winnow
from stemma.kernels.tokens import as_int32


def shingles_of(*texts, window=4):
    tokens = tokens_of(*texts)
    return winnow(as_int32(tokens.hash), tokens.trait, tokens.offsets, window)


@given(st.lists(st.integers(0, 10**6), min_size=8, max_size=12), PROSE, PROSE, PROSE, PROSE)
def test_two_texts_with_a_run_of_eight_words_share_a_shingle(run, a, b, c, d):
    shared = " ".join(f"word{n}" for n in run)
    hashes, _, ends = shingles_of(f"{a} {shared} {b}", f"{c} {shared} {d}")
    assert set(hashes[: ends[1]]) & set(hashes[ends[1] :])


def test_twelve_graphemes_make_a_shingle_and_eleven_do_not():
    assert len(shingles_of("東京都知事選挙立候補者説")[0]) == 1
    assert len(shingles_of("東京都知事選挙立候補者")[0]) == 0


def test_four_words_make_none():
    assert len(shingles_of("only four words here", "")[0]) == 0


@given(PROSE)
def test_a_text_keeps_each_shingle_once_at_its_first_place(text):
    hashes, position, _ = shingles_of(f"{text} {text}", window=1)
    assert len(set(hashes.tolist())) == len(hashes)
    n = len(tokens_of(text).hash)
    assert (position < n).all() or n == 0


@given(PROSE, st.integers(1, 9))
def test_winnowing_leaves_no_hole_longer_than_its_window(text, window):
    distinct = " ".join(f"{word}{n}" for n, word in enumerate(text.split()))
    _, all_positions, _ = shingles_of(distinct, window=1)
    _, kept, _ = shingles_of(distinct, window=window)
    assert set(kept.tolist()) <= set(all_positions.tolist())
    if len(all_positions):
        edges = np.concatenate(([all_positions[0] - 1], kept, [all_positions[-1] + 1]))
        assert np.diff(edges).max() <= window


def test_a_masked_token_is_in_no_shingle():
    tokens = tokens_of(" ".join(f"w{n}" for n in range(20)))
    masked = as_int32(tokens.hash)
    masked[10] = 0
    _, position, _ = winnow(masked, tokens.trait, tokens.offsets, 1)
    assert sorted(position) == [*range(6), *range(11, 16)]


def test_cover_marks_the_tokens_of_a_shingle():
    tokens = tokens_of("a b c d e f g", "one two three four five six")
    covered = cover(tokens.trait, tokens.offsets, np.array([0, 1]), np.array([1, 0]))
    assert np.flatnonzero(covered).tolist() == [1, 2, 3, 4, 5, 7, 8, 9, 10, 11]
