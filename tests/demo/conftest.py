"""A case's tables as a trace without a fault would leave them for the demo, made from the planted truth alone."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from typing import Any

import pyarrow as pa
import pytest

from stemma import tables
from stemma.demo.collection import Collection, Page, load


class Case(dict[str, list[dict[str, Any]]]):
    """Rows by table, to be damaged by a test and then made into tables."""

    def tables(self) -> dict[str, pa.Table]:
        return {name: pa.Table.from_pylist(rows, schema=tables.CASE_TABLES[name].schema) for name, rows in self.items()}

    def share(self, a: str, b: str, kind: str) -> None:
        self["passages"].append(passage(a, b, kind))


@pytest.fixture
def ideal() -> Case:
    demo = load()
    pages = {p.key: page_row(demo, p) for p in demo.pages}
    seen = [
        {"page_id": p.key, "seen": pages[p.key]["seen"], "input": "x"} for p in demo.pages for _ in range(1 + p.file)
    ]
    crawled = sum(bool(p.crawl) for p in demo.pages)
    crawl = {
        "input": "crawl.warc.gz",
        "kind": "warc",
        "records": crawled + 5,
        "pages": crawled,
        "rejected": 0,
    }
    kin = [(a, b) for f in demo.families for a, b in combinations(demo.members(f.key), 2)]
    rows = {
        "pages": list(pages.values()),
        "sightings": seen,
        "rejects": [],
        "inputs": [crawl | {"skipped": '{"request": 1, "redirect": 1, "other": 3}'}],
        "passages": [passage(a.key, b.key, "copy") for a, b in kin]
        + [passage(a.key, b.key, "quotation") for a, b in combinations(demo.speech(), 2)],
        "furniture": [
            {"page_id": p.key, "start": len(p.text) + 1, "stop": len(p.text) + 1 + len(box), "kind": "outlet"}
            for p in demo.pages
            if p.boxed and (box := demo.outlets[p.outlet].box)
        ],
        "families": [witness(p) for p in demo.pages if p.family],
        "edges": [witness(p) | {"claim": "undetermined", "why": "because"} for p in demo.pages if p.family],
    }
    return Case(rows)


def page_row(demo: Collection, page: Page) -> dict[str, Any]:
    outlet = demo.outlets[page.outlet]
    published = at(page.published)
    canonical = demo.url(demo.page(page.canonical or page.key))
    return {
        "page_id": page.key,
        "document_id": demo.url(page),
        "url": demo.url(page),
        "outlet": outlet.host,
        "text": f"{page.text}\n{outlet.box if page.boxed else ''}",
        "language": outlet.language,
        "published_lo": published,
        "published_hi": published and published + timedelta(days=1),
        "published_basis": "declared" if published else None,
        "seen": datetime.fromisoformat(page.crawl[0]) if page.crawl else None,
        "completeness": "cut" if page.paywall else "whole",
        "declared": f'{{"canonical": "{canonical}"}}',
    }


def at(moment: date | None) -> datetime | None:
    if moment is None or isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time(), UTC)


def passage(a: str, b: str, kind: str) -> dict[str, Any]:
    return {"page_a": min(a, b), "page_b": max(a, b), "kind": kind}


def witness(page: Page) -> dict[str, Any]:
    return {
        "family_id": page.family,
        "witness_id": page.key,
        "page_id": page.key,
        "start": 0,
        "stop": len(page.text),
    }
