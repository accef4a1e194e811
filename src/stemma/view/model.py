"""The records that the terminal and the report show: the collection, pages, passages, members of families."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from stemma.store import Manifest
from stemma.view.characters import one_line
from stemma.view.times import Claim

Tables = Mapping[str, pa.Table]

_AS_THEY_ARE = (
    *(
        "page_id",
        "document_id",
        "body_id",
        "source_id",
        "url",
        "outlet",
        "title",
        "language",
        "completeness",
        "input",
    ),
)


@dataclass(frozen=True)
class Collection:
    """How the case came to be: what its screens say of the collection and what repeats it."""

    about: str | None
    created: datetime
    version: str
    engine: str
    changes: tuple[str, ...] = ()  # settings that differ from the built-in ones, as stage.name=value
    until: str = "edges"  # the last table that the last trace was asked to make

    @property
    def selection(self) -> str:
        """How the pages were chosen, in the words of whoever chose them."""
        return one_line(self.about, 600) if self.about and self.about.strip() else "selection not described"

    @property
    def unfinished(self) -> str:
        """What to bear in mind where the last trace was asked to stop early; '' where it wasn't."""
        lacks = {"pages": "shared text was not looked for", "passages": "families were not made"}.get(self.until, "")
        return f"The last trace stopped after {self.until}: {lacks} among all pages." if lacks else ""


def collection(manifest: Manifest) -> Collection:
    """Return what a case's manifest says of its making."""
    last = manifest.runs[-1] if manifest.runs else {}
    return Collection(
        about=manifest.about,
        created=datetime.fromisoformat(manifest.created),
        version=manifest.stemma,
        engine=last.get("engine", "local"),
        changes=tuple(last.get("settings", ())),
        until=last.get("until", "edges"),
    )


@dataclass(frozen=True, slots=True)
class Page:
    """A page without its text. `row` is its place in the pages table."""

    row: int
    page_id: str
    document_id: str
    body_id: str | None
    source_id: str | None
    url: str | None
    outlet: str | None
    title: str | None
    authors: tuple[str, ...]
    language: str | None
    claim: Claim | None
    modified: datetime | None
    seen: datetime | None
    completeness: str
    input: str
    declared: dict[str, Any] = field(hash=False)

    @property
    def name(self) -> str:
        """The outlet, else the best name that the page has."""
        return self.outlet or self.source_id or f"page {self.page_id[:8]}"

    @property
    def address(self) -> str:
        """The URL, else the name that its input gives it."""
        return self.url or self.source_id or self.input


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of one page aligned with a span of another."""

    a: str
    a_start: int
    a_stop: int
    b: str
    b_start: int
    b_stop: int
    words: int
    identity: float
    kind: str
    disguised: str | None
    thinned: bool

    def seen_from(self, page_id: str) -> "Passage":
        """Return the passage with `page_id` as its side a."""
        if self.a == page_id:
            return self
        return Passage(
            *(self.b, self.b_start, self.b_stop, self.a, self.a_start, self.a_stop),
            *(self.words, self.identity, self.kind, self.disguised, self.thinned),
        )


@dataclass(frozen=True, slots=True)
class Member:
    """A row of the families table: a span of a page that belongs to a family."""

    family_id: str
    witness_id: str
    page_id: str
    start: int
    stop: int


def page_of(row: int, fact: dict[str, Any]) -> Page:
    """Return the page that a row of the pages table describes."""
    lo, hi = fact["published_lo"], fact["published_hi"]
    claim = Claim(lo, max(lo, hi), fact["published_basis"] or "rule not recorded") if lo and hi else None
    return Page(
        row=row,
        **{name: fact[name] for name in _AS_THEY_ARE},
        authors=tuple(a for a in fact["authors"] or () if a),
        claim=claim,
        modified=_utc(fact["modified"]),
        seen=_utc(fact["seen"]),
        declared=_declared(fact["declared"]),
    )


def _utc(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC) if at else None


def _declared(text: str | None) -> dict[str, Any]:
    """Return the declared facts; a page that declares nothing readable declares nothing."""
    try:
        facts = json.loads(text or "{}")
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}
