"""Texts to tokens, and tokens to the few shingles by which pages are paired."""

from functools import partial

import pyarrow as pa

from stemma.frames import POSTINGS, TEXTS, TOKENS
from stemma.ids import digest
from stemma.reuse.lists import batch, flat, lists, offsets_of, utf8, values_of
from stemma.stage import Batch, Stage


def body_ids(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return the digest of each text's normalised tokens; null where it has none."""
    from stemma.kernels.tokens import tokenise

    tokens = tokenise(*utf8(texts))
    ends = tokens.offsets
    bodies = (tokens.hash[ends[i] : ends[i + 1]] for i in range(len(ends) - 1))
    return pa.array([digest(b"body", body.tobytes()) if len(body) else None for body in bodies], pa.string())


def _tokenise(texts: Batch) -> Batch:
    from stemma.kernels.tokens import as_int32, tokenise

    tokens = tokenise(*utf8(texts["text"]))
    columns = (as_int32(tokens.hash), tokens.start, tokens.stop, tokens.trait)
    return batch(TOKENS, [texts["page_no"], *(lists(c, tokens.offsets) for c in columns)])


def _fingerprint(tokens: Batch, window: int) -> Batch:
    import numpy as np

    from stemma.kernels.shingles import winnow

    shingle, position, ends = winnow(flat(tokens["token"]), flat(tokens["trait"]), offsets_of(tokens["token"]), window)
    page_no = np.repeat(values_of(tokens["page_no"]), np.diff(ends))
    return batch(POSTINGS, [shingle, page_no, position])


TOKENISE = Stage("tokenise", TEXTS, TOKENS, _tokenise)


def fingerprint(window_shingles: int) -> Stage:
    """Return the stage that keeps the least of each `window_shingles` neighbouring shingles."""
    return Stage("fingerprint", TOKENS, POSTINGS, partial(_fingerprint, window=window_shingles))
