"""Which families are worth looking at first, and the reason in words."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from math import log2
from typing import Any
from urllib.parse import urlsplit

from stemma.view.coverage import counted
from stemma.view.family import Family
from stemma.view.findings import Findings
from stemma.view.model import Page
from stemma.view.times import span


@dataclass(frozen=True, slots=True)
class Summary:
    """A family in a line. `reasons` say why it stands where it does, the weightiest ahead."""

    family_id: str
    heading: str
    pages: int
    documents: int
    outlets: int
    longest: int  # words matched in its longest passage
    spread: timedelta | None  # between the claims that lie furthest apart; None with fewer than two
    reasons: tuple[str, ...]
    score: float


def ranked(findings: Findings) -> list[Summary]:
    """Return all families, those worth looking at first ahead.

    A family's score adds up doublings, so that no single large number decides: of outlets, of the longest
    shared stretch beyond 25 words, and (by half) of days between claims; two points more for each kind of
    fact that doesn't fit the others (see `misfits`). It orders reading, nothing else: it is no measure of
    copying or of anyone's conduct. Ties are broken by id, so that the order is the same on each run.
    """
    findings.pages(page_id for page_id in findings.spans)  # one read of the table for all
    return sorted((summary(Family(findings, f)) for f in findings.members), key=lambda s: (-s.score, s.family_id))


def summary(family: Family) -> Summary:
    """Return a family in a line."""
    spread = _spread(family.pages)
    outlets = len(family.outlets)
    points = [(2.0, fact) for fact in misfits(family.pages)]
    if outlets > 1:
        points.append((log2(outlets), f"{outlets} outlets hold this text"))
    if family.longest > 25:
        points.append((log2(family.longest / 25), f"its longest shared stretch has {counted(family.longest, 'word')}"))
    if outlets > 1 and spread and spread >= timedelta(days=1):
        points.append((log2(1 + spread.days) / 2, f"claimed dates lie {span(spread)} apart"))
    points.sort(key=lambda p: -p[0])
    return Summary(
        family_id=family.family_id,
        heading=family.heading,
        pages=len(family.pages),
        documents=family.documents,
        outlets=outlets,
        longest=family.longest,
        spread=spread,
        reasons=tuple(words for _, words in points)
        or (f"{counted(len(family.pages), 'page')} of one outlet or none named",),
        score=sum(weight for weight, _ in points),
    )


def misfits(pages: list[Page]) -> list[str]:
    """Return facts about pages that don't fit together, each kind in a sentence."""
    facts = []
    elsewhere = {page.page_id: sites for page in pages if (sites := _declared_sites(page))}
    if elsewhere:
        who = counted(len(elsewhere), "page declares", "pages declare")
        names = sorted({name for sites in elsewhere.values() for name in sites})
        facts.append(f"{who} a canonical address on another site ({', '.join(names[:3])})")
    late = sum(1 for p in pages if p.claim and p.seen and p.claim.lo > p.seen)
    if late:
        facts.append(f"{counted(late, 'page claims', 'pages claim')} to be published after being seen")
    bodies: dict[str, set[str | None]] = {}
    for page in pages:
        bodies.setdefault(page.document_id, set()).add(page.body_id)
    revised = sum(1 for found in bodies.values() if len(found) > 1)
    if revised:
        facts.append(f"{counted(revised, 'document differs', 'documents differ')} between captures")
    return facts


def _spread(pages: list[Page]) -> timedelta | None:
    claims = [p.claim.lo for p in pages if p.claim]
    return max(claims) - min(claims) if len(claims) > 1 else None


def _declared_sites(page: Page) -> list[str]:
    """Return sites other than its own that a page declares as its address."""
    own = site(page.url)
    stated = [site(page.declared.get(name)) for name in ("canonical", "og_url")]
    return [s for s in stated if s and own and s not in (own, page.outlet)]


def site(url: object) -> str | None:
    """Return the registrable domain of an http URL, None where it has no host."""
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return (_suffixes()(host).top_domain_under_public_suffix or ".".join(host.split(".")[-2:])) if host else None


@cache
def _suffixes() -> Any:
    """Return the public suffix list that tldextract ships: nothing is fetched."""
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None)
