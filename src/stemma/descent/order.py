"""What dates say of the order of a family's documents, and what they leave open."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple


class Claim(NamedTuple):
    """What is known of one document's date: claimed interval [lo, hi), rule, and earliest observation."""

    document_id: str
    outlet: str
    lo: datetime | None
    hi: datetime | None
    basis: str | None
    seen: datetime | None


def one_a_document(claims: Iterable[Claim]) -> list[Claim]:
    """Fold captures: the earliest claim and the earliest observation stand for their document."""
    documents: dict[str, Claim] = {}
    for claim in claims:
        known = documents.get(claim.document_id)
        if known is None:
            documents[claim.document_id] = claim
            continue
        first = min((known, claim), key=lambda c: (c.lo is None, c.lo or datetime.max.replace(tzinfo=UTC)))
        observed = [c.seen for c in (known, claim) if c.seen is not None]
        documents[claim.document_id] = first._replace(seen=min(observed, default=None))
    return list(documents.values())


def earliest_here(claim: Claim, others: Iterable[Claim]) -> bool | None:
    """Return whether a document's claimed date lies wholly before all others'; None where dates leave it open."""
    known = True
    for other in others:
        if claim.lo is None or other.lo is None or claim.hi is None or other.hi is None:
            known = False
        elif other.hi <= claim.lo:
            return False  # another is wholly before it, whatever else is open
        elif not claim.hi <= other.lo:
            known = False
    return True if known else None


def in_words(claims: list[Claim], most: int = 6) -> str:
    """Return the claimed dates in order, e.g. 'a.example 2024-05-03, b.example 2024-05-04; no date: c.example'."""
    dated = sorted((c for c in claims if c.lo is not None), key=lambda c: (c.lo, c.outlet))
    undated = sorted(c.outlet for c in claims if c.lo is None)
    parts = []
    if dated:
        listed = [f"{c.outlet} {claimed(c)}" for c in dated[:most]]
        parts.append(", ".join(listed) + _more(len(dated) - most))
    if undated:
        parts.append("no date: " + ", ".join(undated[:most]) + _more(len(undated) - most))
    return "; ".join(parts)


def _more(count: int) -> str:
    return f" and {count} more" if count > 0 else ""


def claimed(claim: Claim) -> str:
    """Return a claimed interval as people write it: a day, or a minute where it is that precise."""
    if claim.lo is None or claim.hi is None:
        return "no date"
    if claim.hi - claim.lo <= timedelta(hours=1):
        return claim.lo.strftime("%Y-%m-%d %H:%M UTC")
    middle = claim.lo + (claim.hi - claim.lo) / 2
    return middle.strftime("%Y-%m-%d" if claim.hi - claim.lo <= timedelta(days=3) else "%Y")
