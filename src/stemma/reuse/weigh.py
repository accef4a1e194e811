"""How surprising each token is, in bits: rare words tell more than common ones, numbers little.

A token's weight is log2((pages + 1000) / (pages that hold it - 1 + prior)): the case's own counts, as if a
background of 1,000 pages stood beside it in which short words are common. So a case of two pages can tell "the" from
"archipelago", and a large case goes by its own counts. Counts are kept in 2**22 buckets of the token's hash.
"""

from functools import partial

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemma.frames import TOKENS
from stemma.reuse.lists import batch, flat, lists, offsets_of, values_of
from stemma.stage import Batch, Stage

COUNTS = pa.schema([pa.field("bucket", pa.int32(), nullable=False), pa.field("pages", pa.int64(), nullable=False)])

#: Tokens with their weight: `bits` int16 in 1/16 bit.
WEIGHED = TOKENS.append(pa.field("bits", pa.list_(pa.int16()), nullable=False))

#: What a page holds in all.
SIZES = pa.schema(
    [
        pa.field("page_no", pa.int32(), nullable=False),
        pa.field("tokens", pa.int32(), nullable=False),
        pa.field("chars", pa.int32(), nullable=False),
        pa.field("quoted", pa.int32(), nullable=False),
        pa.field("bits", pa.float64(), nullable=False),
    ]
)

_BUCKETS = 1 << 22
_ALL_PAGES = -1  # the bucket that counts the pages themselves

SUM_COUNTS = "SELECT bucket, CAST(sum(pages) AS BIGINT) AS pages FROM counts GROUP BY bucket"


def _count(tokens: Batch) -> Batch:
    """Count, in each bucket, the pages of this batch that hold a token of it."""
    from stemma.kernels.counts import text_counts

    pages = text_counts(_bucket(flat(tokens["token"])), offsets_of(tokens["token"]), _BUCKETS)
    held = np.flatnonzero(pages)
    return batch(COUNTS, [np.append(held, _ALL_PAGES), np.append(pages[held], tokens.num_rows)])


def _weigh(tokens: Batch, counts: pa.Table, background_pages: int, number_bits: float) -> Batch:
    pages = np.zeros(_BUCKETS + 1)
    pages[values_of(counts["bucket"])] = values_of(counts["pages"])  # the last cell is bucket -1
    token, offsets = flat(tokens["token"]), offsets_of(tokens["token"])
    trait = flat(tokens["trait"])
    prior = _prior(flat(tokens["stop"]) - flat(tokens["start"]), trait) * (background_pages / 1000)
    held = np.maximum(pages[_bucket(token)] - 1, 0)
    bits = np.log2((pages[_ALL_PAGES] + background_pages) / (held + prior))
    bits = np.where(trait & 2, np.minimum(bits, number_bits), np.clip(bits, 0.5, 15))
    bits[token == 0] = 0  # furniture tells nothing
    return batch(WEIGHED, [*tokens.columns, lists(np.round(bits * 16).astype(np.int16), offsets)])


def _measure(weighed: Batch) -> Batch:
    """Return how much each page has of tokens, of their code points, quoted ones and bits."""
    ends = offsets_of(weighed["token"])
    parts = (flat(weighed["stop"]) - flat(weighed["start"]), flat(weighed["trait"]) & 1, flat(weighed["bits"]))
    sums = [np.concatenate((np.zeros(1, np.int64), np.cumsum(part, dtype=np.int64)))[ends] for part in parts]
    chars, quoted, bits = (np.diff(total) for total in sums)
    return batch(SIZES, [weighed["page_no"], np.diff(ends), chars, quoted, bits / 16])


def _bucket(token: NDArray[np.int32]) -> NDArray[np.int64]:
    return (token.view(np.uint32) & (_BUCKETS - 1)).astype(np.int64)


def _prior(length: NDArray[np.int32], trait: NDArray[np.int8]) -> NDArray[np.float64]:
    """Return in how many of 1,000 background pages a token of this length stands; a single grapheme in 100."""
    prior = np.select([length <= 2, length == 3, length == 4], [500.0, 250.0, 100.0], 20.0)
    return np.where(trait & 4, 100.0, prior)


COUNT = Stage("count", TOKENS, COUNTS, _count)
MEASURE = Stage("measure", WEIGHED, SIZES, _measure)


def weigh(background_pages: int, number_bits: float) -> Stage:
    """Return the stage that weighs tokens by the summed counts of the case."""
    run = partial(_weigh, background_pages=background_pages, number_bits=number_bits)
    return Stage("weigh", TOKENS, WEIGHED, run, lookup="bucket")
