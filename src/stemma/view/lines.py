"""The small parts that the terminal's screens are made of."""

from collections.abc import Collection
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from stemma.view.characters import one_line, plain
from stemma.view.coverage import counted
from stemma.view.findings import Findings
from stemma.view.model import Page
from stemma.view.times import moment

NUMBER: dict[str, Any] = {"justify": "right", "no_wrap": True}
FOLDED: dict[str, Any] = {"overflow": "fold"}
UNBROKEN: dict[str, Any] = {"no_wrap": True}


def line(text: str, style: str = "", limit: int = 200) -> Text:
    """Return strangers' text on one line; no character in it can move the cursor or pass for markup."""
    return Text(plain(one_line(text, limit)), style)


def table(*columns: tuple[str, dict[str, Any]]) -> Table:
    """Return a table with a rule under its headings and air between its rows, from (heading, options)."""
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0), leading=1)
    made.header_style = "dim"
    for name, options in columns:
        made.add_column(name, **options)
    return made


def grid() -> Table:
    """Return a table of bare columns."""
    return Table.grid(padding=(0, 2, 0, 0))


def more(number: int, thing: str, things: str, command: str) -> list[Text]:
    """Return the line that says what isn't shown and which command shows it; none where all is."""
    return [Text(f"{counted(number, thing, things)}: stemma {command}", "dim")] if number > 0 else []


def claimed(page: Page, between: str = "\n") -> Text:
    """Return a page's claimed date with its precision and basis."""
    if not page.claim:
        return Text("no date found", "dim italic")
    return Text.assemble(str(page.claim), between, (f"{page.claim.precision}, by {plain(page.claim.basis)}", "dim"))


def seen(page: Page) -> Text:
    """Return when a page was observed."""
    return Text(moment(page.seen)) if page.seen else Text("no time observed", "dim italic")


def title(page: Page, style: str = "") -> Text:
    """Return the title a page declares."""
    return line(page.title, style, 120) if page.title else Text("no title declared", "dim italic")


def family_name(findings: Findings, family_id: str) -> str:
    """Return the beginning of a family's id that names no other family."""
    return _beginning(family_id, findings.members)


def page_name(findings: Findings, page: Page) -> str:
    """Return the beginning of a page's id that names no other page."""
    return _beginning(page.page_id, findings.rows)


def _beginning(name: str, names: Collection[str]) -> str:
    length = 8
    while length < len(name) and sum(1 for n in names if n.startswith(name[:length])) > 1:
        length += 4
    return name[:length]
