"""Reading files that the tests write, as the intake reads them."""

import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from stemma.read.inputs import find
from stemma.read.records import READERS
from stemma.read.tally import Tally, batched

sys.path.insert(0, str(Path(__file__).parent))


class Found(NamedTuple):
    """Rows of frames.RAW, and what was counted beside them."""

    rows: list
    tally: Tally

    @property
    def texts(self):
        return [row["text"] for row in self.rows]

    @property
    def reasons(self):
        return [(at, reason) for at, reason, _ in self.tally.rejects]


@pytest.fixture
def read():
    """Read one input; every record is a row, a counted skip or a reject."""

    def run(path, most_bytes=1 << 22):
        (source,) = find([str(path)])
        tally = Tally()
        rows = READERS[source.kind](source, tally, most_bytes)
        found = [row for batch in batched(rows, tally, 100, 1 << 22) for row in batch.to_pylist()]
        assert tally.records == len(found) + tally.skipped.total() + len(tally.rejects)
        return Found(found, tally)

    return run


@pytest.fixture
def write(tmp_path):
    """Write a file of bytes or UTF-8 text below the test's folder."""

    def run(name, content=b""):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return run
