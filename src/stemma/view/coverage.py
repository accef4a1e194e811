"""What the collection holds and lacks. Findings mean little without it: its line stands on every screen."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True)
class Coverage:
    """Counts over a case. Mappings are sorted by count, largest first."""

    pages: int
    documents: int
    captured_again: int  # documents with several captures
    sightings: int
    rejected: int
    rejects: Mapping[str, int]  # by reason
    skipped: Mapping[str, int]  # records that are no pages, by reason
    undated: int
    unseen: int  # pages never observed with a time
    bases: Mapping[str, int]  # rules that found dates
    outlets: Mapping[str, int]  # pages an outlet
    nameless: int  # pages whose outlet isn't known
    languages: Mapping[str, int]  # '' where too short to tell
    completeness: Mapping[str, int]
    claimed: tuple[datetime, datetime] | None  # first and last claimed moment
    seen: tuple[datetime, datetime] | None

    def __str__(self) -> str:
        """Return the coverage line."""
        return " · ".join(
            (
                counted(self.pages, "page") + " read",
                f"{self.rejected:,} rejected",
                f"{self.undated:,} without a date",
                counted(len(self.outlets), "outlet"),
            )
        )


def coverage(tables: Mapping[str, pa.Table]) -> Coverage:
    """Count what was read and what could not be."""
    pages, rejects = tables["pages"], tables["rejects"]
    documents = pc.value_counts(pages["document_id"])
    outlets, languages = _counts(pages["outlet"]), _counts(pages["language"])
    nameless = outlets.pop("", 0)
    return Coverage(
        pages=pages.num_rows,
        documents=len(documents),
        captured_again=sum(1 for d in documents.to_pylist() if d["counts"] > 1),
        sightings=tables["sightings"].num_rows,
        rejected=rejects.num_rows,
        rejects=_counts(rejects["reason"]),
        skipped=_skipped(tables["inputs"]),
        undated=pages["published_lo"].null_count,
        unseen=pages["seen"].null_count,
        bases={k: n for k, n in _counts(pages["published_basis"]).items() if k},
        outlets=outlets,
        nameless=nameless,
        languages=languages,
        completeness=_counts(pages["completeness"]),
        claimed=_range(pages["published_lo"]),
        seen=_range(pages["seen"]),
    )


def counted(number: int, thing: str, things: str = "") -> str:
    """Return e.g. '1 page', '1,204 pages'."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def listing(counts: Mapping[str, int], limit: int = 12) -> str:
    """Return e.g. 'en 40, de 12, 3 more', nothing hidden without a word."""
    parts = [f"{name or 'not known'} {n:,}" for name, n in list(counts.items())[:limit]]
    left = len(counts) - limit
    return ", ".join(parts + ([f"{left:,} more"] if left > 0 else []))


def _counts(column: Any) -> dict[str, int]:
    """Return how often each value occurs, largest first; nulls count under ''."""
    found = Counter({c["values"] or "": c["counts"] for c in pc.value_counts(column).to_pylist()})
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _skipped(inputs: pa.Table) -> dict[str, int]:
    total: Counter[str] = Counter()
    for text in inputs["skipped"].to_pylist():
        total.update(json.loads(text or "{}"))
    return dict(total.most_common())


def _range(column: Any) -> tuple[datetime, datetime] | None:
    ends = pc.min_max(column).as_py()
    return (ends["min"], ends["max"]) if ends["min"] else None
