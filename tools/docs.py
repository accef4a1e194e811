"""Write the parts of docs/ that stand in the code: tables and settings. `--check` fails where they differ."""

import sys
from dataclasses import fields
from pathlib import Path

from stemma.settings import Settings
from stemma.tables import CASE_TABLES

DOCS = Path(__file__).resolve().parents[1] / "docs"


def tables() -> str:
    """Return the tables of a case, a section each."""
    lines: list[str] = []
    for table in CASE_TABLES.values():
        lines += [
            f"### `{table.name}`: {table.row}",
            "",
            "| column | type | meaning | null | example |",
            "|---|---|---|---|---|",
        ]
        for c in table.columns:
            example = f"`{c.example}`" if c.example else ""
            lines.append(f"| `{c.name}` | {c.type} | {c.doc or 'the same'} | {c.null or 'never'} | {example} |")
        lines.append("")
    return "\n".join(lines)


def settings() -> str:
    """Return all settings with range and provenance, a table a stage."""
    lines: list[str] = []
    for stage in fields(Settings()):
        held = getattr(Settings(), stage.name)
        lines += [f"## {stage.name}", "", (type(held).__doc__ or "").strip(), ""]
        lines += ["| setting | value | from – to | where the value comes from |", "|---|---|---|---|"]
        for setting in fields(held):
            lowest, highest = setting.metadata["range"]
            value = f"`{stage.name}.{setting.name}` | {getattr(held, setting.name):g}"
            lines.append(f"| {value} | {lowest:g} – {highest:g} | {setting.metadata['provenance']} |")
        lines.append("")
    return "\n".join(lines)


def main() -> int:
    """Write or check each document's part between its markers; return the exit status."""
    stale = []
    for name, part in (("file-formats.md", tables()), ("settings.md", settings())):
        path = DOCS / name
        text = path.read_text()
        before, rest = text.split("<!-- from the code -->\n")
        after = rest.split("<!-- end -->")[1]
        fresh = f"{before}<!-- from the code -->\n\n{part}\n<!-- end -->{after}"
        if fresh != text and "--check" in sys.argv:
            stale.append(name)
        elif fresh != text:
            path.write_text(fresh)
    if stale:
        print(f"docs/{', docs/'.join(stale)}: not what the code says. Run: .venv/bin/python tools/docs.py")  # noqa: T201
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main())
