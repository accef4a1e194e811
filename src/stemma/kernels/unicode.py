"""What the tokeniser knows of each code point, as arrays indexed by code point.

Built from Python's `unicodedata` on first use (0.1 s): classes by general category, the scripts that are written
without spaces by block, and the folding that makes spellings equal: canonical decomposition, then case folding.
"""

import unicodedata
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SEPARATOR, WORD, DIGIT, GRAPHEME, MARK, IGNORED, NEWLINE = range(7)

#: Scripts written without spaces between words (Unicode blocks): a token is one grapheme there.
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # CJK radicals
    (0x3005, 0x3007),  # iteration mark, zero
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3100, 0x312F),  # Bopomofo
    (0x31F0, 0x31FF),  # Katakana extensions
    (0x3400, 0x4DBF),  # CJK extension A
    (0x4E00, 0x9FFF),  # CJK
    (0xF900, 0xFAFF),  # CJK compatibility
    (0xFF66, 0xFF9F),  # half-width Katakana
    (0x1B000, 0x1B16F),  # Kana supplement
    (0x20000, 0x323AF),  # CJK extensions B to H
)
_HANGUL = (0xAC00, 0xD7A4)
_LAST = 0x110000
_UNFOLDED = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xD800, 0xF900), (0x20000, 0x2F800), (0x2FA20, _LAST))


class Codepoints(NamedTuple):
    """Arrays over code points; `units[fold_first[c]:fold_first[c] + fold_count[c]]` is what c folds to.

    kind uint8[0x110000]; fold_first int32[0x110000]; fold_count uint8[0x110000] (0: folds to itself); units uint32.
    """

    kind: NDArray[np.uint8]
    fold_first: NDArray[np.int32]
    fold_count: NDArray[np.uint8]
    units: NDArray[np.uint32]


@cache
def codepoints() -> Codepoints:
    """Return the tables, built once a process."""
    kind = np.zeros(_LAST, np.uint8)
    first = np.zeros(_LAST, np.int32)
    count = np.zeros(_LAST, np.uint8)
    units: list[int] = []
    for start, stop in _folded_ranges():
        for c in range(start, stop):
            kind[c] = _kind(c)
            folded = _folded(c) if kind[c] else ""
            if folded and folded != chr(c):
                first[c], count[c] = len(units), len(folded)
                units.extend(map(ord, folded))
    kind[_HANGUL[0] : _HANGUL[1]] = WORD
    _decompose_hangul(first, count, units)
    for start, stop in _UNSPACED:
        block = kind[start : stop + 1]
        block[(block == WORD) | (block == SEPARATOR) * (start >= 0x3400)] = GRAPHEME
    kind[0x0A] = NEWLINE
    return Codepoints(kind, first, count, np.array(units, np.uint32))


def _folded_ranges() -> list[tuple[int, int]]:
    """Return the code points between the large blocks that neither fold nor vary in class."""
    edges = [0, *(edge for block in _UNFOLDED for edge in block)]
    return list(zip(edges[0::2], edges[1::2], strict=False))


def _kind(c: int) -> int:
    category = unicodedata.category(chr(c))
    if category[0] == "L":
        return WORD
    if category[0] == "N":
        return DIGIT
    if category[0] == "M":
        return MARK
    return IGNORED if category == "Cf" else SEPARATOR


def _folded(c: int) -> str:
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", chr(c)).casefold())


def _decompose_hangul(first: NDArray[np.int32], count: NDArray[np.uint8], units: list[int]) -> None:
    """Fold Hangul syllables to jamo by the arithmetic of the Unicode standard, section 3.12."""
    for c in range(*_HANGUL):
        lead, rest = divmod(c - 0xAC00, 588)
        vowel, tail = divmod(rest, 28)
        first[c], count[c] = len(units), 3 if tail else 2
        units.extend((0x1100 + lead, 0x1161 + vowel))
        if tail:
            units.append(0x11A7 + tail)
