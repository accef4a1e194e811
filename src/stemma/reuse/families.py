"""Passages to families: the spans of a page that are versions of one text join into a witness, witnesses into families.

A witness joins the spans of a page that overlap by half of the shorter, and the spans shared with one other page that
lie at most `gap_tokens` apart. A family is what its witnesses' passages connect. Only copies make families.
"""

from functools import partial
from itertools import pairwise

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemma.reuse.align import group_starts
from stemma.reuse.lists import batch, values_of
from stemma.stage import Batch, Stage

#: One side of a copy: the span it has on `page_no`, shared with `partner_no`; side 0 is a, 1 is b.
SIDES = pa.schema(
    [
        pa.field(name, pa.int32(), nullable=False)
        for name in ("page_no", "partner_no", "first", "last", "start", "stop", "passage_no", "side")
    ]
)

#: The witness of a side, numbered within its page by its first token.
WITNESSES = pa.schema(
    [
        pa.field(name, pa.int32(), nullable=False)
        for name in ("page_no", "witness", "start", "stop", "passage_no", "side")
    ]
)

#: A passage as the two witnesses that it connects.
TIES = pa.schema([pa.field(name, pa.int64(), nullable=False) for name in ("a", "b")])

#: The number of each witness's family: the least witness of it.
MEMBERS = pa.schema([pa.field(name, pa.int64(), nullable=False) for name in ("witness", "family")])

SIDES_SQL = """
SELECT a AS page_no, b AS partner_no, a_first AS first, a_last AS last, a_start AS start, a_stop AS stop,
       passage_no, 0 AS side
FROM passages WHERE kind = 'copy'
UNION ALL
SELECT b, a, b_first, b_last, b_start, b_stop, passage_no, 1 FROM passages WHERE kind = 'copy'
"""

#: A witness's number over all pages: its page and its number there.
TIES_SQL = """
SELECT CAST(x.page_no AS BIGINT) * 4294967296 + x.witness AS a, CAST(y.page_no AS BIGINT) * 4294967296 + y.witness AS b
FROM sides x JOIN sides y ON x.passage_no = y.passage_no AND x.side = 0 AND y.side = 1
"""

FAMILIES_SQL = """
SELECT m.family, w.page_no, w.start, w.stop
FROM members m
JOIN (SELECT page_no, witness, min(start) AS start, max(stop) AS stop FROM sides GROUP BY page_no, witness) w
  ON m.witness = CAST(w.page_no AS BIGINT) * 4294967296 + w.witness
"""


def _witnesses(sides: Batch, gap_tokens: int) -> Batch:
    first, last = values_of(sides["first"]).astype(np.int64), values_of(sides["last"]).astype(np.int64)
    page, partner = values_of(sides["page_no"]), values_of(sides["partner_no"])
    starts = group_starts(page)
    witness = np.zeros(len(page), np.int64)
    for lo, hi in pairwise(starts):
        witness[lo:hi] = _joined(first[lo:hi], last[lo:hi], partner[lo:hi], gap_tokens)
    columns = [values_of(sides[name]) for name in ("start", "stop", "passage_no", "side")]
    return batch(WITNESSES, [page, witness, *columns])


def _joined(
    first: NDArray[np.int64], last: NDArray[np.int64], partner: NDArray[np.int32], gap_tokens: int
) -> NDArray[np.int64]:
    """Return the witness number of each span of one page; spans are sorted by first, last."""
    from stemma.kernels.components import components

    left, right = [], []
    order = np.lexsort((first, partner))
    near = (partner[order][1:] == partner[order][:-1]) & (first[order][1:] - last[order][:-1] <= gap_tokens)
    left.append(order[:-1][near])
    right.append(order[1:][near])
    for k in range(1, len(first)):
        before = np.flatnonzero(last[:k] > first[k])
        shared = np.minimum(last[before], last[k]) - first[k]
        halved = before[2 * shared >= np.minimum(last[before] - first[before], last[k] - first[k])]
        left.append(halved)
        right.append(np.full(len(halved), k))
    return components(len(first), np.concatenate(left).astype(np.int64), np.concatenate(right).astype(np.int64))


def _connected(ties: Batch) -> Batch:
    from stemma.kernels.components import components

    nodes, numbers = np.unique(np.concatenate((values_of(ties["a"]), values_of(ties["b"]))), return_inverse=True)
    n = ties.num_rows
    family = components(len(nodes), numbers[:n].astype(np.int64), numbers[n:].astype(np.int64))
    return batch(MEMBERS, [nodes, nodes[family]])


def witnesses(gap_tokens: int) -> Stage:
    """Return the stage that joins the spans of each page into witnesses."""
    run = partial(_witnesses, gap_tokens=gap_tokens)
    return Stage("witnesses", SIDES, WITNESSES, run, by=("page_no",), order=("first", "last", "passage_no", "side"))


#: All ties are one group: components can't be found piecemeal.
CONNECT = Stage("connect", TIES, MEMBERS, _connected, by=())
