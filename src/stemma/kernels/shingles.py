"""Winnowed shingles: the few positions of a text by which shared passages are found.

A shingle runs from a token until it weighs WEIGHT: 5 words, or 12 graphemes where a token is one grapheme.
Winnowing (Schleimer, Wilkerson, Aiken 2003) keeps the least hash of each `window` neighbours, so that any run shared
by two texts of 5 + window - 1 words has a shingle kept in both.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from stemma.kernels.tokens import SINGLE, mixed

WEIGHT, WORD_WEIGHT, GRAPHEME_WEIGHT = 60, 12, 5

_NONE = np.uint64(0xFFFFFFFFFFFFFFFF)


def winnow(
    token: NDArray[np.int32], trait: NDArray[np.int8], offsets: NDArray[np.int64], window: int
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]:
    """Return the kept shingles of each text: hash int64[n], position int32[n] (token number), offsets int64[texts + 1].

    A shingle kept twice in a text stands once, where it is first. Shingles with a masked token (0) are left out.
    """
    shingle, position = np.empty(len(token), np.int64), np.empty(len(token), np.int32)
    ends = np.zeros(len(offsets), np.int64)
    n = _winnow(token, trait, offsets, window, shingle, position, ends)
    return shingle[:n], position[:n], ends


@njit(nogil=True, cache=True)
def _winnow(token, trait, offsets, window, shingle, position, ends):
    n = 0
    for text in range(len(offsets) - 1):
        first, last = offsets[text], offsets[text + 1]
        hashes = _shingles(token[first:last], trait[first:last])
        n = _kept(hashes, window, shingle, position, n)
        ends[text + 1] = n
    return n


@njit(nogil=True, cache=True)
def shingle_stop(trait, i):
    """Return the token after the shingle that begins at token i, or -1 where the text ends before."""
    weight = 0
    while weight < WEIGHT:
        if i == len(trait):
            return -1
        weight += GRAPHEME_WEIGHT if trait[i] & SINGLE else WORD_WEIGHT
        i += 1
    return i


@njit(nogil=True, cache=True)
def _shingles(token, trait):
    """Return the hash of the shingle at each token, _NONE where there is none."""
    hashes = np.full(len(token), _NONE)
    for i in range(len(token)):
        stop = shingle_stop(trait, i)
        if stop < 0:
            break
        h = np.uint64(stop - i)
        for t in range(i, stop):
            if token[t] == 0:
                h = _NONE
                break
            h = mixed(h ^ np.uint64(np.uint32(token[t]))) + np.uint64(0x9E3779B97F4A7C15)
        hashes[i] = h
    return hashes


@njit(nogil=True, cache=True)
def _kept(hashes, window, shingle, position, n):
    """Append the least hash of each window, every hash once; return the new length."""
    size = 16
    while size < 2 * len(hashes):
        size *= 2
    seen = np.full(size, _NONE)
    least = -1
    for i in range(len(hashes)):
        if least <= i - window:  # the least fell out of the window: look through it anew
            least = i - window + 1
            for k in range(least, i + 1):
                if hashes[k] <= hashes[least]:
                    least = k
        elif least < 0 or hashes[i] <= hashes[least]:
            least = i
        full = i >= window - 1 or i == len(hashes) - 1
        if full and hashes[least] != _NONE and _is_new(seen, hashes[least]):
            shingle[n], position[n] = np.int64(hashes[least]), least
            n += 1
    return n


@njit(nogil=True, cache=True)
def _is_new(seen, h):
    """Put h into an open-addressing set; return whether it wasn't there."""
    slot = h & np.uint64(len(seen) - 1)
    while seen[slot] != _NONE:
        if seen[slot] == h:
            return False
        slot = (slot + np.uint64(1)) & np.uint64(len(seen) - 1)
    seen[slot] = h
    return True


def cover(
    trait: NDArray[np.int8], offsets: NDArray[np.int64], text: NDArray[np.int64], position: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return bool[tokens]: whether a token stands in one of the shingles that begin at (text, position)."""
    covered = np.zeros(len(trait), np.bool_)
    _cover(trait, offsets, text, position, covered)
    return covered


@njit(nogil=True, cache=True)
def _cover(trait, offsets, text, position, covered):
    for k in range(len(text)):
        first, last = offsets[text[k]], offsets[text[k] + 1]
        stop = shingle_stop(trait[first:last], position[k])
        for t in range(position[k], stop):
            covered[first + t] = True
