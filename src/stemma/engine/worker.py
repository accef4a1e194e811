"""What runs in a worker process of `engine/pool.py`: one record after another, each under an alarm."""

import ctypes
import os
import pickle
import resource
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any

import pyarrow as pa

# First byte of each message to the pool.
READY, RESULT, FAILED = b"+", b"=", b"!"
EXIT_OUT_OF_MEMORY = 77
_PR_SET_PDEATHSIG = 1


def main(descriptor: int, parent: int) -> None:
    """Serve the pool at the other end of a socket until it closes. Never returns to the caller's program."""
    _die_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the pool decides when to stop
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # the kernel ends us, whatever Python is doing
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
    link = Connection(descriptor)
    with suppress(EOFError, ConnectionError):
        if stage := _prepared(link):
            _serve(link, stage)
    os._exit(0)


def _die_with(parent: int) -> None:
    """Ask the kernel to end this process when the thread that started it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it is gone already
        os._exit(1)


def _prepared(link: Any) -> Any:
    """Return the stage, loaded and limited; tell the pool of the fault where that fails."""
    try:
        stage, gigabytes = pickle.loads(link.recv_bytes())  # noqa: S301 - from the pool that started us
        stage.run(pa.RecordBatch.from_pylist([], schema=stage.takes))
        _limit(resource.RLIMIT_AS, int(gigabytes * (1 << 30)))
        _limit(resource.RLIMIT_CORE, 0)
    except Exception as fault:  # noqa: BLE001 - it is told to the pool, which raises
        link.send_bytes(FAILED + f"{type(fault).__name__}: {fault}".encode())
        return None
    _silence()
    link.send_bytes(READY)
    return stage


def _limit(which: int, value: int) -> None:
    _, hard = resource.getrlimit(which)
    resource.setrlimit(which, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _silence() -> None:
    """Send what libraries print about bad records nowhere: `rejects` tells it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _serve(link: Any, stage: Any) -> None:
    """Answer the records in order.

    A thread receives them, so that the pool can always send: it may be sending a large record while a large answer
    waits for it to listen.
    """
    records: SimpleQueue[bytes | None] = SimpleQueue()
    threading.Thread(target=_receive, args=(link, records), daemon=True).start()
    while (data := records.get()) is not None:
        record = pa.ipc.read_record_batch(pa.py_buffer(data), stage.takes)
        signal.setitimer(signal.ITIMER_REAL, stage.isolate_seconds)
        answer = _answer(stage.run, record)
        signal.setitimer(signal.ITIMER_REAL, 0)
        link.send_bytes(answer)


def _receive(link: Any, records: SimpleQueue[bytes | None]) -> None:
    try:
        while True:
            records.put(link.recv_bytes())
    except (EOFError, OSError):
        records.put(None)
    except MemoryError:
        os._exit(EXIT_OUT_OF_MEMORY)


def _answer(run: Callable[[pa.RecordBatch], pa.RecordBatch], record: pa.RecordBatch) -> bytes:
    try:
        answer: bytes = run(record).serialize().to_pybytes()
    except MemoryError:
        os._exit(EXIT_OUT_OF_MEMORY)  # what is left of the heap isn't worth trusting
    except Exception as fault:  # noqa: BLE001 - one record's fault is told, the next record is read
        return FAILED + f"{type(fault).__name__}: {fault}".encode()
    return RESULT + answer
