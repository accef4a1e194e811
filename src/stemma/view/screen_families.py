"""The terminal's screens of the collection and of one family."""

from collections import defaultdict

from rich.console import Group, RenderableType
from rich.text import Text

from stemma.view import lines
from stemma.view.characters import one_line, plain
from stemma.view.coverage import counted
from stemma.view.family import Family, Witness
from stemma.view.findings import Findings
from stemma.view.lines import FOLDED, NUMBER, UNBROKEN, line
from stemma.view.model import Page
from stemma.view.times import moment
from stemma.view.worth import ranked, summary

FAMILIES = 20  # a screen or two
WITNESSES = 60
PAIRS = 20
FOLDED_PAGES = 6  # twins or captures named in a line

NOTHING = "No shared wording found among these pages."
NO_EVIDENCE = "That is no evidence of independence: paraphrase, translation and absent pages aren't seen."


def overview(findings: Findings, unfinished: str = "") -> RenderableType:
    """Return the families worth looking at first, with reasons; `unfinished` may say why there are none."""
    families = ranked(findings)
    if not families:
        return Text(unfinished or f"{NOTHING} {NO_EVIDENCE}")
    columns = (("family", UNBROKEN), ("outlets", NUMBER), ("docs", NUMBER), ("words", NUMBER))
    table = lines.table(*columns, ("worth looking at first", FOLDED | {"ratio": 1}))
    for item in families[:FAMILIES]:
        numbers = (f"{n:,}" for n in (item.outlets, item.documents, item.longest))
        about = Text.assemble("“", line(item.heading, "bold"), "”\n", line("; ".join(item.reasons), "dim", 600))
        table.add_row(lines.family_name(findings, item.family_id), *numbers, about)
    left = lines.more(len(families) - FAMILIES, "more family", "more families", "export CASE families")
    best = lines.family_name(findings, families[0].family_id)
    commands = (
        (f"stemma show CASE family {best}", "bold"),
        ", ",
        ("stemma report CASE -o report.html", "bold"),
    )
    count = Text(counted(len(families), "family", "families"), "bold")
    return Group(count, Text(), table, *left, Text(), Text.assemble("Next: ", *commands))


def family(findings: Findings, family_id: str) -> RenderableType:
    """Return one family: its witnesses in order of their claimed dates, what is said of them, its pairs."""
    it = Family(findings, family_id)
    columns = (
        ("", UNBROKEN),
        ("page", FOLDED | {"ratio": 5}),
        ("claims, seen", FOLDED | {"ratio": 4}),
        ("words", NUMBER),
    )
    table = lines.table(*columns)
    for witness in it.witnesses[:WITNESSES]:
        table.add_row(Text(witness.siglum, "bold"), _named(witness), _when(witness.page), f"{witness.words:,}")
    left = lines.more(len(it.witnesses) - WITNESSES, "more witness", "more witnesses", "export CASE families")
    return Group(_head(it), Text(), table, *left, Text(), *_said(it), *_pairs(it))


def _head(it: Family) -> Text:
    sizes = f"{counted(len(it.pages), 'page')} of {counted(len(it.outlets), 'outlet')}"
    longest = f"longest shared stretch {counted(it.longest, 'word')}"
    facts = f"Family {it.family_id[:12]} · {sizes} · {longest}"
    reasons = line("; ".join(summary(it).reasons), "dim", 600)
    return Text.assemble("“", line(it.heading, "bold"), "”\n", facts, "\n", reasons)


def _named(witness: Witness) -> Text:
    page = witness.page
    parts = [line(page.name, "bold")]
    if page.completeness not in ("whole", "unknown"):
        parts[0] = Text.assemble(parts[0], (f"  {plain(page.completeness)}", "italic"))
    parts += [lines.title(page), line(page.address, "dim", 160)]
    if witness.captures:
        parts.append(Text(f"and {counted(len(witness.captures), 'further capture')}: {_captures(witness)}", "dim"))
    if witness.twins:
        parts.append(Text(f"and {counted(len(witness.twins), 'twin')}: {_twins(witness)}", "dim"))
    earliest = [p for p in witness.pages if p.page_id in witness.earliest]
    parts += [Text(f"{plain(one_line(p.name, 60))}: earliest in this collection", "italic") for p in earliest]
    return Text("\n").join(parts)


def _captures(witness: Witness) -> str:
    return _some([moment(p.seen) if p.seen else "no time observed" for p in witness.captures])


def _twins(witness: Witness) -> str:
    return _some([f"{plain(one_line(p.name, 60))} ({p.claim or 'no date found'})" for p in witness.twins])


def _some(names: list[str]) -> str:
    left = len(names) - FOLDED_PAGES
    return "; ".join(names[:FOLDED_PAGES] + ([f"{left:,} more"] if left > 0 else []))


def _when(page: Page) -> Text:
    seen = Text.assemble("seen ", lines.seen(page)) if page.seen else lines.seen(page)
    return Text.assemble(lines.claimed(page), "\n", seen)


def _said(it: Family) -> list[RenderableType]:
    by_words: dict[str, list[str]] = defaultdict(list)
    for witness in it.witnesses[:WITNESSES]:
        for words in witness.said:
            by_words[words].append(witness.siglum)
    grid = lines.grid()
    for words, sigla in by_words.items():
        grid.add_row(Text(" ".join(sigla), "bold"), line(words, limit=1200))
    return [grid, Text()] if by_words else []


def _pairs(it: Family) -> list[RenderableType]:
    grid = lines.grid()
    for pair in it.pairs[:PAIRS]:
        a, b = (lines.page_name(it.findings, page) for page in (pair.a, pair.b))
        words = Text(counted(pair.words, "word"), justify="right")
        grid.add_row(Text(" ".join(pair.labels), "bold"), words, Text(f"stemma show CASE pair {a} {b}", "dim"))
    left = lines.more(len(it.pairs) - PAIRS, "more pair", "more pairs", "export CASE passages")
    return [Text("Side by side", "dim"), grid, *left] if it.pairs else []
