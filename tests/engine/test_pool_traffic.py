import pyarrow as pa
from traffic_stages import ECHO, ROWS

from stemma.engine.pool import run_isolated


def test_large_records_and_large_answers_do_not_wait_for_each_other():
    """Both ends once sat in a send: a record beyond the socket's buffer ahead of an answer beyond it."""
    data = [bytes([n]) * 3_000_000 for n in range(12)]
    batches = (pa.RecordBatch.from_arrays([pa.array([d], pa.binary())], schema=ROWS) for d in data)
    found = list(run_isolated(ECHO, batches, 2, worker_gigabytes=4))
    assert [batch["data"][0].as_py() for batch in found] == data
