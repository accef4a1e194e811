"""Text to tokens: words, or graphemes in scripts without spaces, hashed after folding, with code-point offsets."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from stemma.kernels.unicode import DIGIT, GRAPHEME, IGNORED, MARK, NEWLINE, SEPARATOR, WORD, codepoints

#: Bits of a token's trait.
QUOTED, NUMBER, SINGLE, LINE_START = 1, 2, 4, 8

_BASIS = np.uint64(0xCBF29CE484222325)
_PRIME = np.uint64(0x9E3779B97F4A7C15)


class Tokens(NamedTuple):
    """Tokens of many texts, one after the other.

    hash uint64[n]; start, stop int32[n] (code points of their own text); trait int8[n];
    offsets int64[texts + 1]: tokens of text i are [offsets[i], offsets[i + 1]).
    """

    hash: NDArray[np.uint64]
    start: NDArray[np.int32]
    stop: NDArray[np.int32]
    trait: NDArray[np.int8]
    offsets: NDArray[np.int64]


def tokenise(data: NDArray[np.uint8], offsets: NDArray[np.int64]) -> Tokens:
    """Return the tokens of UTF-8 texts; text i is data[offsets[i]:offsets[i + 1]], valid UTF-8."""
    room = int(offsets[-1] - offsets[0]) // 2 + len(offsets)  # a token takes two bytes, its separator included
    hashes, start, stop = np.empty(room, np.uint64), np.empty(room, np.int32), np.empty(room, np.int32)
    trait, ends = np.empty(room, np.int8), np.zeros(len(offsets), np.int64)
    n = _tokenise(data, offsets, codepoints(), hashes, start, stop, trait, ends)
    return Tokens(hashes[:n], start[:n], stop[:n], trait[:n], ends)


def as_int32(hashes: NDArray[np.uint64]) -> NDArray[np.int32]:
    """Return 32-bit token hashes, never 0 (which marks a masked token)."""
    short = (hashes >> np.uint64(32)).astype(np.uint32).view(np.int32)
    return np.where(short == 0, np.int32(1), short)


@njit(nogil=True, cache=True)
def _tokenise(data, offsets, table, hashes, start, stop, trait, ends):
    """Fill the token arrays; return the number of tokens."""
    n = 0
    for text in range(len(offsets) - 1):
        i, end = offsets[text], offsets[text + 1]
        position, inside, line_start, opener, quoted_from = 0, SEPARATOR, True, 0, n
        while i < end:
            c, size = _decoded(data, i)
            i += size
            kind = table.kind[c]
            if kind == SEPARATOR or kind == NEWLINE:
                inside = SEPARATOR
                if kind == NEWLINE:
                    line_start = True
                    if opener != 0 and not _reopens(data, i, end):
                        _unquote(trait, quoted_from, n)
                    opener = 0
                elif opener != 0 and _closes(opener, c):
                    opener = 0
                elif opener == 0 and _opens(c):
                    opener, quoted_from = c, n
            elif kind != IGNORED and not (kind == MARK and inside == SEPARATOR):
                joins = kind == MARK or (inside == WORD and kind != GRAPHEME)
                if not joins:
                    hashes[n], start[n] = _BASIS, position
                    trait[n] = _trait(kind, opener != 0, line_start)
                    n, line_start, inside = n + 1, False, WORD if kind == DIGIT else kind
                hashes[n - 1] = _folded_in(hashes[n - 1], c, table)
                stop[n - 1] = position + 1
            position += 1
        if opener != 0:
            _unquote(trait, quoted_from, n)
        ends[text + 1] = n
    for t in range(n):
        hashes[t] = mixed(hashes[t])
    return n


@njit(nogil=True, cache=True, inline="always")
def _decoded(data, i):
    """Return the code point at byte i of valid UTF-8, and its size in bytes."""
    b = np.int64(data[i])
    if b < 0x80:
        return b, 1
    if b < 0xE0:
        return (b & 0x1F) << 6 | (data[i + 1] & 0x3F), 2
    if b < 0xF0:
        return (b & 0x0F) << 12 | np.int64(data[i + 1] & 0x3F) << 6 | (data[i + 2] & 0x3F), 3
    high = (b & 0x07) << 18 | np.int64(data[i + 1] & 0x3F) << 12
    return high | np.int64(data[i + 2] & 0x3F) << 6 | (data[i + 3] & 0x3F), 4


@njit(nogil=True, cache=True, inline="always")
def mixed(h):
    """Spread the bits of a uint64 (the finaliser of MurmurHash3)."""
    h ^= h >> np.uint64(33)
    h *= np.uint64(0xFF51AFD7ED558CCD)
    h ^= h >> np.uint64(33)
    h *= np.uint64(0xC4CEB9FE1A85EC53)
    return h ^ (h >> np.uint64(33))


@njit(nogil=True, cache=True)
def _folded_in(h, c, table):
    """Add a code point to a token's hash. Marks add up, so that their order doesn't matter: NFC equals NFD."""
    count = table.fold_count[c]
    if count == 0:
        return _added(h, np.uint64(c), table.kind[c] == MARK)
    for k in range(count):
        unit = table.units[table.fold_first[c] + k]
        h = _added(h, np.uint64(unit), table.kind[unit] == MARK)
    return h


@njit(nogil=True, cache=True, inline="always")
def _added(h, unit, is_mark):
    return h + mixed(unit) if is_mark else (h ^ unit) * _PRIME


@njit(nogil=True, cache=True, inline="always")
def _trait(kind, quoted, line_start):
    bits = QUOTED if quoted else 0
    bits |= NUMBER if kind == DIGIT else 0
    bits |= SINGLE if kind == GRAPHEME else 0
    return np.int8(bits | (LINE_START if line_start else 0))


@njit(nogil=True, cache=True)
def _opens(c):
    """Whether a quotation can begin with this code point: straight, “ ” „ ‟ « » ‹ › 「 『 〝."""
    return (
        c == 0x22 or 0x201C <= c <= 0x201F or c == 0xAB or c == 0xBB or c == 0x2039 or c == 0x203A
        or c == 0x300C or c == 0x300E or c == 0x301D
    )  # fmt: skip


@njit(nogil=True, cache=True)
def _closes(opener, c):
    """Whether c ends a quotation that began with `opener`, in any of the conventions of print."""
    if opener == 0x22:
        return c == 0x22
    if 0x201C <= opener <= 0x201F:  # “…” English, „…“ German, „…” Polish, ”…” Swedish
        return c == 0x201D or (c == 0x201C and opener != 0x201C)
    if opener == 0xAB or opener == 0xBB:
        return c == 0xAB + 0xBB - opener
    if opener == 0x2039 or opener == 0x203A:
        return c == 0x2039 + 0x203A - opener
    if opener == 0x301D:
        return c == 0x301E or c == 0x301F
    return c == opener + 1  # 「」 『』


@njit(nogil=True, cache=True)
def _reopens(data, i, end):
    """Whether the next line begins with a quotation mark: a quotation of several paragraphs."""
    while i < end:
        c, size = _decoded(data, i)
        if c > 0x20 and c != 0xA0:
            return _opens(c)
        i += size
    return False


@njit(nogil=True, cache=True)
def _unquote(trait, first, last):
    """Take back the quotation that never closed."""
    for t in range(first, last):
        trait[t] &= np.int8(~QUOTED)
