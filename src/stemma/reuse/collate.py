"""Two texts side by side: which of their words are the same, and where."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemma.reuse.align import scoring
from stemma.reuse.lists import utf8
from stemma.settings import Reuse

Block = tuple[int, int, int, int]


def blocks(text_a: str, text_b: str) -> list[Block]:
    """Return the runs of equal words (a_start, a_stop, b_start, b_stop), in order, in code points of each text.

    Words are equal after case folding and canonical decomposition, as in the search for passages. A run spans what
    stands between its words, so that its two texts can differ in punctuation, spacing and case.
    """
    from stemma.kernels.collation import matched_pairs
    from stemma.kernels.tokens import as_int32, tokenise

    tokens = tokenise(*utf8(pa.array([text_a, text_b], pa.large_string())))
    words, cut = as_int32(tokens.hash), int(tokens.offsets[1])
    pairs = matched_pairs(
        _side(words[:cut], tokens, 0, cut), _side(words[cut:], tokens, cut, len(words)), scoring(Reuse())
    )
    return _runs(pairs, tokens.start, tokens.stop, cut)


def _side(words: NDArray[np.int32], tokens: Any, first: int, last: int) -> Any:
    """Return one text for the aligner; each word weighs by its length, since a pair of texts has no counts."""
    from stemma.kernels.alignment import Side

    chars = tokens.stop[first:last] - tokens.start[first:last]
    return Side(words, np.minimum(16 * chars, 255).astype(np.int16), chars, tokens.trait[first:last])


def _runs(pairs: NDArray[np.int64], start: NDArray[np.int32], stop: NDArray[np.int32], cut: int) -> list[Block]:
    if not len(pairs):
        return []
    breaks = np.flatnonzero((np.diff(pairs, axis=0) != 1).any(axis=1)) + 1
    firsts, lasts = pairs[np.append(0, breaks)], pairs[np.append(breaks - 1, len(pairs) - 1)]
    columns = (start[firsts[:, 0]], stop[lasts[:, 0]], start[cut + firsts[:, 1]], stop[cut + lasts[:, 1]])
    return list(zip(*(c.tolist() for c in columns), strict=True))
