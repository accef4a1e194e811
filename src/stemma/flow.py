"""The whole story: inputs become pages, pages share passages, passages make families, and each witness gets a finding.

    read     inputs            -> pages, sightings, links, rejects
    reuse    pages             -> passages, furniture, families
    descent  families + dates  -> edges

Each step is acknowledged by a commit: a trace that is stopped or killed keeps what was committed.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from stemma import descent, reuse
from stemma.engine.local import Local
from stemma.errors import UsageError
from stemma.intake import Intake
from stemma.settings import Settings, with_changes
from stemma.stage import Progress, silent
from stemma.store import Case, Writer

STAGES = ("pages", "passages", "families", "edges")


def trace(
    inputs: Sequence[str | Path],
    case: str | Path,
    *,
    until: str = "edges",
    about: str | None = None,
    changes: Sequence[str] = (),
    jobs: int | None = None,
    memory: str | None = None,
    progress: Progress = silent,
) -> Case:
    """Trace inputs into a case, adding to what it holds; return the case as it stands afterwards.

    `until` names the last table to make; `changes` are settings as `stage.name=value`. Raises errors.StemmaError.
    """
    if until not in STAGES:
        raise UsageError(f"--until {until}: there is no such stage.", f"Name one of {', '.join(STAGES)}.")
    settings = with_changes(Settings(), changes)
    engine = Local(jobs, memory)
    intake = Intake([str(name) for name in inputs], settings.read)
    run = {
        "started": _now(),
        "inputs": [str(name) for name in inputs],
        "settings": list(changes),
        "engine": engine.name,
    }
    with Writer(case) as writer:
        intake.read(engine, writer, progress)
        find(engine, writer, settings, until, progress)
        runs = [*writer.manifest.runs, run | {"finished": _now(), "until": until}]
        writer.commit(runs=runs, about=about if about is not None else writer.manifest.about)
        return writer.case()


def find(engine: Local, writer: Writer, settings: Settings, until: str, progress: Progress = silent) -> None:
    """Find what the pages of a case share, and put it in place of what was found before."""
    if until == "pages":
        return
    with writer.case() as case:
        pages, old, aliases = case.table("pages"), case.table("families"), case.table("family_aliases")
    progress("finding shared passages", 0, None)
    found = reuse.named(reuse.find(engine, *reuse.numbered(pages), settings.reuse), pages)
    kept = reuse.keep_ids(found.families, old, aliases)
    made = {"passages": found.passages, "furniture": found.furniture}
    if until != "passages":
        made |= {"families": kept.families, "family_aliases": kept.aliases}
    if until == "edges":
        progress("ordering families", 0, None)
        made["edges"] = descent.edges(engine, kept.families, pages)
    for name, rows in made.items():
        writer.replace(name, rows)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
