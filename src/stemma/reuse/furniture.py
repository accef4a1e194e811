"""Text that recurs over an outlet's own pages: footers, author boxes, subscription notes.

A shingle is furniture when it stands in enough documents of one outlet that aren't about the same thing. A page counts
as a witness of furniture while less than half of it recurs: revisions of one story share most of their text, pages that
share no more than a footer share little.
"""

from functools import partial

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemma.frames import RECURRING, TOKENS
from stemma.reuse.lists import batch, flat, lists, offsets_of, values_of
from stemma.stage import Batch, Stage
from stemma.tables import FURNITURE

#: From this share on, a page is a version of what recurs, not a page with furniture in it.
_MOSTLY = 0.5

OCCURRENCES = pa.schema(
    [
        pa.field("shingle", pa.int64(), nullable=False),
        pa.field("outlet_no", pa.int32(), nullable=False),
        pa.field("outlet_documents", pa.int64(), nullable=False),
        pa.field("document_no", pa.int32(), nullable=False),
        pa.field("share", pa.float64(), nullable=False),  # of the page's shingles, those that recur
        pa.field("page_no", pa.int32(), nullable=False),
        pa.field("position", pa.int32(), nullable=False),
    ]
)

#: Where shingles stand that `least` documents of an outlet hold. `pages` has page_no, outlet_no, document_no.
OCCURRENCES_SQL = """
WITH placed AS (SELECT p.shingle, p.page_no, p.position, d.outlet_no, d.document_no
                FROM postings p JOIN pages d ON p.page_no = d.page_no WHERE d.outlet_no >= 0),
     often AS (SELECT shingle, outlet_no FROM placed GROUP BY shingle, outlet_no
               HAVING count(*) >= {least} AND count(DISTINCT document_no) >= {least}),
     recurring AS (SELECT p.* FROM placed p JOIN often o ON p.shingle = o.shingle AND p.outlet_no = o.outlet_no),
     totals AS (SELECT page_no, count(*) AS shingles FROM postings GROUP BY page_no),
     shares AS (SELECT r.page_no, CAST(count(*) AS DOUBLE) / max(t.shingles) AS share
                FROM recurring r JOIN totals t ON r.page_no = t.page_no GROUP BY r.page_no),
     sizes AS (SELECT outlet_no, count(DISTINCT document_no) AS outlet_documents FROM pages GROUP BY outlet_no)
SELECT r.shingle, r.outlet_no, z.outlet_documents, r.document_no, s.share, r.page_no, r.position
FROM recurring r JOIN shares s ON r.page_no = s.page_no JOIN sizes z ON r.outlet_no = z.outlet_no
"""

#: Recurring shingles of representatives, given to their twins in the same outlet.
TWINS_TOO = """
SELECT y.page_no, r.position, r.pages, r.outlets
FROM recurring r JOIN pages x ON r.page_no = x.page_no
JOIN pages y ON x.body_no = y.body_no AND x.outlet_no = y.outlet_no
"""


def _recur(rows: Batch, least: int, share: float) -> Batch:
    """Keep the occurrences in outlets where the shingle stands in enough documents of which most doesn't recur."""
    shingle, outlet, document = (values_of(rows[name]) for name in ("shingle", "outlet_no", "document_no"))
    group, text = _runs(shingle, outlet), _runs(shingle)
    pages, outlets = _distinct(group, document)[group], _distinct(text, outlet)[text]
    other = values_of(rows["share"]) < _MOSTLY
    unrelated = np.bincount(group[other], minlength=len(group))[group]
    kept = unrelated >= np.maximum(least, share * values_of(rows["outlet_documents"]))
    columns = (values_of(rows["page_no"]), values_of(rows["position"]), pages, outlets)
    return batch(RECURRING, [c[kept] for c in columns])


def _runs(*keys: NDArray[np.generic]) -> NDArray[np.int64]:
    """Return the number of each row's group in rows sorted by the keys."""
    changed = np.zeros(len(keys[0]), bool)
    for key in keys:
        changed[1:] |= key[1:] != key[:-1]
    return np.cumsum(changed)


def _distinct(group: NDArray[np.int64], value: NDArray[np.generic]) -> NDArray[np.int64]:
    """Return int64[groups]: how many different values each group has."""
    order = np.lexsort((value, group))
    new = np.ones(len(group), bool)
    new[1:] = (group[order][1:] != group[order][:-1]) | (value[order][1:] != value[order][:-1])
    return np.bincount(group[order][new], minlength=len(group))


def _mask(tokens: Batch, recurring: pa.Table) -> Batch:
    """Set the tokens of recurring shingles to 0, so that nothing matches there."""
    from stemma.kernels.shingles import cover

    offsets = offsets_of(tokens["token"])
    row, position, _ = _in_batch(tokens, recurring)
    covered = cover(flat(tokens["trait"]), offsets, row, position)
    masked = np.where(covered, np.int32(0), flat(tokens["token"]))
    columns = dict(zip(TOKENS.names, tokens.columns, strict=True)) | {"token": lists(masked, offsets)}
    return batch(TOKENS, list(columns.values()))


def _in_batch(tokens: Batch, recurring: pa.Table) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return row of the batch, token position and row of `recurring`, for its shingles that stand in this batch."""
    numbers = values_of(tokens["page_no"])
    order = np.argsort(numbers)
    page_no = values_of(recurring["page_no"])
    at = np.minimum(np.searchsorted(numbers[order], page_no), max(0, len(numbers) - 1))
    here = np.flatnonzero(numbers[order][at] == page_no) if len(numbers) else np.zeros(0, np.int64)
    return order[at[here]], values_of(recurring["position"])[here].astype(np.int64), here


SPANS = pa.schema(
    [pa.field("page_no", pa.int32(), nullable=False), *(f for f in FURNITURE.schema if f.name != "page_id")]
)


def _spans(tokens: Batch, recurring: pa.Table) -> Batch:
    """Join a page's overlapping recurring shingles into spans, with the most documents and outlets of their parts."""
    from stemma.kernels.shingles import cover

    offsets = offsets_of(tokens["token"])
    row, position, here = _in_batch(tokens, recurring)
    covered = cover(flat(tokens["trait"]), offsets, row, position)
    before = np.zeros(len(covered), bool)
    before[1:] = covered[:-1]
    before[offsets[:-1][offsets[:-1] < len(covered)]] = False  # a page's first token continues nothing
    first = np.flatnonzero(covered & ~before)
    number = np.cumsum(covered & ~before) - 1
    last = np.zeros(len(first), np.int64)
    np.maximum.at(last, number[covered], np.flatnonzero(covered))
    most = np.zeros((2, len(first)), np.int64)
    for k, name in enumerate(("pages", "outlets")):
        np.maximum.at(most[k], number[offsets[row] + position], values_of(recurring[name])[here])
    page = values_of(tokens["page_no"])[np.searchsorted(offsets, first, side="right") - 1]
    start, stop = flat(tokens["start"])[first], flat(tokens["stop"])[last]
    return batch(SPANS, [page, start, stop, ["outlet"] * len(first), most[0], most[1]])


def recur(least: int, share: float) -> Stage:
    """Return the stage that finds what recurs in `least` unrelated documents, and that share of an outlet's."""
    run = partial(_recur, least=least, share=share)
    return Stage("recur", OCCURRENCES, RECURRING, run, by=("shingle",), order=("outlet_no", "document_no"))


MASK = Stage("mask", TOKENS, TOKENS, _mask, lookup="page_no", keys=("page_no",))
FURNISH = Stage("furnish", TOKENS, SPANS, _spans, lookup="page_no", keys=("page_no",))
