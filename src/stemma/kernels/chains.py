"""Seeds of a pair of pages to aligned passages: chain, run, bridge, extend, weigh."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from stemma.kernels.alignment import Scoring, Side, bridge, count, extend, same


class Corpus(NamedTuple):
    """Tokens of all pages, one after the other.

    token int32[n]; bits int16[n]; chars int32[n]; quoted int8[n] (bit 1); offsets int64[pages + 1].
    """

    token: NDArray[np.int32]
    bits: NDArray[np.int16]
    chars: NDArray[np.int32]
    quoted: NDArray[np.int8]
    offsets: NDArray[np.int64]


class Limits(NamedTuple):
    """What makes a passage: seeds at most gap_tokens apart; at least so many matched tokens, bits, share matched."""

    gap_tokens: int
    min_tokens: int
    min_bits: float
    min_identity: float


#: Columns of an aligned passage: group, then half-open token ranges on both sides, then what matched.
GROUP, A_FIRST, A_LAST, B_FIRST, B_LAST, MATCHED, BITS, CHARS, QUOTED = range(9)
_COLUMNS = 9

_OPEN_CHAINS = 64  # chains a seed is held against; older ones are out of reach in all but tables of contents


def align(
    corpus: Corpus,
    row_a: NDArray[np.int64],
    row_b: NDArray[np.int64],
    starts: NDArray[np.int64],
    a_at: NDArray[np.int32],
    b_at: NDArray[np.int32],
    scoring: Scoring,
    limits: Limits,
) -> NDArray[np.int64]:
    """Return the passages int64[k, 9] of each group of seeds; columns as named above, bits in 1/16.

    Group g is the pair of corpus rows (row_a[g], row_b[g]) with seeds [starts[g], starts[g + 1]), sorted.
    """
    out = np.empty((len(a_at), _COLUMNS), np.int64)
    n = _align_all(corpus, row_a, row_b, starts, a_at, b_at, scoring, limits, out)
    return out[:n]


@njit(nogil=True, cache=True)
def _align_all(corpus, row_a, row_b, starts, a_at, b_at, scoring, limits, out):
    n = 0
    for g in range(len(row_a)):
        a, b = _side(corpus, row_a[g]), _side(corpus, row_b[g])
        first, last = starts[g], starts[g + 1]
        found = _align_pair(a, b, a_at[first:last], b_at[first:last], scoring, limits, out[n:])
        out[n : n + found, GROUP] = g
        n += found
    return n


@njit(nogil=True, cache=True)
def _side(corpus, row):
    first, last = corpus.offsets[row], corpus.offsets[row + 1]
    return Side(corpus.token[first:last], corpus.bits[first:last], corpus.chars[first:last], corpus.quoted[first:last])


@njit(nogil=True, cache=True)
def _align_pair(a, b, a_at, b_at, scoring, limits, out):
    """Write the passages of one pair of pages; return how many."""
    head, following = _chained(a_at, b_at, limits.gap_tokens)
    n = 0
    for c in range(len(head)):
        if _align_chain(a, b, a_at, b_at, head[c], following, scoring, out[n]) and _enough(out[n], limits):
            n += 1
    return _without_doubles(out, n)


@njit(nogil=True, cache=True)
def _chained(a_at, b_at, reach):
    """Link each seed to the open chain whose diagonal is nearest; return heads and the next seed of each (-1: none)."""
    head, tail = np.empty(len(a_at), np.int64), np.empty(len(a_at), np.int64)
    following = np.full(len(a_at), -1)
    chains = 0
    for s in range(len(a_at)):
        best, least = -1, reach + 1
        for c in range(chains - 1, max(-1, chains - 1 - _OPEN_CHAINS), -1):
            da, db = a_at[s] - a_at[tail[c]], b_at[s] - b_at[tail[c]]
            if 0 < da <= reach and 0 < db <= reach and abs(da - db) < least:
                best, least = c, abs(da - db)
        if best < 0:
            head[chains], tail[chains] = s, s
            chains += 1
        else:
            following[tail[best]], tail[best] = s, s
    return head[:chains], following


@njit(nogil=True, cache=True)
def _align_chain(a, b, a_at, b_at, seed, following, scoring, row):
    """Align along one chain of seeds into `row`; return whether anything matched."""
    row[:] = 0
    started = False
    while seed >= 0:
        i, j = np.int64(a_at[seed]), np.int64(b_at[seed])
        if not started and same(a, b, i, j):
            while i > 0 and j > 0 and same(a, b, i - 1, j - 1):
                i, j = i - 1, j - 1
            row[A_FIRST], row[A_LAST], row[B_FIRST], row[B_LAST] = i, i, j, j
            _run(a, b, row)
            started = True
        elif started and i >= row[A_LAST] and j >= row[B_LAST] and same(a, b, i, j):
            while i > row[A_LAST] and j > row[B_LAST] and same(a, b, i - 1, j - 1):
                i, j = i - 1, j - 1
            row[MATCHED:] += bridge(a, b, row[A_LAST], i, row[B_LAST], j, scoring)
            row[A_LAST], row[B_LAST] = i, j
            _run(a, b, row)
        seed = following[seed]
    if started:
        row[A_FIRST], row[B_FIRST], tally = extend(a, b, row[A_FIRST], row[B_FIRST], -1, scoring)
        row[MATCHED:] += tally
        row[A_LAST], row[B_LAST], tally = extend(a, b, row[A_LAST], row[B_LAST], 1, scoring)
        row[MATCHED:] += tally
    return started


@njit(nogil=True, cache=True)
def _run(a, b, row):
    """Move the end of the passage over all tokens that match one by one."""
    while row[A_LAST] < len(a.token) and row[B_LAST] < len(b.token) and same(a, b, row[A_LAST], row[B_LAST]):
        count(row[MATCHED:], a, b, row[A_LAST], row[B_LAST])
        row[A_LAST] += 1
        row[B_LAST] += 1


@njit(nogil=True, cache=True)
def _enough(row, limits):
    longer = max(row[A_LAST] - row[A_FIRST], row[B_LAST] - row[B_FIRST])
    return (
        row[MATCHED] >= limits.min_tokens
        and row[BITS] >= 16 * limits.min_bits
        and row[MATCHED] >= limits.min_identity * longer
    )


@njit(nogil=True, cache=True)
def _without_doubles(out, n):
    """Keep, of passages that cover each other by half on both sides, the one with more bits; return how many."""
    kept = 0
    for p in range(n):
        double = False
        for q in range(n):
            better = out[q, BITS] > out[p, BITS] or (out[q, BITS] == out[p, BITS] and q < p)
            if q != p and better and _covers(out[q], out[p], A_FIRST) and _covers(out[q], out[p], B_FIRST):
                double = True
        out[p, GROUP] = 1 if double else 0
    for p in range(n):
        if out[p, GROUP] == 0:
            out[kept] = out[p]
            kept += 1
    return kept


@njit(nogil=True, cache=True)
def _covers(q, p, first):
    shared = min(q[first + 1], p[first + 1]) - max(q[first], p[first])
    return 2 * shared >= p[first + 1] - p[first]
