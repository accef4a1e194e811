"""Gapped alignment of token runs: an X-drop extension outwards, and a global bridge between two fixed ends.

A matched token gains up to 1 by its weight in bits (a rare word 1, a common one less), so that an end made only of
common words doesn't carry a passage into its neighbours. A path is worth its gains less what its gaps cost. Token 0
is masked and equals nothing.
"""

from typing import NamedTuple

import numpy as np
from numba import njit


class Scoring(NamedTuple):
    """Costs of an alignment, in units of one well-matched token.

    full_gain_bits: weight from which a match gains 1; mismatch, gap: cost of a token replaced, or present on one side
    only; drop: how far below its best an extension may fall before it ends; band: tokens by which the sides may shift.
    """

    full_gain_bits: float
    mismatch: float
    gap: float
    drop: float
    band: int


class Side(NamedTuple):
    """Tokens of one text, all [n]: token int32, bits int16 (weight in 1/16 bit), chars int32, quoted int8 (bit 1)."""

    token: np.ndarray
    bits: np.ndarray
    chars: np.ndarray
    quoted: np.ndarray


_WORST = -1e9


@njit(nogil=True, cache=True, inline="always")
def same(a, b, i, j):
    """Whether tokens i of a and j of b are equal and not masked."""
    return a.token[i] == b.token[j] and a.token[i] != 0


@njit(nogil=True, cache=True, inline="always")
def _gain(bits, scoring):
    return min(1.0, bits / (16.0 * scoring.full_gain_bits))


@njit(nogil=True, cache=True, inline="always")
def count(tally, a, b, i, j):
    """Add a matched pair of tokens to a tally int64[4]: tokens, bits, code points, tokens quoted on both sides."""
    tally[0] += 1
    tally[1] += a.bits[i]
    tally[2] += a.chars[i]
    tally[3] += a.quoted[i] & b.quoted[j] & 1


@njit(nogil=True, cache=True)
def extend(a, b, i0, j0, step, scoring):
    """Extend from the boundary before tokens i0, j0, outwards by step +1 or -1, while the best path stays in reach.

    Returns (i, j, tally): the new boundary and what the extension matched.
    """
    width = 2 * scoring.band + 1
    score, before = np.full(width, _WORST), np.full(width, _WORST)
    tally, tally_before = np.zeros((width, 4), np.int64), np.zeros((width, 4), np.int64)
    shift = 0 if step > 0 else -1
    room_a = len(a.token) - i0 if step > 0 else i0
    room_b = len(b.token) - j0 if step > 0 else j0
    for d in range(scoring.band, width):
        score[d] = -scoring.gap * (d - scoring.band)
    best, best_i, best_j = 0.0, 0, 0
    found = np.zeros(4, np.int64)
    for i in range(1, room_a + 1):
        score, before = before, score
        tally, tally_before = tally_before, tally
        x = i0 + shift + step * (i - 1)
        for d in range(width):
            j = i + d - scoring.band
            score[d] = _WORST
            if j < 0 or j > room_b:
                continue
            _shift(score, before, tally, tally_before, d, scoring.gap)
            y = j0 + shift + step * (j - 1)
            matches = j > 0 and same(a, b, x, y)
            value = before[d] + (_gain(a.bits[x], scoring) if matches else -scoring.mismatch)
            if j > 0 and value > score[d]:
                score[d], tally[d, :] = value, tally_before[d]
                if matches:
                    count(tally[d], a, b, x, y)
                    if value > best:
                        best, best_i, best_j = value, i, j
                        found[:] = tally[d]
        if score.max() < best - scoring.drop:
            break
    return i0 + step * best_i, j0 + step * best_j, found


@njit(nogil=True, cache=True)
def _shift(score, before, tally, tally_before, d, gap):
    """Let cell d of a banded row come from a token present on one side only, where that is better."""
    if d + 1 < len(score) and before[d + 1] - gap > score[d]:
        score[d], tally[d, :] = before[d + 1] - gap, tally_before[d + 1]
    if d > 0 and score[d - 1] - gap > score[d]:
        score[d], tally[d, :] = score[d - 1] - gap, tally[d - 1]


@njit(nogil=True, cache=True)
def bridge(a, b, i0, i1, j0, j1, scoring):
    """Align a[i0:i1] with b[j0:j1] from end to end; return the tally of the best path."""
    n, m = i1 - i0, j1 - j0
    score = np.empty((2, m + 1))
    tally = np.zeros((2, m + 1, 4), np.int64)
    for j in range(m + 1):
        score[0, j] = -scoring.gap * j
    for i in range(1, n + 1):
        now, ago = i & 1, 1 - (i & 1)
        score[now, 0] = -scoring.gap * i
        tally[now, 0, :] = 0
        for j in range(1, m + 1):
            matches = same(a, b, i0 + i - 1, j0 + j - 1)
            gain = _gain(a.bits[i0 + i - 1], scoring) if matches else -scoring.mismatch
            value, row, column = score[ago, j - 1] + gain, ago, j - 1
            if score[ago, j] - scoring.gap > value:
                value, row, column, matches = score[ago, j] - scoring.gap, ago, j, False
            if score[now, j - 1] - scoring.gap > value:
                value, row, column, matches = score[now, j - 1] - scoring.gap, now, j - 1, False
            score[now, j] = value
            tally[now, j, :] = tally[row, column]
            if matches:
                count(tally[now, j], a, b, i0 + i - 1, j0 + j - 1)
    return tally[n & 1, m]


@njit(nogil=True, cache=True)
def bridge_path(a, b, i0, i1, j0, j1, scoring):
    """Align like `bridge`; return int64[matches, 2], the matched token pairs in order. Needs (i1-i0)*(j1-j0) bytes."""
    n, m = i1 - i0, j1 - j0
    came = np.zeros((n + 1, m + 1), np.uint8)  # 0 diagonal, 1 from above (a alone), 2 from the left (b alone)
    score = np.empty((2, m + 1))
    for j in range(m + 1):
        score[0, j], came[0, j] = -scoring.gap * j, 2
    for i in range(1, n + 1):
        now, ago = i & 1, 1 - (i & 1)
        score[now, 0], came[i, 0] = -scoring.gap * i, 1
        for j in range(1, m + 1):
            matches = same(a, b, i0 + i - 1, j0 + j - 1)
            value = score[ago, j - 1] + (_gain(a.bits[i0 + i - 1], scoring) if matches else -scoring.mismatch)
            if score[ago, j] - scoring.gap > value:
                value, came[i, j] = score[ago, j] - scoring.gap, 1
            if score[now, j - 1] - scoring.gap > value:
                value, came[i, j] = score[now, j - 1] - scoring.gap, 2
            score[now, j] = value
    return _walked(a, b, i0, j0, n, m, came)


@njit(nogil=True, cache=True)
def _walked(a, b, i0, j0, n, m, came):
    """Follow the path back from its end; return its matched pairs in order."""
    pairs = np.empty((min(n, m), 2), np.int64)
    k = len(pairs)
    while n > 0 and m > 0:
        if came[n, m] == 1:
            n -= 1
        elif came[n, m] == 2:
            m -= 1
        else:
            n, m = n - 1, m - 1
            if same(a, b, i0 + n, j0 + m):
                k -= 1
                pairs[k, 0], pairs[k, 1] = i0 + n, j0 + m
    return pairs[k:]
