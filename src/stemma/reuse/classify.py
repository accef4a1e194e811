"""Aligned token ranges to passages: code points, kind, and how much of them matched."""

from functools import partial

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemma.frames import ALIGNED
from stemma.reuse.align import Rows
from stemma.reuse.lists import batch, flat, offsets_of, values_of
from stemma.stage import Batch, Stage

EXPANDED = ALIGNED.append(pa.field("thinned", pa.bool_(), nullable=False))

#: A passage by row numbers of its pages, with its token ranges, before the pages' ids are put in.
LOCATED = pa.schema(
    [
        *EXPANDED,
        *(pa.field(name, pa.int32(), nullable=False) for name in ("a_start", "a_stop", "b_start", "b_stop")),
        pa.field("identity", pa.float64(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
    ]
)


def _locate(rows: Batch, tokens: pa.Table, quoted_share: float) -> Batch:
    offsets, row_of = offsets_of(tokens["token"]), Rows(values_of(tokens["page_no"]))
    start, stop = flat(tokens["start"]), flat(tokens["stop"])
    spans, lengths = [], []
    for side in "ab":
        base = offsets[row_of(values_of(rows[side]))]
        first, last = base + values_of(rows[f"{side}_first"]), base + values_of(rows[f"{side}_last"])
        spans += [start[first], stop[last - 1]]
        lengths.append(last - first)
    matched = values_of(rows["matched_tokens"])
    quotes = values_of(rows["quoted_tokens"]) >= quoted_share * matched
    return batch(LOCATED, [*rows.columns, *spans, _identity(matched, *lengths), np.where(quotes, "quotation", "copy")])


def _identity(matched: NDArray[np.int32], a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.float64]:
    share: NDArray[np.float64] = 2.0 * matched / (a + b)
    return share


def locate(quoted_share: float) -> Stage:
    """Return the stage that gives passages their code points and kind: `quotation` where what matched is quoted."""
    run = partial(_locate, quoted_share=quoted_share)
    return Stage("locate", EXPANDED, LOCATED, run, lookup="page_no", keys=("a", "b"))
