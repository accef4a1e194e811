"""Records to pages: the two stages of reading that engines run."""

from collections.abc import Iterable
from functools import partial
from itertools import accumulate
from typing import Any, NamedTuple, cast

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from stemma import ids
from stemma.frames import PARSED, RAW
from stemma.read.completeness import completeness
from stemma.read.language import languages
from stemma.read.links import Link
from stemma.read.outlet import outlet_of
from stemma.read.times import Interval, interval
from stemma.settings import Read
from stemma.stage import Stage

Row = dict[str, Any]


class ParseStages(NamedTuple):
    """`html` takes the rows that hold HTML, each in a process that may be killed; `text` takes all others."""

    html: Stage
    text: Stage


def parse_stages(read: Read) -> ParseStages:
    """Return the stages that turn frames.RAW into frames.PARSED. `body_id` stays null: reuse computes it."""
    html = partial(parse_html, read=read)
    lost = partial(_lost, read=read)
    return ParseStages(
        Stage("parse html", RAW, PARSED, html, isolate_seconds=read.page_seconds, lost=lost),
        Stage("parse text", RAW, PARSED, partial(parse_text, read=read)),
    )


def split(batch: pa.RecordBatch) -> tuple[pa.RecordBatch, pa.RecordBatch]:
    """Return the rows of frames.RAW that hold HTML, and the others."""
    has_html = batch.column("html").is_valid()
    return batch.filter(has_html), batch.filter(pc.invert(has_html))


def parse_text(batch: pa.RecordBatch, read: Read) -> pa.RecordBatch:
    """Return the pages of rows that hold plain text (frames.RAW to frames.PARSED)."""
    rows = batch.num_rows
    texts, urls = (batch.column(name).to_pylist() for name in ("text", "url"))
    claims, changes = (_intervals(batch.column(name).to_pylist()) for name in ("published", "modified"))
    columns = {name: batch.column(name) for name in RAW.names if name in PARSED.names}
    columns |= {
        "document_id": list(map(ids.document_id, urls, batch.column("page_id").to_pylist())),
        "outlet": _filled(batch.column("outlet"), map(outlet_of, urls)),
        "language": _filled(batch.column("language"), _missing_languages(batch, texts, read)),
        "published_lo": [claim and claim.lo for claim in claims],
        "published_hi": [claim and claim.hi for claim in claims],
        "published_basis": [claim and basis("row published", claim) for claim in claims],
        "modified": [change and change.lo for change in changes],
        "completeness": list(map(completeness, texts)),
        "extra": [_with_unread(*row) for row in zip(batch.to_pylist(), claims, changes, strict=True)],
    }
    return _batch(columns, rows)


def parse_html(batch: pa.RecordBatch, read: Read) -> pa.RecordBatch:
    """Return the pages of rows that hold HTML (frames.RAW to frames.PARSED), or why they are none."""
    from stemma.read.page import warm

    warm()
    parsed = [_html_row(row, read) for row in batch.to_pylist()]
    columns: dict[str, Any] = {name: [row.get(name) for row in parsed] for name in PARSED.names}
    columns["links"] = _links_column(columns["links"])
    return _batch(columns, len(parsed))


def basis(rule: str, when: Interval) -> str:
    """Return the name of the rule that found a time, with what it left open."""
    return f"{rule}, no zone" if when.is_moment and not when.zoned else rule


def _html_row(row: Row, read: Read) -> Row:
    from stemma.read.page import NoPage

    try:
        return _page_row(row, read)
    except NoPage as fault:
        return _rejected(row, fault.reason, fault.detail)
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as fault:  # noqa: BLE001 - whatever one page does to the libraries, the next page is read
        return _rejected(row, "extraction failed", f"{type(fault).__name__}: {fault}"[:200])


def _page_row(row: Row, read: Read) -> Row:
    from stemma.read.page import read_page

    page = read_page(row["html"], row["charset"], row["url"], row["seen"])
    claim, change = _intervals([row["published"], row["modified"]])
    rule = "row published" if claim else (page.published.basis if page.published else None)
    when = claim or (page.published.when if page.published else None)
    declared_change = page.declared.modified and page.declared.modified.when
    modified = change or declared_change
    return _kept(row) | {
        "document_id": ids.document_id(page.url, row["page_id"]),
        "url": page.url,
        "outlet": row["outlet"] or outlet_of(page.url),
        "title": row["title"] or page.declared.title,
        "authors": row["authors"] or page.declared.authors or None,
        "text": page.text,
        "language": row["language"] or languages([page.text], read.language_chars, read.language_letters)[0],
        "published_lo": when and when.lo,
        "published_hi": when and when.hi,
        "published_basis": basis(rule, when) if rule and when else None,
        "modified": modified and modified.lo,
        "completeness": "cut" if row["extra"] and '"warc_truncated"' in row["extra"] else page.completeness,
        "declared": orjson.dumps(page.facts).decode() if page.facts else None,
        "extra": _with_unread(row, claim, change),
        "links": page.links,
    }


def _kept(row: Row) -> Row:
    return {name: row[name] for name in ("page_id", "source_id", "seen", "input", "at")}


def _rejected(row: Row, reason: str, detail: str | None) -> Row:
    return _kept(row) | {
        "document_id": ids.document_id(row["url"], row["page_id"]),
        "url": row["url"],
        "text": "",
        "completeness": "unknown",
        "reject": reason,
        "detail": detail,
    }


def _lost(batch: pa.RecordBatch, reason: str, read: Read) -> pa.RecordBatch:
    """Return the row that stands for a record which its process didn't survive."""
    reason, _, detail = reason.partition(": ")
    if not detail and reason == "took too long":
        detail = f"more than {read.page_seconds:g} s; read.page_seconds sets the limit"
    rows = [_rejected(row, reason, detail or None) for row in batch.to_pylist()]
    return pa.RecordBatch.from_pylist(rows, schema=PARSED)


def _missing_languages(batch: pa.RecordBatch, texts: list[str], read: Read) -> Iterable[str | None]:
    """Return the language of each row that names none, null for the rest."""
    missing = pc.is_null(batch.column("language")).to_pylist()
    asked = [text for text, wanted in zip(texts, missing, strict=True) if wanted]
    found = iter(languages(asked, read.language_chars, read.language_letters))
    return [next(found) if wanted else None for wanted in missing]


def _filled(given: pa.Array, guessed: Iterable[str | None]) -> pa.Array:
    if not given.null_count:
        return given
    return pc.coalesce(given, pa.array(list(guessed), pa.string()))


def _intervals(claims: Iterable[str | None]) -> list[Interval | None]:
    return [interval(claim) if claim else None for claim in claims]


def _with_unread(row: Row, published: Interval | None, modified: Interval | None) -> str | None:
    """Return a row's further fields, with the times among them that could not be understood."""
    understood = {"published": published, "modified": modified}
    unread = {name: row[name] for name, when in understood.items() if row[name] and not when}
    if not unread:
        return cast("str | None", row["extra"])
    return orjson.dumps({**orjson.loads(row["extra"] or "{}"), **unread}, option=orjson.OPT_SORT_KEYS).decode()


def _links_column(pages: list[list[Link] | None]) -> pa.Array:
    """Return the links of each page as one column; fields are filled a column at a time."""
    stops = list(accumulate((len(links or ()) for links in pages), initial=0))
    kind = PARSED.field("links").type
    flat = [link for links in pages for link in links or ()]
    fields = zip(*flat, strict=True) if flat else [()] * len(Link._fields)
    values = [pa.array(value, column.type) for value, column in zip(fields, kind.value_type, strict=True)]
    structs = pa.StructArray.from_arrays(values, fields=list(kind.value_type))
    missing = pa.array([links is None for links in pages], pa.bool_())
    return pa.ListArray.from_arrays(pa.array(stops, pa.int32()), structs, type=kind, mask=missing)


def _batch(columns: dict[str, Any], rows: int) -> pa.RecordBatch:
    """Return frames.PARSED from some of its columns; those not given are null."""
    arrays = []
    for kind in PARSED:
        column = columns.get(kind.name)
        if column is None:
            column = pa.nulls(rows, kind.type)
        arrays.append(column if isinstance(column, pa.Array) else pa.array(column, type=kind.type))
    return pa.RecordBatch.from_arrays(arrays, schema=PARSED)
