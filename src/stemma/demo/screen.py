"""The comparison on a terminal: the first thing that a stranger sees of Stemma."""

import shlex
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from stemma.demo.collection import ABOUT
from stemma.demo.compare import ALSO, FOUND, MISSED, PARTLY, Comparison, Undecided

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_MARKS = {FOUND: ("✓", "green"), PARTLY: ("~", "yellow"), MISSED: ("–", "red"), ALSO: ("+", "yellow")}


def show(comparison: Comparison, folder: Path, console: "Console") -> None:
    """Print the comparison, the undecided case and what to run next, in at most 100 columns."""
    width = min(console.width, 100)
    for part in (
        _headline(comparison),
        _table(comparison),
        _legend(),
        _undecided(comparison.undecided),
        _next(folder, comparison.undecided),
    ):
        console.print(part, width=width)


def _headline(comparison: Comparison) -> "RenderableType":
    from rich.text import Text

    states = Counter(row.state for row in comparison.rows)
    told = ", ".join(f"{states[state]} {state}" for state in (FOUND, PARTLY, MISSED, ALSO) if states[state])
    return Text.assemble(
        ("A collection with a known tree", "bold"),
        (f": {ABOUT}\n", "dim"),
        (f"{comparison.coverage}\n", "dim"),
        f"{len(comparison.rows)} things to look for: ",
        (told, "bold"),
    )


def _table(comparison: Comparison) -> "RenderableType":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=0, header_style="bold", pad_edge=False, expand=True)
    table.add_column("")
    table.add_column("What to look for", width=23)
    table.add_column("Planted (→ copied by)", width=40)
    table.add_column("Found by Stemma", ratio=1)
    for row in comparison.rows:
        mark, style = _MARKS[row.state]
        table.add_row(Text(mark, style=style), Text(row.look_for), Text(row.planted, style="cyan"), Text(row.found))
    return table


def _legend() -> "RenderableType":
    from rich.text import Text

    return Text(
        "* not in the collection. No direction is stated yet; “earliest”: here, by claimed dates.",
        style="dim",
    )


def _undecided(case: Undecided | None) -> "RenderableType":
    from rich.panel import Panel
    from rich.text import Text

    if case is None:
        return Text("The pair that can't be decided was not found as a family.", style="yellow")
    body = Text.assemble(
        (f"{case.title}: {' and '.join(case.outlets)}\n", "bold"),
        ("Stemma: ", "bold"),
        f"{case.why}\n",
        ("Known:  ", "bold cyan"),
        (case.known, "cyan"),
    )
    return Panel(body, title="The case that can't be decided", title_align="left", border_style="yellow")


def _next(folder: Path, case: Undecided | None) -> "RenderableType":
    from rich.text import Text

    place = shlex.quote(str(folder / "case"))
    family = f" family {case.family_id[:8]}" if case else ""
    lines = [
        ("stemma show " + place + family, "this case, side by side" if case else "what was found"),
        (f"stemma report {place} -o report.html", "all families, as one page for a browser"),
        (f"less {shlex.quote(str(folder / 'collection' / 'README.md'))}", "the known tree"),
    ]
    width = max(len(command) for command, _ in lines)
    text = Text("Next\n", style="bold")
    for command, what in lines:
        text.append(f"  {command:<{width}}", style="bold").append(f"  {what}\n", style="not bold dim")
    text.rstrip()
    return text
