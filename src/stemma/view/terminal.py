"""The findings of a case in the terminal: the collection, one family, one page, or two pages side by side."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.text import Text

from stemma.errors import UsageError
from stemma.view import screen_families, screen_pages
from stemma.view.coverage import counted, coverage, listing
from stemma.view.findings import Findings
from stemma.view.lines import line
from stemma.view.model import Collection, Page, Tables
from stemma.view.pairs import Blocks
from stemma.view.screen_families import NO_EVIDENCE, NOTHING
from stemma.view.worth import ranked

_KINDS = ("family", "page", "pair")
_FOOT = "Sharing text does not show how a page was made, nor who copied from whom. Claimed dates are claims."


def show(
    tables: Tables,
    collection: Collection,
    console: Console,
    what: Sequence[str] | None = None,
    blocks: Blocks | None = None,
) -> None:
    """Print the collection (no words), `family ID`, `page NAME`, `pair A B`, or what bare names mean.

    Ids may be cut short; a page is named by its id, URL or source id. Raise UsageError where a name means
    nothing or several things, naming the candidates.
    """
    findings, words = Findings(tables), list(what or ())
    body = _asked(findings, words, collection, blocks)
    console.print(_frame(collection, str(coverage(tables)), body))


def traced(tables: Tables, collection: Collection, console: Console, case: Path) -> None:
    """Print what a trace found, in a few lines, and what to do next."""
    covered, families = coverage(tables), ranked(Findings(tables))
    facts = [Text(str(covered), "bold"), line(collection.selection, "italic", 600)]
    if covered.rejects:
        facts.append(line(f"rejected: {listing(covered.rejects)}; see stemma export {case} rejects", limit=600))
    if families:
        facts += [Text(counted(len(families), "family", "families") + " of shared text; worth looking at first:")]
        facts += [Text.assemble("  “", line(item.heading), "” ", (item.reasons[0], "dim")) for item in families[:3]]
    else:
        facts.append(Text(collection.unfinished or f"{NOTHING} {NO_EVIDENCE}"))
    facts.append(Text(f"Next: stemma show {case}, or stemma report {case} -o report.html"))
    console.print(Group(*facts))


def _frame(collection: Collection, covered: str, body: RenderableType) -> RenderableType:
    """Put what every screen says around the body: coverage, selection, and what sharing doesn't show."""
    head = Text.assemble((covered, "bold"), "\n", line(collection.selection, "italic", 600))
    if collection.unfinished:
        head.append(f"\n{collection.unfinished}")
    return Group(head, Text(), body, Text(), Text(_FOOT, "dim"))


def _asked(findings: Findings, words: list[str], collection: Collection, blocks: Blocks | None) -> RenderableType:
    if not words:
        return screen_families.overview(findings, collection.unfinished)
    kind, names = (words[0], words[1:]) if words[0] in _KINDS else ("pair" if len(words) == 2 else "", words)
    if len(names) != (2 if kind == "pair" else 1):
        raise UsageError(f"can't show {' '.join(words)!r}", "Write: family ID, page NAME, or pair NAME NAME.")
    if kind == "pair":
        a, b = (_page(findings, name) for name in names)
        if a.page_id == b.page_id:
            raise UsageError(f"{names[0]!r} and {names[1]!r} are the same page")
        return screen_pages.pair(findings, a, b, blocks)
    if not kind and len(findings.pages_bearing(names[0])) == 1:
        kind = "page"
    family = findings.family_id(names[0]) if kind != "page" else None
    if kind == "family" and family is None:
        raise UsageError(f"no family's id begins with {names[0]!r}", "`stemma show CASE` lists the families.")
    if family is None:
        return screen_pages.page(findings, _page(findings, names[0]))
    if not kind and (same := findings.pages_named(names[0])):
        raise _ambiguous(names[0], same, f"family {family[:12]}")
    return screen_families.family(findings, family)


def _page(findings: Findings, name: str) -> Page:
    pages = findings.pages_named(name)
    if len(pages) == 1:
        return pages[0]
    if pages:
        raise _ambiguous(name, pages)
    like = findings.pages_like(name) if name else []
    cure = (
        "Perhaps:\n" + _candidates(like)
        if like
        else "`stemma show CASE` lists the families, `stemma export CASE pages` all pages."
    )
    raise UsageError(f"no page's id, URL or source id begins with {name!r}", cure)


def _ambiguous(name: str, pages: Sequence[Page], *others: str) -> UsageError:
    things = len(pages) + len(others)
    named = "\n".join([*(f"  {other}" for other in others), _candidates(pages[:8])])
    left = f"\n  and {len(pages) - 8:,} more" if len(pages) > 8 else ""
    return UsageError(f"{name!r} means {things:,} things:\n{named}{left}", "Give more of the id.")


def _candidates(pages: Iterable[Page]) -> str:
    return "\n".join(
        f"  page {page.page_id[:12]}  {line(page.address, limit=80).plain}"
        + (f", seen {page.seen:%Y-%m-%d %H:%M}" if page.seen else "")
        for page in pages
    )
