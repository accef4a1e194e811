import pickle
import sys
from dataclasses import replace
from types import ModuleType

import pyarrow as pa
import pytest
from pool_stages import LOST_TOO, REPEATED, REST, SEGFAULT, UNLOST, numbers

from stemma.engine.pool import run_isolated
from stemma.errors import StemmaError
from stemma.frames import RAW
from stemma.read import parse_stages
from stemma.settings import Read


def run(stage, *batches, processes=1, gigabytes=4):
    found = run_isolated(stage, iter(batches), processes, worker_gigabytes=gigabytes)
    return [batch["n"].to_pylist() for batch in found]


def test_a_record_may_give_no_row_or_many():
    assert run(REPEATED, numbers([0]), numbers([2, 0, 3]), numbers([])) == [[], [2, 2, 3, 3, 3], []]


def test_an_access_to_no_memory_costs_one_record():
    assert run(SEGFAULT, numbers([1, 3, 5]), numbers([7])) == [[1, -3, 5], [7]]


def test_the_limit_is_a_records_not_a_batchs():
    assert run(REST, numbers(range(6))) == [[0, 1, 2, 3, 4, 5]]  # three seconds in all, with a limit of two


def test_without_a_stand_in_a_lost_record_ends_the_run_with_its_reason():
    with pytest.raises(StemmaError, match="a record of the stage 'unlost' killed the reader: signal 11"):
        run(UNLOST, numbers([1, 3, 5]))


def test_a_fault_of_the_stand_in_is_raised():
    with pytest.raises(LookupError, match="no words for: killed the reader: signal 11"):
        run(LOST_TOO, numbers([1, 3, 5]))


def test_a_stage_that_cannot_be_sent_to_a_worker_is_told():
    nameless = replace(REPEATED, run=lambda batch: batch)
    with pytest.raises((pickle.PicklingError, AttributeError), match="pickle"):
        run(nameless, numbers([1]))


def test_a_stage_that_a_worker_cannot_import_is_told(monkeypatch):
    here_only = ModuleType("here_only")
    exec("def run(batch): return batch", here_only.__dict__)  # a function whose module no file holds
    monkeypatch.setitem(sys.modules, "here_only", here_only)
    with pytest.raises(StemmaError, match=r"'repeated' could not be started: ModuleNotFoundError: .*here_only"):
        run(replace(REPEATED, run=here_only.run), numbers([1]))


def pages(*bodies):
    rows = [{"input": "i", "at": str(n), "page_id": str(n), "html": body} for n, body in enumerate(bodies)]
    return [pa.RecordBatch.from_pylist(rows, schema=RAW)]


GOOD = b"<html><body><article>" + b"<p>Rain fell on the valley, and the river rose before noon.</p>" * 9 + b"</article>"


def test_pages_that_explode_the_extractor_leave_their_neighbours_alone():
    bombs = [b"<div>" * 200_000 + GOOD, b"<b><i>" * 50_000 + b"x"]
    bodies = [body for bomb in bombs for body in (GOOD, bomb)] + [GOOD]
    stage = parse_stages(Read(page_seconds=3)).html
    (found,) = run_isolated(stage, pages(*bodies), 2, worker_gigabytes=2)
    assert found["page_id"].to_pylist() == [str(n) for n in range(len(bodies))]
    rows = found.to_pylist()
    assert [row["reject"] for row in rows[::2]] == [None] * 3
    assert all(row["text"] or row["reject"] for row in rows)
