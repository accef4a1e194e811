"""Between a case's tables, which go by ids, and a trace's frames, which go by row numbers."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemma.frames import TEXTS
from stemma.ids import digest, witness_id
from stemma.reuse.find import Found
from stemma.reuse.lists import combined, values_of
from stemma.tables import FAMILIES, FURNITURE, PASSAGES


class Numbered(NamedTuple):
    """The pages of a trace as frames: texts (frames.TEXTS) and pages (page_no, outlet_no, document_no, body_no)."""

    texts: pa.Table
    pages: pa.Table


class Named(NamedTuple):
    """What was found, as the case's tables."""

    passages: pa.Table
    furniture: pa.Table
    families: pa.Table


def numbered(pages: pa.Table) -> Numbered:
    """Give the pages of a case row numbers; twins, captures and an outlet's pages share theirs."""
    page_no = pa.array(np.arange(pages.num_rows, dtype=np.int32))
    texts = pa.table([page_no, pages["text"]], schema=TEXTS)
    groups = {"outlet_no": "outlet", "document_no": "document_id", "body_no": "body_id"}
    columns = {name: _numbers(pages[source]) for name, source in groups.items()}
    return Numbered(texts, pa.table({"page_no": page_no} | columns))


def _numbers(column: pa.ChunkedArray) -> pa.Array:
    return combined(column).dictionary_encode().indices.fill_null(-1)


def named(found: Found, pages: pa.Table) -> Named:
    """Return what was found with the pages' ids in place of their numbers, in a fixed order."""
    ids = combined(pages["page_id"])
    families = _families(found.families, ids, pages)
    return Named(_passages(found.passages, ids), _furniture(found.furniture, ids), families)


def _passages(located: pa.Table, ids: pa.Array) -> pa.Table:
    """Name the pages; the side with the smaller id comes first."""
    page = {side: ids.take(combined(located[side])) for side in "ab"}
    swap = pc.greater(page["a"], page["b"])
    columns = {name: located[name] for name in PASSAGES.schema.names if name in located.column_names}
    for left, right in (("a", "b"), ("b", "a")):
        columns[f"page_{left}"] = pc.if_else(swap, page[right], page[left])
        for end in ("start", "stop"):
            columns[f"{left}_{end}"] = pc.if_else(swap, located[f"{right}_{end}"], located[f"{left}_{end}"])
    columns["disguised"] = pa.nulls(located.num_rows, pa.string())
    table = pa.table({name: columns[name] for name in PASSAGES.schema.names}).cast(PASSAGES.schema)
    return table.sort_by([(name, "ascending") for name in ("page_a", "page_b", "a_start", "b_start")])


def _furniture(spans: pa.Table, ids: pa.Array) -> pa.Table:
    columns = {"page_id": ids.take(combined(spans["page_no"]))} | {n: spans[n] for n in spans.column_names[1:]}
    table = pa.table(columns).cast(FURNITURE.schema)
    return table.sort_by([("page_id", "ascending"), ("start", "ascending")])


def _families(members: pa.Table, ids: pa.Array, pages: pa.Table) -> pa.Table:
    """Name witnesses and families; a family is named after the witness that was read before its others."""
    order = np.lexsort([values_of(members[name]) for name in ("start", "page_no", "family")])
    members = members.take(pa.array(order))
    page_no, family = values_of(members["page_no"]), values_of(members["family"])
    page_id = ids.take(pa.array(page_no))
    start, stop = values_of(members["start"]), values_of(members["stop"])
    witness = [witness_id(*row) for row in zip(page_id.to_pylist(), start.tolist(), stop.tolist(), strict=True)]
    body = combined(pages["body_id"]).take(pa.array(page_no))
    columns = [pa.array(_minted(family, witness), pa.string()), witness, page_id, start, stop, body]
    return pa.table(columns, names=FAMILIES.schema.names).cast(FAMILIES.schema)


def _minted(family: NDArray[np.int64], witness: list[str]) -> list[str]:
    """Return the id of each row's family: the digest of its first witness (rows are sorted by family)."""
    minted: list[str] = []
    for row, number in enumerate(family.tolist()):
        same = row and family[row - 1] == number
        minted.append(minted[-1] if same else digest("family", witness[row]))
    return minted
