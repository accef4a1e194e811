"""Which tokens of two texts correspond: unique common words as posts, the spans between them aligned exactly."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from stemma.kernels.alignment import Scoring, Side, bridge_path

#: A span between posts is aligned while its table stays under this many cells; a larger one shares nothing in order.
_MOST_CELLS = 4_000_000


def matched_pairs(a: Side, b: Side, scoring: Scoring) -> NDArray[np.int64]:
    """Return int64[k, 2]: the matched token numbers of a and b, both rising.

    Words that stand once on both sides and in the same order (the longest such series, as in patience diff) are posts.
    """
    posts = _in_order(_unique_common(a.token, b.token))
    pieces, i, j = [], 0, 0
    for x, y in [*posts.tolist(), (len(a.token), len(b.token))]:
        if 0 < (x - i) * (y - j) <= _MOST_CELLS:
            pieces.append(bridge_path(a, b, i, x, j, y, scoring))
        if x < len(a.token):
            pieces.append(np.array([[x, y]], np.int64))
        i, j = x + 1, y + 1
    return np.concatenate(pieces) if pieces else np.empty((0, 2), np.int64)


def _unique_common(a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return int64[k, 2]: positions of the unmasked tokens that stand exactly once in each, ordered by a."""
    words_a, at_a, count_a = np.unique(a, return_index=True, return_counts=True)
    words_b, at_b, count_b = np.unique(b, return_index=True, return_counts=True)
    at_a, words_a = at_a[(count_a == 1) & (words_a != 0)], words_a[(count_a == 1) & (words_a != 0)]
    at_b, words_b = at_b[count_b == 1], words_b[count_b == 1]
    _, in_a, in_b = np.intersect1d(words_a, words_b, assume_unique=True, return_indices=True)
    pairs = np.stack((at_a[in_a], at_b[in_b]), axis=1).astype(np.int64)
    return pairs[np.argsort(pairs[:, 0])]


@njit(nogil=True, cache=True)
def _in_order(pairs):
    """Return the longest series of pairs that rises on both sides (pairs rise in a)."""
    n = len(pairs)
    tails, before = np.empty(n, np.int64), np.full(n, -1)
    length = 0
    for k in range(n):
        lo, hi = 0, length
        while lo < hi:
            mid = (lo + hi) // 2
            if pairs[tails[mid], 1] < pairs[k, 1]:
                lo = mid + 1
            else:
                hi = mid
        before[k] = tails[lo - 1] if lo > 0 else -1
        tails[lo] = k
        length = max(length, lo + 1)
    series = np.empty((length, 2), np.int64)
    k = tails[length - 1] if length > 0 else -1
    for at in range(length - 1, -1, -1):
        series[at] = pairs[k]
        k = before[k]
    return series
