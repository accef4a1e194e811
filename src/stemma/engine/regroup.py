"""A stream of sorted batches, cut anew so that no group is divided."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pyarrow as pa

from stemma.engine.local import changes, one_batch
from stemma.stage import Batch


def regrouped(batches: Iterable[Batch], by: Sequence[str], most_rows: int) -> Iterator[Batch]:
    """Yield the same rows in the same order, in batches that each hold whole groups.

    The batches are sorted by `by`. A batch is yielded as soon as `most_rows` rows of finished groups are there; a group
    larger than that makes a larger batch. Groups can span any number of incoming batches; empty batches may come.
    """
    held: list[Batch] = []
    rows = 0
    for batch in batches:
        if not batch.num_rows:
            continue
        held.append(batch)
        rows += batch.num_rows
        if rows < most_rows:
            continue
        table = pa.Table.from_batches(held)
        border = _last_border(table, by)
        if border:
            yield one_batch(table.slice(0, border))
            held, rows = table.slice(border).to_batches(), table.num_rows - border
    if held:
        yield one_batch(pa.Table.from_batches(held))


def _last_border(table: pa.Table, by: Sequence[str]) -> int:
    """Return where the last group begins, 0 where there is but one."""
    borders = np.flatnonzero(changes(table, by))
    return int(borders[-1]) if len(borders) else 0
