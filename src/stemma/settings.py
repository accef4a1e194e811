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

    page_seconds: float = _number(20.0, "the slowest of 1,765 measured pages took 3.2 s; a page beyond is rejected", 0.1, 3600)
    page_megabytes: int = _number(16, "the largest of 1,765 measured pages has 4 MB; larger bodies are rejected", 1, 1024)
    worker_gigabytes: float = _number(4.0, "a worker reading the measured pages peaks at 0.5 GB", 0.5, 1024)
    language_chars: int = _number(300, "py3langid: .938 on 1,648 UDHR paragraphs; more text adds time, not accuracy", 50, 100_000)
    batch_rows: int = _number(1000, "rows read before they are parsed and stored together", 1, 100_000)


@dataclass(frozen=True)
class Settings:
    """All settings of a trace."""

    read: Read = field(default_factory=Read)


def with_changes(settings: Settings, changes: Iterable[str]) -> Settings:
    """Return the settings with `stage.name=value` changes applied; raise SettingsError naming all faults at once."""
    faults: list[str] = []
    for change in changes:
        try:
            settings = _with_change(settings, change)
        except ValueError as fault:
            faults.append(str(fault))
    if faults:
        raise SettingsError("wrong settings:\n  " + "\n  ".join(faults), "docs/settings.md lists them with their ranges.")
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
