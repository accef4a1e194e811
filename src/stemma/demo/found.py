"""What a trace found in the demo collection, named by the demo's own page names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from stemma.demo.collection import Collection
from stemma.ids import normalised

Pair = frozenset[str]
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Found:
    """Tables of a case as rows, and what they say of the demo's pages.

    `keys` names each page_id after the demo page at its URL (the first, where an address has
    several captures), else by the URL or id itself, so that nothing unplanned goes unseen.
    """

    tables: Mapping[str, pa.Table]
    pages: Rows
    keys: dict[str, str]
    families: dict[str, set[str]]
    pairs: dict[str, set[Pair]]

    def of(self, key: str) -> Rows:
        """Return the pages found for a demo page."""
        return [page for page in self.pages if self.keys[page["page_id"]] == key]

    def outlet(self, outlet: str) -> Rows:
        """Return the pages found for a demo outlet."""
        return [page for page in self.pages if self.keys[page["page_id"]].startswith(f"{outlet}/")]

    def rows(self, name: str) -> Rows:
        """Return the rows of a table."""
        return rows(self.tables[name])

    def families_of(self, keys: Iterable[str]) -> dict[str, set[str]]:
        """Return the families that hold at least two of the demo pages, the largest share of them first."""
        wanted = set(keys)
        held = {name: members for name, members in self.families.items() if len(members & wanted) > 1}
        return dict(sorted(held.items(), key=lambda item: (-len(item[1] & wanted), item[0])))


def look_up(demo: Collection, tables: Mapping[str, pa.Table]) -> Found:
    """Index a case's tables by the demo's page names."""
    by_url = {normalised(demo.url(page)): page.key for page in demo.documents()}
    pages = rows(tables["pages"])
    keys = {p["page_id"]: _key(p, by_url) for p in pages}
    return Found(tables, pages, keys, _families(tables["families"], keys), _pairs(tables["passages"], keys))


def _key(page: dict[str, Any], by_url: dict[str, str]) -> str:
    url: str | None = page["url"]
    return by_url.get(normalised(url), url) if url else str(page["page_id"])


def rows(table: pa.Table) -> Rows:
    """Return a table's rows as dicts."""
    listed: Rows = table.to_pylist()
    return listed


def _families(table: pa.Table, keys: dict[str, str]) -> dict[str, set[str]]:
    families: dict[str, set[str]] = defaultdict(set)
    for row in rows(table):
        families[row["family_id"]].add(keys[row["page_id"]])
    return {name: members for name, members in families.items() if len(members) > 1}


def _pairs(table: pa.Table, keys: dict[str, str]) -> dict[str, set[Pair]]:
    """Return the pairs of documents that share passages, by kind; captures of one document are no pair."""
    pairs: dict[str, set[Pair]] = {"copy": set(), "quotation": set()}
    for row in rows(table):
        a, b = keys[row["page_a"]], keys[row["page_b"]]
        if a != b:
            pairs[row["kind"]].add(frozenset((a, b)))
    return pairs
