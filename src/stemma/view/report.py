"""One offline HTML page of a case: no script, nothing loaded, every word of a page escaped.

The template is rendered as a stream, one family at a time, into a file beside the target that takes its name
when it is whole. What the limits leave out is said on the page, with the command that shows it.
"""

import shlex
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from stemma.durable import aside, explained
from stemma.view import html, times
from stemma.view.characters import one_line, plain
from stemma.view.coverage import counted, coverage, listing
from stemma.view.family import Family, Pair, Witness
from stemma.view.findings import Findings
from stemma.view.model import Collection, Passage, Tables
from stemma.view.pairs import Blocks, Row, compare
from stemma.view.summaries import first_rows, furniture, quotations
from stemma.view.timeline import Timeline, timeline
from stemma.view.worth import Summary, ranked

_HERE = Path(__file__).parent
#: The coverage line on every printed page.
_FOOT = '@page {{ @bottom-left {{ content: "{}"; font: 8pt sans-serif; color: #666; }} }}\n'


@dataclass(frozen=True)
class Limits:
    """How much one page shows: 7 MB for 5,000 families over 20,000 pages, the largest of 2,000 witnesses."""

    worth: int = 8  # families under 'worth looking at first'
    full: int = 150  # families shown in full
    listed: int = 1_000  # families listed in a line
    witnesses: int = 40  # of a family
    folded: int = 12  # captures and twins of a witness
    pairs: int = 6  # of a family
    passages: int = 2  # of a pair
    passage_chars: int = 6_000  # of a passage
    outlets: int = 40
    quotations: int = 20
    rows: int = 40  # of inputs, rejects and furniture


@dataclass(frozen=True)
class PairView:
    """A pair and the rows of the passages that are shown."""

    pair: Pair
    passages: tuple[tuple[Passage, list[Row]], ...]

    @property
    def left(self) -> int:
        """Passages that aren't shown."""
        return len(self.pair.passages) - len(self.passages)


class FamilyView:
    """What the template shows of a family."""

    def __init__(self, findings: Findings, summary: Summary, limits: Limits, blocks: Blocks | None) -> None:
        self.findings, self.summary, self.limits, self.blocks = findings, summary, limits, blocks
        self.family = Family(findings, summary.family_id)

    @property
    def witnesses(self) -> Sequence[Witness]:
        """The witnesses that are shown."""
        return self.family.witnesses[: self.limits.witnesses]

    @property
    def witnesses_left(self) -> int:
        """How many aren't."""
        return len(self.family.witnesses) - len(self.witnesses)

    @property
    def twins(self) -> bool:
        """Whether any witness has twins."""
        return any(w.twins for w in self.witnesses)

    @cached_property
    def timeline(self) -> Timeline:
        """The witnesses on a time axis."""
        return timeline(self.family.witnesses)

    @property
    def said(self) -> list[tuple[str, list[str]]]:
        """Each finding with the sigla of the witnesses it is said of."""
        by_words: dict[str, list[str]] = {}
        for witness in self.witnesses:
            for words in witness.said:
                by_words.setdefault(words, []).append(witness.siglum)
        return list(by_words.items())

    @property
    def pairs(self) -> Iterator[PairView]:
        """The pairs that are shown, compared one at a time."""
        for pair in self.family.pairs[: self.limits.pairs]:
            texts = self.findings.text(pair.a.page_id), self.findings.text(pair.b.page_id)
            longest = sorted(pair.passages, key=lambda p: -p.words)[: self.limits.passages]
            shown = [p for p in pair.passages if p in longest]
            limit = self.limits.passage_chars
            yield PairView(pair, tuple((p, compare(*texts, p, self.blocks, limit)) for p in shown))

    @property
    def pairs_left(self) -> int:
        """How many pairs worth showing aren't."""
        return max(0, len(self.family.pairs) - self.limits.pairs)


def write(
    tables: Tables,
    collection: Collection,
    out: Path,
    blocks: Blocks | None = None,
    limits: Limits | None = None,
) -> None:
    """Write the report to `out`, or raise StoreError. An older file stays until the new one is whole."""
    context = _context(Findings(tables), collection, limits or Limits(), blocks)
    with explained(out), aside(out) as path, path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_environment().get_template("report.html.j2").generate(context))


def _context(findings: Findings, collection: Collection, limits: Limits, blocks: Blocks | None) -> dict[str, Any]:
    families = ranked(findings)
    known = coverage(findings.tables)
    css = (_HERE / "report.css").read_text("utf-8") + _FOOT.format(known)
    inputs, inputs_left = first_rows(findings.tables["inputs"], limits.rows)
    rejects, rejects_left = first_rows(findings.tables["rejects"], limits.rows)
    return {
        "collection": collection,
        "coverage": known,
        "css": Markup(css),  # noqa: S704 -- our own file; its digest is the only style the page's policy lets in
        "css_digest": b64encode(sha256(css.encode()).digest()).decode(),
        "families": families,
        "full": min(len(families), limits.full),
        "views": (FamilyView(findings, s, limits, blocks) for s in families[: limits.full]),
        "quotations": quotations(findings, limits.quotations),
        "furniture": furniture(findings, limits.rows),
        "inputs": inputs,
        "inputs_left": inputs_left,
        "rejects": rejects,
        "rejects_left": rejects_left,
        "limits": limits,
        "command": _command(collection, [row["input"] for row in inputs], inputs_left),
    }


def _command(collection: Collection, inputs: Sequence[str], left: int) -> str:
    """Return the command that repeats the trace."""
    words = ["stemma", "trace", *dict.fromkeys(inputs), *(["..."] if left else []), "--case", "CASE"]
    if collection.about:
        words += ["--about", collection.about]
    if collection.engine != "local":
        words += ["--engine", collection.engine]
    for change in collection.changes:
        words += ["--set", change]
    return shlex.join(words)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "line": lambda text, limit=200: html.text(one_line(text, limit)),
        "plain": plain,
        "piece": html.piece,
        "lang": html.lang,
        "iso": times.iso,
        "moment": times.moment,
        "day": times.day,
        "number": lambda n: f"{n:,}",
        "counted": counted,
        "noun": lambda n, one, many="": one if n == 1 else many or one + "s",
        "listing": listing,
    }
    return environment
