"""Postings to seeds: every two pages that share a shingle, by sorting."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Seeds = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]


def pair(shingle: NDArray[np.int64], page: NDArray[np.int32], position: NDArray[np.int32], df_cap: int) -> Seeds:
    """Return seeds (a, b, a_position, b_position), sorted, for shingles that 2 to df_cap pages hold; a < b.

    A page holds a shingle at most once in the postings.
    """
    order = np.lexsort((page, shingle))
    shingle, page, position = shingle[order], page[order], position[order]
    starts = np.flatnonzero(np.concatenate((np.ones(min(1, len(shingle)), bool), shingle[1:] != shingle[:-1])))
    sizes = np.diff(np.append(starts, len(shingle)))
    kept = (sizes >= 2) & (sizes <= df_cap)
    starts, sizes = starts[kept], sizes[kept]
    n = int((sizes * (sizes - 1) // 2).sum())
    a, b, a_at, b_at = (np.empty(n, np.int32) for _ in range(4))
    _pairs(starts, sizes, page, position, a, b, a_at, b_at)
    by_pair = np.argsort(a.astype(np.int64) << 32 | b, kind="stable")
    seeds: Seeds = _sorted_within(a[by_pair], b[by_pair], a_at[by_pair], b_at[by_pair])
    return seeds


@njit(nogil=True, cache=True)
def _pairs(starts, sizes, page, position, a, b, a_at, b_at):
    n = 0
    for g in range(len(starts)):
        first, last = starts[g], starts[g] + sizes[g]
        for i in range(first, last):
            for j in range(i + 1, last):
                a[n], b[n], a_at[n], b_at[n] = page[i], page[j], position[i], position[j]
                n += 1


@njit(nogil=True, cache=True)
def _sorted_within(a, b, a_at, b_at):
    """Sort the seeds of each pair of pages by their positions."""
    first = 0
    while first < len(a):
        last = first + 1
        while last < len(a) and a[last] == a[first] and b[last] == b[first]:
            last += 1
        order = np.argsort(a_at[first:last].astype(np.int64) << 32 | b_at[first:last])
        a_at[first:last], b_at[first:last] = a_at[first:last][order], b_at[first:last][order]
        first = last
    return a, b, a_at, b_at
