import os
import signal
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pytest
from deadly_stages import ASKED, MEET, OBEY, UNREADY

from stemma.engine.pool import run_isolated
from stemma.errors import StemmaError

HERE = Path(__file__).parent


def batch(asks, log=None):
    return pa.RecordBatch.from_pylist([{"ask": ask, "log": log} for ask in asks], schema=ASKED)


def run(*batches, processes=2, gigabytes=4):
    found = run_isolated(OBEY, iter(batches), processes, worker_gigabytes=gigabytes)
    return [b["said"].to_pylist() for b in found]


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def gone(pids):
    deadline = time.monotonic() + 20
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(map(alive, pids))


ENDS = {
    "sleep": "took too long",
    "hang": "took too long",
    "explode": "too much memory",
    "exit": "killed the reader: exit status 9",
    "crash": "killed the reader: signal 11",
    "raise": "failed: ValueError: so it asked",
}


def test_deadly_records_are_lost_and_their_neighbours_are_read():
    asks = [ask for deed in ENDS for ask in (deed, "a", "b")]
    said = [said for end in ENDS.values() for said in (end, "read", "read")]
    assert run(batch(asks), gigabytes=2) == [said]


def test_every_record_is_read_once_whatever_its_neighbours_do(tmp_path):
    log = tmp_path / "log"
    asks = [f"read {n}" for n in range(20)]
    asks[4] = asks[5] = "exit"
    asks[12] = "crash"
    found = run(batch(asks[:10], str(log)), batch(asks[10:], str(log)))
    assert sorted(log.read_text().splitlines()) == sorted(asks)
    assert [said for b in found for said in b].count("read") == 17


def test_results_come_in_the_order_of_the_batches_of_any_size():
    sizes = [1, 0, 7, 1, 1, 30, 0]
    numbers = iter(range(sum(sizes)))
    batches = [batch([f"n {next(numbers)}" for _ in range(size)]) for size in sizes]
    found = list(run_isolated(OBEY, iter(batches), 2, worker_gigabytes=4))
    assert [b["ask"].to_pylist() for b in found] == [b["ask"].to_pylist() for b in batches]


def test_processes_work_at_the_same_time(tmp_path):
    """Each record waits until another process works beside it."""
    asks = [f"meet {n}" for n in range(4)]
    [found] = run_isolated(MEET, [batch(asks, str(tmp_path))], 2, worker_gigabytes=4)
    assert found["said"].to_pylist() == ["2 processes"] * 4


def test_no_input_is_no_output():
    assert run() == []


def test_input_is_read_no_further_than_the_work_needs():
    """An endless input is fine as long as only its beginning is asked for."""
    taken = 0

    def endless():
        nonlocal taken
        while True:
            taken += 1
            yield batch(["a"] * 10)

    results = run_isolated(OBEY, endless(), 1, worker_gigabytes=4)
    assert len(list(islice(results, 3))) == 3
    results.close()
    assert taken < 30


def test_workers_say_nothing(capfd):
    run(batch(["stdout", "crash", "explode"]), gigabytes=2)
    assert capfd.readouterr() == ("", "")


def test_workers_end_with_the_results():
    [said] = run(batch(["pid 1", "nap", "pid 2"]))
    assert gone([int(said[0]), int(said[2])])


def test_workers_end_when_the_results_are_given_up():
    results = run_isolated(OBEY, (batch([ask]) for ask in ["pid", *["nap"] * 50]), 2, worker_gigabytes=4)
    pid = int(next(results)["said"][0].as_py())
    results.close()
    assert gone([pid])


def test_a_fault_of_the_input_is_raised_and_workers_end():
    def broken():
        yield batch(["pid"])
        raise OSError("the disk is gone")

    results = run_isolated(OBEY, broken(), 1, worker_gigabytes=4)
    with pytest.raises(OSError, match="the disk is gone"):
        list(results)


def test_a_worker_that_cannot_start_says_why():
    with pytest.raises(StemmaError, match="could not be started: ImportError: no such library") as raised:
        list(run_isolated(UNREADY, [batch(["a"])], 2, worker_gigabytes=4))
    assert "worker_gigabytes" in raised.value.cure


SCRIPT = """
import sys
sys.path.insert(0, {here!r})
from deadly_stages import ASKED, OBEY
import pyarrow as pa
from stemma.engine.pool import run_isolated
batches = (pa.RecordBatch.from_pylist([{{"ask": ask, "log": None}}], schema=ASKED) for ask in {asks!r})
for found in run_isolated(OBEY, batches, 2, worker_gigabytes=4):
    print(found["said"][0].as_py(), flush=True)
"""


def script(tmp_path, asks):
    """Start a program that uses the pool at its top level, without a main guard."""
    path = tmp_path / "program.py"
    path.write_text(SCRIPT.format(here=str(HERE), asks=asks))
    return subprocess.Popen([sys.executable, str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_script_needs_no_main_guard(tmp_path):
    out, err = script(tmp_path, ["a", "exit", "b"]).communicate(timeout=60)
    assert out.splitlines() == ["read", "killed the reader: exit status 9", "read"]
    assert err == ""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_no_worker_outlives_its_program(tmp_path, end):
    program = script(tmp_path, ["pid 1", "pid 2", "pid 3", *["nap"] * 500])
    pids = {int(program.stdout.readline()) for _ in range(3)}
    os.kill(program.pid, end)
    _, err = program.communicate(timeout=60)
    assert gone(pids)
    assert err.count("Traceback") == (end == signal.SIGINT)
