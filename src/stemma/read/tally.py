"""Counts what became of every record, and gathers records into batches of bounded size."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

import pyarrow as pa

from stemma.frames import RAW


@dataclass
class Tally:
    """What became of the records of a source: records == rows yielded + skipped + rejects, always."""

    records: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    rejects: list[tuple[str, str, str | None]] = field(default_factory=list)  # at, reason, detail

    def skip(self, reason: str) -> None:
        """Count a record that is no page."""
        self.records += 1
        self.skipped[reason] += 1

    def reject(self, at: str, reason: str, detail: str | None = None) -> None:
        """Count a record that can't be read, with the place and the reason."""
        self.records += 1
        self.rejects.append((at, reason, detail))


class Raw(NamedTuple):
    """A row of frames.RAW."""

    input: str
    at: str
    page_id: str
    html: bytes | None = None
    charset: str | None = None
    text: str | None = None
    source_id: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    authors: list[str] | None = None
    published: str | None = None
    modified: str | None = None
    seen: datetime | None = None
    language: str | None = None
    extra: str | None = None


def batched(rows: Iterable[Raw], tally: Tally, most_rows: int, most_bytes: int) -> Iterator[pa.RecordBatch]:
    """Yield the rows as batches of frames.RAW, each of at most `most_rows` and about `most_bytes`; count each row."""
    held: list[Raw] = []
    held_bytes = 0
    for row in rows:
        held.append(row)
        held_bytes += len(row.html or row.text or "") + len(row.extra or "")
        if len(held) >= most_rows or held_bytes >= most_bytes:
            yield _batch(held, tally)
            held, held_bytes = [], 0
    if held:
        yield _batch(held, tally)


def _batch(rows: list[Raw], tally: Tally) -> pa.RecordBatch:
    tally.records += len(rows)
    columns = zip(*rows, strict=True)
    return pa.RecordBatch.from_arrays(
        [pa.array(column, type=kind.type) for column, kind in zip(columns, RAW, strict=True)], schema=RAW
    )
