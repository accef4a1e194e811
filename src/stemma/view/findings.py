"""A case's tables, indexed for reading; texts are fetched one page at a time."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from stemma.errors import UsageError
from stemma.ids import normalised
from stemma.view.model import Member, Page, Passage, Tables, page_of

_HEAVY = ("text", "extra")  # columns of pages that are read for one page at a time


class Findings:
    """A case's tables, indexed for reading. Texts are fetched one page at a time."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._pages: pa.Table = tables["pages"]
        self._light = self._pages.drop_columns([c for c in _HEAVY if c in self._pages.column_names])
        self._known: dict[str, Page] = {}

    @cached_property
    def rows(self) -> dict[str, int]:
        """Row number of each page_id."""
        return {page_id: row for row, page_id in enumerate(self._pages["page_id"].to_pylist())}

    def pages(self, page_ids: Iterable[str]) -> list[Page]:
        """Return the pages with these ids, in their order; ids that the pages table lacks are left out."""
        wanted = [p for p in page_ids if p in self.rows]
        missing = list(dict.fromkeys(p for p in wanted if p not in self._known))
        if missing:
            numbers = [self.rows[p] for p in missing]
            for row, fact in zip(numbers, self._light.take(pa.array(numbers, pa.int64())).to_pylist(), strict=True):
                self._known[fact["page_id"]] = page_of(row, fact)
        return [self._known[p] for p in wanted]

    def page(self, page_id: str) -> Page:
        """Return one page."""
        return self.pages([page_id])[0]

    def text(self, page_id: str) -> str:
        """Return a page's text."""
        text: str = self._pages["text"][self.rows[page_id]].as_py()
        return text

    @cached_property
    def members(self) -> dict[str, list[Member]]:
        """Return the members of each family, for pages that are in the pages table."""
        found: dict[str, list[Member]] = {}
        table = self.tables["families"].select(["family_id", "witness_id", "page_id", "start", "stop"])
        for values in zip(*(c.to_pylist() for c in table.columns), strict=True):
            if values[2] in self.rows:
                found.setdefault(values[0], []).append(Member(*values))
        return found

    @cached_property
    def spans(self) -> dict[str, list[Member]]:
        """Return the family members of each page."""
        found: dict[str, list[Member]] = {}
        for members in self.members.values():
            for member in members:
                found.setdefault(member.page_id, []).append(member)
        return found

    @cached_property
    def passages_of(self) -> dict[str, list[int]]:
        """Return the row numbers of each page's passages."""
        found: dict[str, list[int]] = {}
        passages = self.tables["passages"]
        for row, pair in enumerate(zip(passages["page_a"].to_pylist(), passages["page_b"].to_pylist(), strict=True)):
            for page_id in pair:
                found.setdefault(page_id, []).append(row)
        return found

    @cached_property
    def passages_in(self) -> dict[str, list[int]]:
        """Return row numbers of each family's passages: copies whose two spans meet witnesses of it."""
        found: dict[str, list[int]] = {}
        columns = ["page_a", "a_start", "a_stop", "page_b", "b_start", "b_stop", "kind"]
        values = (c.to_pylist() for c in self.tables["passages"].select(columns).columns)
        for row, (a, a_start, a_stop, b, b_start, b_stop, kind) in enumerate(zip(*values, strict=True)):
            if kind == "copy":
                for family in self._families_at(a, a_start, a_stop) & self._families_at(b, b_start, b_stop):
                    found.setdefault(family, []).append(row)
        return found

    def _families_at(self, page_id: str, start: int, stop: int) -> set[str]:
        return {m.family_id for m in self.spans.get(page_id, ()) if m.start < stop and start < m.stop}

    def passages(self, rows: Iterable[int]) -> list[Passage]:
        """Return the passages with these row numbers whose pages are known, most shared words first."""
        names = ["page_a", "a_start", "a_stop", "page_b", "b_start", "b_stop"]
        names += ["matched_tokens", "identity", "kind", "disguised", "thinned"]
        table = self.tables["passages"].select(names).take(pa.array(list(rows), pa.int64()))
        found = [Passage(*values) for values in zip(*(c.to_pylist() for c in table.columns), strict=True)]
        known = [p for p in found if p.a in self.rows and p.b in self.rows]
        return sorted(known, key=lambda p: (-p.words, p.a, p.a_start, p.b, p.b_start))

    @cached_property
    def edges(self) -> dict[str, dict[str, Any]]:
        """Return each witness's best finding, by witness_id."""
        names = ["witness_id", "claim", "earliest_here", "why", "rank"]
        best: dict[str, dict[str, Any]] = {}
        for edge in self.tables["edges"].select(names).to_pylist():
            known = best.get(edge["witness_id"])
            if known is None or edge["rank"] < known["rank"]:
                best[edge["witness_id"]] = edge
        return best

    def family_id(self, start: str) -> str | None:
        """Return the family whose id begins with `start`, or None; raise UsageError where several do."""
        found = sorted(f for f in self.members if f.startswith(start)) if start else []
        aliases = self.tables.get("family_aliases")
        if not found and start and aliases is not None:
            merged = zip(aliases["alias"].to_pylist(), aliases["family_id"].to_pylist(), strict=True)
            found = sorted({family for alias, family in merged if alias.startswith(start)} & set(self.members))
        if len(found) > 1:
            raise UsageError(f"{start!r} begins the ids of {len(found)} families: {', '.join(found[:8])}")
        return found[0] if found else None

    def pages_bearing(self, name: str) -> list[Page]:
        """Return the pages whose id, URL or source id is exactly `name`."""
        if not name:
            return []
        found = [row for c in ("page_id", "url", "source_id") for row in _rows(pc.equal(self._light[c], name))]
        if not found and ("/" in name or "." in name):
            urls = self._light["url"].to_pylist()
            found = [row for row, url in enumerate(urls) if url and normalised(url) == normalised(_with_scheme(name))]
        return self._at(found)

    def pages_named(self, name: str) -> list[Page]:
        """Return the pages that `name` means: those that bear it exactly, else those whose names begin with it."""
        if bearing := self.pages_bearing(name):
            return bearing
        if not name:
            return []
        columns = ("page_id", "url", "source_id")
        return self._at([row for c in columns for row in _rows(pc.starts_with(self._light[c], pattern=name))])

    def _at(self, rows: list[int]) -> list[Page]:
        ids = self._light["page_id"]
        return self.pages(ids[row].as_py() for row in dict.fromkeys(rows))

    def pages_like(self, name: str, limit: int = 6) -> list[Page]:
        """Return pages whose URL, title, outlet or source id holds `name`: what a person may have meant."""
        columns = ("url", "title", "outlet", "source_id")
        rows = (r for c in columns for r in _rows(pc.match_substring(self._light[c], name, ignore_case=True)))
        ids = self._light["page_id"]
        return self.pages(ids[row].as_py() for row in list(dict.fromkeys(rows))[:limit])


def _rows(mask: Any) -> list[int]:
    """Return the row numbers where an Arrow mask is true."""
    found: list[int] = pc.indices_nonzero(pc.fill_null(mask, False)).to_pylist()
    return found


def _with_scheme(name: str) -> str:
    return name if "//" in name else f"//{name}"
