"""One machine: threads over Arrow, the pairing kernel, DuckDB in memory for SQL, processes for what may not survive."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise

import numpy as np
import pyarrow as pa

from stemma.frames import POSTINGS, SEEDS
from stemma.stage import Batch, Stage

#: Bytes a batch is cut at: large enough that Python's share is small, small enough for a batch a core in any memory.
BATCH_BYTES = 16 << 20


class Local:
    """The engine of one machine. Frames are Arrow tables.

    processes: cores to use, default all; memory: DuckDB's limit, e.g. '4GB'; batch_rows: rows a batch, for tests.
    """

    name = "local"

    def __init__(self, processes: int | None = None, memory: str | None = None, batch_rows: int | None = None) -> None:
        self.processes = processes or len(os.sched_getaffinity(0))
        self.memory = memory
        self.batch_rows = batch_rows

    def map(self, stage: Stage, rows: pa.Table, lookup: pa.Table | None = None) -> pa.Table:
        """Run a map stage over all rows, in order."""
        return self._run(stage, self._cut(conformed(rows, stage.takes)), lookup)

    def stream(self, stage: Stage, batches: Iterable[Batch], worker_gigabytes: float) -> Iterator[Batch]:
        """Run an isolated map stage over batches as they come, in order; a worker has so much address space."""
        from stemma.engine.pool import run_isolated

        return run_isolated(stage, batches, self.processes, worker_gigabytes=worker_gigabytes)

    def pair(self, postings: pa.Table, df_cap: int) -> pa.Table:
        """Return the seeds of every two pages that share a shingle found in at most `df_cap` pages."""
        from stemma.kernels.pairing import pair

        shingle, page_no, position = (postings[name].combine_chunks().to_numpy() for name in POSTINGS.names)
        return pa.table([pa.array(c) for c in pair(shingle, page_no, position, df_cap)], schema=SEEDS)

    def join(self, sql: str, **frames: pa.Table) -> pa.Table:
        """Run SQL over the frames by their names, in a DuckDB of its own."""
        import duckdb

        with duckdb.connect(config=self._duckdb_config()) as db:
            for name, frame in frames.items():
                db.register(name, frame)
            return db.sql(sql).to_arrow_table()

    def group(self, stage: Stage, rows: pa.Table, lookup: pa.Table | None = None) -> pa.Table:
        """Run a group stage over whole groups, sorted by the stage's `by` and `order`."""
        keys = [*(stage.by or ()), *stage.order]
        rows = conformed(rows, stage.takes)
        return self._run(stage, self._cut_groups(sorted_by(rows, keys), stage.by or ()), lookup)

    def _run(self, stage: Stage, batches: Sequence[Batch], lookup: pa.Table | None) -> pa.Table:
        run: Callable[[Batch], Batch] = stage.run
        if stage.lookup is not None:
            if lookup is None:
                raise TypeError(f"stage {stage.name} needs a lookup table")
            run = partial(_with_lookup, stage.run, lookup.combine_chunks())
        if len(batches) < 2 or self.processes == 1:
            results = [run(batch) for batch in batches]
        else:
            with ThreadPoolExecutor(self.processes) as pool:
                results = list(pool.map(run, batches))
        return pa.Table.from_batches(results, schema=stage.gives)

    def _cut(self, rows: pa.Table) -> list[Batch]:
        """Cut rows into batches of about BATCH_BYTES, at least one."""
        many = self.batch_rows or max(1, rows.num_rows * BATCH_BYTES // max(1, rows.nbytes))
        rows = rows.combine_chunks()
        return [one_batch(rows.slice(at, many)) for at in range(0, max(1, rows.num_rows), many)]

    def _cut_groups(self, rows: pa.Table, by: Sequence[str]) -> list[Batch]:
        """Cut sorted rows at group borders, a few batches a core."""
        many = self.batch_rows or max(1, rows.num_rows // (4 * self.processes))
        borders = np.flatnonzero(changes(rows, by))
        edges, rows = [0], rows.combine_chunks()
        while edges[-1] < rows.num_rows:
            later = np.searchsorted(borders, edges[-1] + many)
            edges.append(int(borders[later]) if later < len(borders) else rows.num_rows)
        if rows.num_rows == 0:
            edges = [0, 0]
        return [one_batch(rows.slice(a, b - a)) for a, b in pairwise(edges)]

    def _duckdb_config(self) -> dict[str, str | int]:
        config: dict[str, str | int] = {"threads": self.processes}
        return config | ({"memory_limit": self.memory} if self.memory else {})


def _with_lookup(run: Callable[..., Batch], lookup: pa.Table, batch: Batch) -> Batch:
    return run(batch, lookup)


def conformed(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return the schema's columns of a table, as its types."""
    chosen = rows.select(schema.names)
    return chosen if chosen.schema == schema else chosen.cast(schema)


def one_batch(rows: pa.Table) -> Batch:
    """Return a table as one batch."""
    return pa.RecordBatch.from_arrays([c.combine_chunks() for c in rows.columns], schema=rows.schema)


def changes(rows: pa.Table, by: Sequence[str]) -> np.ndarray:
    """Return bool[rows]: whether a row's `by` columns differ from the row before; the first row's don't."""
    changed = np.zeros(rows.num_rows, bool)
    for name in by:
        values = rows[name].to_numpy()
        changed[1:] |= values[1:] != values[:-1]
    return changed


def sorted_by(rows: pa.Table, keys: Sequence[str]) -> pa.Table:
    """Return rows sorted by number columns; as they are where they already stand in order."""
    columns = [rows[name].to_numpy() for name in keys]
    equal = np.ones(max(0, rows.num_rows - 1), bool)
    fine = np.ones(max(0, rows.num_rows - 1), bool)
    for values in columns:
        fine &= ~equal | (values[1:] >= values[:-1])
        equal &= values[1:] == values[:-1]
    if fine.all():
        return rows
    return rows.take(pa.array(np.lexsort(columns[::-1])))
