"""The terminal's screens of one page and of two pages side by side."""

import json
from collections.abc import Iterator
from typing import Any

import pyarrow.compute as pc
from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from stemma.view import lines
from stemma.view.characters import one_line, opening, plain
from stemma.view.coverage import counted
from stemma.view.findings import Findings
from stemma.view.lines import FOLDED, NUMBER, UNBROKEN, line
from stemma.view.model import Page, Passage
from stemma.view.pairs import Blocks, Piece, Row, compare
from stemma.view.screen_families import NO_EVIDENCE
from stemma.view.times import moment

PASSAGES = 20
FURNITURE = 20
_EVERYTHING = 2**31  # code points: a person who asks for two pages gets them whole
_STYLES = {"context": "dim", "alone": "bold underline", "other": "underline", "gap": "bold"}
_KEY = (
    "│ between the columns: shared text. ⟦ ⟧ words that the other side lacks or has differently. "
    "‸ words on the other side only."
)


def page(findings: Findings, it: Page) -> RenderableType:
    """Return one page: its facts, what it shares with others, its furniture."""
    facts = lines.grid()
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    for name, value in _facts(findings, it):
        facts.add_row(name, value)
    return Group(lines.title(it, "bold"), Text(), facts, Text(), *_shared(findings, it), *_furniture(findings, it))


def _facts(findings: Findings, it: Page) -> list[tuple[str, Text]]:
    words = counted(len(findings.text(it.page_id).split()), "word")
    standing = dict.fromkeys(m.family_id for m in findings.spans.get(it.page_id, ()))
    return [
        ("outlet", line(it.outlet) if it.outlet else Text("not known", "dim italic")),
        ("address", line(it.address, limit=400)),
        ("page", Text(it.page_id)),
        ("claims publication", lines.claimed(it, ", ")),
        ("seen", lines.seen(it)),
        ("claims last change", Text(moment(it.modified) if it.modified else "none")),
        ("authors", line(", ".join(it.authors) or "none declared")),
        ("language", line(it.language or "too short to tell")),
        ("text", Text(f"{words}, {plain(it.completeness)}")),
        ("read from", line(it.input)),
        *((f"declares {plain(one_line(k, 30))}", line(v, limit=300)) for k, v in _declared(it.declared)),
        ("families", Text(", ".join(lines.family_name(findings, f) for f in standing) or "none")),
    ]


def _declared(facts: dict[str, Any], of: str = "") -> Iterator[tuple[str, str]]:
    """Yield declared facts by name, nested ones as 'meta generator'."""
    for name, fact in facts.items():
        if isinstance(fact, dict):
            yield from _declared(fact, f"{of}{name} ")
        else:
            yield f"{of}{name}", fact if isinstance(fact, str) else json.dumps(fact, ensure_ascii=False)


def _shared(findings: Findings, it: Page) -> list[RenderableType]:
    passages = findings.passages(findings.passages_of.get(it.page_id, ()))
    if not passages:
        return [Text(f"No wording found that it shares with another page here. {NO_EVIDENCE}"), Text()]
    columns = (("words", NUMBER), ("", UNBROKEN), ("page", FOLDED | {"ratio": 2}))
    table = lines.table(*columns, ("opening words", FOLDED | {"ratio": 3}))
    text = findings.text(it.page_id)
    for found in (p.seen_from(it.page_id) for p in passages[:PASSAGES]):
        other = findings.page(found.b)
        kind = "both quote" if found.kind == "quotation" else "shares text with"
        date = f"{other.claim or 'no date found'}, {lines.page_name(findings, other)}"
        where = Text.assemble(line(other.name, "bold"), "\n", (date, "dim"))
        table.add_row(f"{found.words:,}", kind, where, line(opening(text[found.a_start : found.a_stop])))
    left = lines.more(len(passages) - PASSAGES, "more passage", "more passages", "export CASE passages")
    return [table, *left, Text()]


def _furniture(findings: Findings, it: Page) -> list[RenderableType]:
    table = findings.tables["furniture"]
    rows = table.filter(pc.equal(table["page_id"], it.page_id)).select(["start", "stop", "pages"]).to_pylist()
    text = findings.text(it.page_id)
    grid = lines.grid()
    for row in rows[:FURNITURE]:
        words = line(opening(text[row["start"] : row["stop"]]))
        grid.add_row(Text(f"on {counted(row['pages'], 'document')}", "dim"), words)
    left = lines.more(len(rows) - FURNITURE, "more span", "more spans", "export CASE furniture")
    return [Text("Recurring text of its outlet, set aside before comparing", "dim"), grid, *left] if rows else []


def pair(findings: Findings, a: Page, b: Page, blocks: Blocks | None) -> RenderableType:
    """Return two pages side by side, passage by passage."""
    rows = set(findings.passages_of.get(a.page_id, ())) & set(findings.passages_of.get(b.page_id, ()))
    passages = [p.seen_from(a.page_id) for p in findings.passages(rows)]
    head = _columns()
    head.add_row(_side(a), _side(b))
    if not passages:
        return Group(head, Text(), Text(f"No shared wording found between these two pages. {NO_EVIDENCE}"))
    texts = findings.text(a.page_id), findings.text(b.page_id)
    parts: list[RenderableType] = [head, Text(), Text(_KEY, "dim")]
    for number, passage in enumerate(sorted(passages, key=lambda p: (p.a_start, p.b_start)), 1):
        caption = Text(_caption(passage, number, len(passages)), "dim")
        parts += [Text(), caption, _compared(compare(*texts, passage, blocks, _EVERYTHING))]
    return Group(*parts)


def _caption(passage: Passage, number: int, of: int) -> str:
    kind = "both quote" if passage.kind == "quotation" else "shared text"
    same = f"{counted(passage.words, 'word')} the same, {passage.identity:.0%} of both sides"
    unseen = f", contains look-alike or invisible characters: {plain(passage.disguised)}" if passage.disguised else ""
    return f"Passage {number} of {of}: {kind}, {same}{unseen}"


def _side(page: Page) -> Text:
    parts = [line(page.name, "bold"), lines.title(page), line(page.address, "dim", 160)]
    parts.append(Text(f"claims {page.claim}" if page.claim else "no date found"))
    return Text("\n").join([*parts, *([Text(f"seen {moment(page.seen)}")] if page.seen else [])])


def _columns(bar: str = " ") -> Table:
    """Return two columns of one width with a line of `bar` between them."""
    grid = Table(box=box.Box(f"  {bar} \n" * 8), show_header=False, show_edge=False, pad_edge=False, expand=True)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    return grid


def _compared(rows: list[Row]) -> RenderableType:
    parts: list[RenderableType] = []
    for row in rows:
        if row.kind == "fold" and row.one:
            parts += [
                Text(f"⋯ {row.amount} the same on both sides:", "dim"),
                Padding(_cell(row.left), (0, 0, 0, 2)),
            ]
            continue
        grid = _columns(" " if row.kind in ("before", "after") else "│")
        grid.add_row(_cell(row.left), _cell(row.right))
        parts.append(grid)
    return Group(*parts)


def _cell(pieces: list[Piece]) -> Text:
    text = Text()
    for piece in pieces:
        words = f"⟦{plain(piece.text)}⟧" if piece.mark in ("alone", "other") else plain(piece.text)
        text.append("‸" if piece.mark == "gap" else words, _STYLES.get(piece.mark, ""))
    text.rstrip()
    return text
