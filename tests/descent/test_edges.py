from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from stemma.descent import edges
from stemma.engine.local import Local
from stemma.tables import FAMILIES, PAGES


def findings(*pages):
    """One family of whole pages (name, day or None, body); return its edges by page."""
    made, family = [], []
    for name, day, body in pages:
        lo = None if day is None else datetime(2024, 5, day, tzinfo=UTC)
        made.append(
            {"page_id": name, "document_id": name.rstrip("'"), "outlet": f"{name}.example", "text": "x", "completeness": "whole",
             "input": "-", "published_lo": lo, "published_hi": lo and lo + timedelta(days=1)}
        )  # fmt: skip
        family.append(
            {"family_id": "F", "witness_id": "w" + name, "page_id": name, "start": 0, "stop": 1, "body_id": body}
        )
    tables = (pa.Table.from_pylist(family, schema=FAMILIES.schema), pa.Table.from_pylist(made, schema=PAGES.schema))
    return {row["page_id"]: row for row in edges(Local(1), *tables).to_pylist()}


def test_dates_give_an_order_and_never_an_arrow():
    found = findings(("a", 1, "x"), ("b", 2, "y"), ("c", 3, "z"))
    assert [found[p]["earliest_here"] for p in "abc"] == [True, False, False]
    for row in found.values():
        assert row["claim"] == "undetermined"
        assert row["parent_page_id"] is None
        assert row["probability"] is None
        assert "only claimed dates" in row["why"]
        assert "a.example 2024-05-01, b.example 2024-05-02" in row["why"]


@pytest.mark.parametrize(
    ("pages", "reason"),
    [
        ([("a", 1, "x"), ("b", 1, "x")], "twins"),
        ([("a", None, "x"), ("b", 1, "y")], "two pages only"),
        ([("a", None, "x"), ("b", 1, "y"), ("c", 1, "z")], "missing or overlap"),
    ],
)
def test_each_refusal_names_its_reason(pages, reason):
    for row in findings(*pages).values():
        assert reason in row["why"]
        assert row["earliest_here"] is None


def test_captures_of_one_document_are_one_witness_in_time():
    found = findings(("a", 1, "x"), ("a'", 5, "x2"), ("b", 3, "y"))
    assert [found[p]["earliest_here"] for p in ("a", "a'", "b")] == [True, True, False]
