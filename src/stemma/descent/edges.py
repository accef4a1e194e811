"""A finding for every witness of a family. Without credits and text evidence for direction, none is an arrow.

What this module can say: which document's claimed date is earliest here, and why the direction stays undetermined.
The reasons are the numbered refusals of the project's wording rules.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from stemma.descent.order import Claim, earliest_here, in_words, one_a_document
from stemma.stage import Batch, Engine, Stage
from stemma.tables import EDGES, TIME

#: A witness with what dates say of its page; `family_no` numbers the families, `witness_no` the witnesses in them.
WITNESS_DATES = pa.schema(
    [
        pa.field("family_no", pa.int64(), nullable=False),
        pa.field("witness_no", pa.int64(), nullable=False),
        pa.field("family_id", pa.string(), nullable=False),
        pa.field("witness_id", pa.string(), nullable=False),
        pa.field("page_id", pa.string(), nullable=False),
        pa.field("body_id", pa.string()),
        pa.field("document_id", pa.string(), nullable=False),
        pa.field("outlet", pa.string()),
        pa.field("published_lo", TIME),
        pa.field("published_hi", TIME),
        pa.field("published_basis", pa.string()),
        pa.field("seen", TIME),
    ]
)

_SQL = """
SELECT dense_rank() OVER (ORDER BY f.family_id) AS family_no,
       row_number() OVER (ORDER BY f.family_id, f.page_id, f.start) AS witness_no,
       f.family_id, f.witness_id, f.page_id, f.body_id, p.document_id, p.outlet,
       p.published_lo, p.published_hi, p.published_basis, p.seen
FROM families f JOIN pages p ON f.page_id = p.page_id
"""

_TWINS = (
    "twins whose observations aren't ordered, and no credit was read: the same words can't tell which copy came before"
)
_PAIR = "two pages only, no credit read and no observed dates: their wording alone rarely shows the direction"
_DATES_ONLY = "only claimed dates order these pages, and claimed dates never decide alone"
_NO_ORDER = "the dates are missing or overlap, and neither credits nor the variants of the text have been weighed"


def edges(engine: Engine, families: pa.Table, pages: pa.Table) -> Any:
    """Return a frame of tables.EDGES: one row a witness, all `undetermined`, with the reason."""
    columns = ["page_id", "document_id", "outlet", "published_lo", "published_hi", "published_basis", "seen"]
    dated = engine.join(_SQL, families=families, pages=pages.select(columns))
    return engine.group(EDGE_STAGE, dated)


def _edges(witnesses: Batch) -> Batch:
    rows = witnesses.to_pylist()
    numbers = witnesses["family_no"].to_numpy()
    borders = np.flatnonzero(np.diff(numbers)) + 1
    found: list[dict[str, Any]] = []
    for first, last in zip([0, *borders], [*borders, len(rows)], strict=True):
        found.extend(_family(rows[first:last]))
    return pa.RecordBatch.from_pylist(found, schema=EDGES.schema)


def _family(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the findings of one family."""
    claims = {row["witness_id"]: _claim(row) for row in rows}
    documents = one_a_document(claims.values())
    by_document = {claim.document_id: claim for claim in documents}
    why = _why(rows, documents)
    found = []
    for row in rows:
        mine = by_document[row["document_id"]]
        others = [claim for claim in documents if claim is not mine]
        earliest = earliest_here(mine, others) if others else None
        found.append(_undetermined(row, earliest_here=earliest, why=why))
    return found


def _claim(row: dict[str, Any]) -> Claim:
    names = ("published_lo", "published_hi", "published_basis", "seen")
    return Claim(row["document_id"], row["outlet"] or "outlet not known", *(row[name] for name in names))


def _undetermined(row: dict[str, Any], *, earliest_here: bool | None, why: str) -> dict[str, Any]:
    known = {name: row[name] for name in ("family_id", "witness_id", "page_id")}
    return dict.fromkeys(EDGES.schema.names) | known | {
        "claim": "undetermined", "rank": 1, "earliest_here": earliest_here, "why": why,
    }  # fmt: skip


def _why(rows: Sequence[dict[str, Any]], documents: list[Claim]) -> str:
    """Return the refusal that applies, and the order of the dates."""
    bodies = {row["body_id"] for row in rows}
    ordered = any(earliest_here(claim, [c for c in documents if c is not claim]) for claim in documents)
    if len(bodies) == 1 and len(documents) > 1:
        reason = _TWINS
    elif ordered:
        reason = _DATES_ONLY
    elif len(documents) == 2:
        reason = _PAIR
    else:
        reason = _NO_ORDER
    return f"Direction undetermined: {reason}. Claimed dates: {in_words(documents)}."


EDGE_STAGE = Stage("edges", WITNESS_DATES, EDGES.schema, _edges, by=("family_no",), order=("witness_no",))
