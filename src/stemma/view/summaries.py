"""The report's short tables: quotations, recurring text of outlets, and first rows with what is left out."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from stemma.view.findings import Findings
from stemma.view.model import Page

_QUOTATIONS_READ = 2_000  # the longest ones; a speech quoted by n pages gives n * (n - 1) / 2


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that several pages put in quotation marks."""

    text: str
    language: str | None
    words: int
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Quotations:
    """Shared quotations, those of most pages ahead; `left` aligned pairs stand in none of the groups."""

    passages: int
    groups: tuple[Quotation, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Recurring:
    """The most frequent furniture of an outlet: `pages` of its documents hold the sample."""

    outlet: str | None
    pages: int
    sample: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Furniture:
    """All furniture: a row an outlet, most frequent ahead, `left` outlets not shown."""

    spans: int
    rows: tuple[Recurring, ...]
    left: int


def quotations(findings: Findings, limit: int) -> Quotations:
    """Group shared quotations by their words."""
    table = findings.tables["passages"]
    rows = pc.indices_nonzero(pc.equal(table["kind"], "quotation"))
    longest = pc.array_sort_indices(pc.negate(table["matched_tokens"].take(rows)))[:_QUOTATIONS_READ]
    groups: dict[str, list[Any]] = defaultdict(list)
    for passage in findings.passages(rows.take(longest).to_pylist()):
        text = findings.text(passage.a)[passage.a_start : passage.a_stop]
        groups[" ".join(text.casefold().split()[:8])].append((passage, text))
    found = [_quotation(findings, group) for group in groups.values()]
    order = sorted(range(len(found)), key=lambda i: (-len(found[i].pages), -found[i].words, found[i].text))[:limit]
    shown = sum(len(group) for i, group in enumerate(groups.values()) if i in set(order))
    return Quotations(len(rows), tuple(found[i] for i in order), len(rows) - shown)


def _quotation(findings: Findings, group: list[Any]) -> Quotation:
    passage, text = group[0]
    pages = findings.pages(dict.fromkeys(page_id for p, _ in group for page_id in (p.a, p.b)))
    by_outlet = {p.name: p for p in pages}  # one line an outlet is enough
    return Quotation(text, pages[0].language, passage.words, tuple(by_outlet[n] for n in sorted(by_outlet)))


def furniture(findings: Findings, limit: int) -> Furniture:
    """Return each outlet's most frequent recurring text."""
    table = findings.tables["furniture"]
    best: dict[str | None, tuple[int, int, str, int, int]] = {}
    outlets = findings.tables["pages"]["outlet"].to_pylist()
    columns = (table[name].to_pylist() for name in ("page_id", "start", "stop", "pages"))
    for page_id, start, stop, pages in zip(*columns, strict=True):
        if page_id in findings.rows:
            outlet = outlets[findings.rows[page_id]]
            known = best.get(outlet)
            if known is None or (pages, stop - start) > known[:2]:
                best[outlet] = (pages, stop - start, page_id, start, stop)
    order = sorted(best, key=lambda outlet: (-best[outlet][0], outlet or ""))
    rows = tuple(_recurring(findings, outlet, best[outlet]) for outlet in order[:limit])
    return Furniture(table.num_rows, rows, len(order) - len(rows))


def _recurring(findings: Findings, outlet: str | None, best: tuple[int, int, str, int, int]) -> Recurring:
    pages, _, page_id, start, stop = best
    return Recurring(outlet, pages, findings.text(page_id)[start:stop], findings.page(page_id).language)


def first_rows(table: pa.Table, limit: int) -> tuple[list[dict[str, Any]], int]:
    """Return the first rows of a table and how many follow."""
    return table.slice(0, limit).to_pylist(), max(0, table.num_rows - limit)
