"""What a stage is, and what an engine offers. Rooms define stages; engines run them; neither imports the other."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import pyarrow as pa

Batch: TypeAlias = pa.RecordBatch


@dataclass(frozen=True)
class Stage:
    """A plain function over Arrow, with the physics an engine needs to run it.

    by=None is a map: `run(batch) -> batch`, any cut of the rows into batches gives the same result.
    With `by`, `run` receives many whole groups in one batch, sorted by `by` and `order`.
    With `lookup`, `run(batch, table)` also receives the rows of a second table whose `lookup` column holds a value
    that the batch's `keys` columns name: at least those, unsorted, possibly more.
    `isolate_seconds` asks for a process of its own with that limit a record: when a record kills or outlasts it,
    `lost(batch_of_one, reason)` gives the row that stands for it.
    """

    name: str
    takes: pa.Schema
    gives: pa.Schema
    run: Callable[..., Batch]
    by: tuple[str, ...] | None = None
    order: tuple[str, ...] = ()
    lookup: str | None = None
    keys: tuple[str, ...] = ()
    isolate_seconds: float | None = None
    lost: Callable[[Batch, str], Batch] | None = None


class Engine(Protocol):
    """The four verbs. Frames are the engine's own: Arrow tables locally, data frames on Spark."""

    def map(self, stage: Stage, rows: Any, lookup: Any = None) -> Any:
        """Run a map stage over all rows."""

    def pair(self, postings: Any, df_cap: int) -> Any:
        """Return seeds: every two pages that share a shingle found in at most `df_cap` pages."""

    def join(self, sql: str, **frames: Any) -> Any:
        """Run SQL that DuckDB and Spark read alike."""

    def group(self, stage: Stage, rows: Any, lookup: Any = None) -> Any:
        """Run a group stage over whole, sorted groups."""


class Progress(Protocol):
    """Where long work reports how far it is."""

    def __call__(self, step: str, done: int, total: int | None = None) -> None:
        """Say that `done` of `total` items of a step are finished; total None where it isn't known."""


def silent(step: str, done: int, total: int | None = None) -> None:
    """Report nothing."""
    del step, done, total
