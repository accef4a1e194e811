import pyarrow as pa

from stemma.engine.pool import run_isolated
from stemma.stage import Stage

ROWS = pa.schema([("data", pa.binary())])


def echo_large(batch):
    """Answer with as much as was asked, whatever the size."""
    return batch


ECHO = Stage("echo", ROWS, ROWS, echo_large, isolate_seconds=60, lost=lambda row, _: row)


def test_large_records_and_large_answers_do_not_wait_for_each_other():
    """Both ends once sat in a send: a record beyond the socket's buffer ahead of an answer beyond it."""
    data = [bytes([n]) * 3_000_000 for n in range(12)]
    batches = (pa.RecordBatch.from_arrays([pa.array([d], pa.binary())], schema=ROWS) for d in data)
    found = list(run_isolated(ECHO, batches, 2, worker_gigabytes=4))
    assert [batch["data"][0].as_py() for batch in found] == data
