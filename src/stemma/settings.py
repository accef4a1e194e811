"""Settings: one frozen dataclass a stage. Every number says where it comes from; it moves only through `gate/`."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any

from stemma.errors import SettingsError


def _number(default: float, provenance: str, lowest: float, highest: float) -> Any:
    """Return a dataclass field with its provenance and its range, both ends allowed."""
    return field(default=default, metadata={"provenance": provenance, "range": (lowest, highest)})


@dataclass(frozen=True)
class Read:
    """Reading inputs into pages."""

    page_seconds: float = _number(
        20.0,
        "of 1,765 measured pages the slowest took 0.8 s, loading date parsers 2.3 s once; rejected beyond",
        0.1,
        3600,
    )
    page_megabytes: int = _number(16, "the largest of 1,765 measured pages has 2.2 MB; rejected beyond", 1, 1024)
    worker_gigabytes: float = _number(
        4.0, "a worker reading the 1,765 measured pages peaks at 0.5 GB; its libraries alone map 1.5", 2, 1024
    )
    language_chars: int = _number(
        300, "py3langid: .938 on 1,648 UDHR paragraphs; more text adds time, not accuracy", 50, 100_000
    )
    language_letters: int = _number(
        30, "right on .95 of 9,279 German articles cut to 30 letters, .84 at 20, .985 at 40; null below", 1, 1000
    )
    batch_rows: int = _number(1000, "rows read before they are parsed and stored together", 1, 100_000)
    batch_megabytes: int = _number(32, "a batch ends at so much content: 200 of the measured pages", 1, 1024)


@dataclass(frozen=True)
class Reuse:
    """Finding shared passages and families. "1k" and "10k" are the planted corpora of docs/figures.md."""

    window_shingles: int = _number(
        4, "1k: pairs F1 .970 to .976 from 2 to 8; at 4 runs of 8 words are found surely", 1, 64
    )
    df_cap: int = _number(50, "1k: the same figures from 10 to 100", 2, 10_000)
    gap_tokens: int = _number(
        40, "1k: spans F1 .985 at 20, .987 at 40, .988 at 80, while pairs fall from .975 to .970", 1, 1000
    )
    min_tokens: int = _number(8, "the shortest run that is surely found; 1k: the same figures from 5 to 12", 1, 10_000)
    min_bits: float = _number(
        60.0, "1k: pairs F1 .942 at 30, .964 at 80; the middle of the plateau from 50 (.978) to 70 (.973)", 0, 10_000
    )
    min_identity: float = _number(
        0.35, "1k: the same figures from .2 to .5; the least kept passage has .56 by Dice", 0, 1
    )
    full_gain_bits: float = _number(
        4.0, "1k: spans F1 .990 at 2, .987 at 4, .977 at 8; less lets ends reach further into common words", 0.1, 16
    )
    mismatch_cost: float = _number(
        0.6, "1k: spans F1 .991 at .3, .987 at .6, .977 at 1; pair precision rises from .967 to .983", 0, 10
    )
    gap_cost: float = _number(
        0.6, "1k: spans F1 .989 at .3, .987 at .6, .984 at 1; pair precision rises from .970 to .976", 0, 10
    )
    extension_drop: float = _number(
        3.0, "1k: spans F1 .974 at 1.5, .987 at 3, .991 at 6; more reaches further into neighbours", 0, 100
    )
    band_tokens: int = _number(8, "1k: the same figures from 4 to 16", 1, 200)
    background_pages: int = _number(
        1000, "1k: pairs F1 .973 to .976 from 100 to 3,000; gives a case of two pages its weights", 1, 1_000_000
    )
    number_bits: float = _number(
        2.0, "1k: the same pairs F1 from 0 to 8; tables of results agree in numbers by chance", 0, 15
    )
    quoted_share: float = _number(0.9, "a quotation's own frame (said, told) is a tenth of it at most", 0.5, 1)
    furniture_documents: int = _number(
        4, "1k: rows beside the planted rise from 329 at 4 to 514 at 6, as footers of 5 pages go unseen", 2, 10_000
    )
    furniture_share: float = _number(
        0.01, "1k: the same figures from 0 to .2; 1 % of an outlet of 500 pages is 5", 0, 1
    )
    twins_written_out: int = _number(
        100, "4,950 passages; a larger class of twins is linked through one page", 2, 10_000
    )


@dataclass(frozen=True)
class Settings:
    """All settings of a trace."""

    read: Read = field(default_factory=Read)
    reuse: Reuse = field(default_factory=Reuse)


def with_changes(settings: Settings, changes: Iterable[str]) -> Settings:
    """Return the settings with `stage.name=value` changes applied; raise SettingsError naming all faults at once."""
    faults: list[str] = []
    for change in changes:
        try:
            settings = _with_change(settings, change)
        except ValueError as fault:
            faults.append(str(fault))
    if faults:
        raise SettingsError(
            "wrong settings:\n  " + "\n  ".join(faults), "docs/settings.md lists them with their ranges."
        )
    return settings


def _with_change(settings: Settings, change: str) -> Settings:
    path, equals, value = change.partition("=")
    stage_name, dot, name = path.strip().partition(".")
    stages = {f.name: getattr(settings, f.name) for f in fields(settings)}
    if not equals or not dot:
        raise ValueError(f"{change!r}: write stage.name=value, e.g. reuse.df_cap=100")
    if stage_name not in stages:
        raise ValueError(f"{change!r}: no stage {stage_name!r}; there are {', '.join(stages)}")
    stage = stages[stage_name]
    known = {f.name: f for f in fields(stage)}
    if name not in known:
        raise ValueError(f"{change!r}: {stage_name} has no setting {name!r}; it has {', '.join(known)}")
    return replace(settings, **{stage_name: replace(stage, **{name: _parsed(change, value, known[name])})})


def _parsed(change: str, text: str, known: Any) -> float:
    kind = type(known.default)
    lowest, highest = known.metadata["range"]
    try:
        value = kind(text.strip())
    except ValueError:
        raise ValueError(f"{change!r}: needs {'a whole number' if kind is int else 'a number'}") from None
    if not lowest <= value <= highest:
        raise ValueError(f"{change!r}: must be from {lowest} to {highest}")
    return value  # type: ignore[no-any-return]
