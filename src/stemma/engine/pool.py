"""A pool of processes for stages that a single record may kill: it hangs, eats all memory, or crashes the interpreter.

Each worker is a fresh interpreter of its own (`engine/worker.py`), started as a program: nothing is forked, and the
caller's main module isn't imported again, so scripts need no main guard. The stage's functions must be importable by
name, and its `run` should load what it needs when it is given no rows: that time isn't counted against a record.

A worker gets one record at a time, with the next one already on its way, and arms the kernel's alarm for each: a
record that outlasts it is killed even where Python can't react. Workers die with the caller, also when that is killed.
"""

import json
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

import pyarrow as pa

from stemma.engine.worker import EXIT_OUT_OF_MEMORY, FAILED, READY
from stemma.errors import StemmaError
from stemma.stage import Batch, Stage

# Batches are read ahead while fewer rows than this wait for each worker, and while no more than so many rows and bytes
# are read and not yet given out: one slow record at the head must not let the rest pile up.
_WAITING_ROWS = 8
_MOST_ROWS = 4000
_MOST_BYTES = 256 << 20
# With each worker: the record it works on, and the one that it takes up without waiting for us.
_SENT_AHEAD = 2
_GRACE_SECONDS = 1.0  # a worker whose socket closes ends by itself
_ENDS = {-signal.SIGALRM: "took too long", EXIT_OUT_OF_MEMORY: "too much memory"}
# The pool is the parallelism: a worker's libraries needn't start threads of their own.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_BOOT = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[3]); "
    "from stemma.engine.worker import main; main(int(sys.argv[1]), int(sys.argv[2]))"
)


@dataclass
class _Piece:
    """A batch on its way through the pool, and what became of its rows so far."""

    batch: Batch
    results: list[Batch | None]
    open: int


@dataclass
class _Shared:
    """What the threads share, guarded by `changed`."""

    changed: threading.Condition = field(default_factory=threading.Condition)
    waiting: deque[tuple[_Piece, int]] = field(default_factory=deque)
    finished: bool = False
    fault: BaseException | None = None


def run_isolated(stage: Stage, batches: Iterable[Batch], processes: int, *, worker_gigabytes: float) -> Iterator[Batch]:
    """Yield the result of each batch, in order. Row by row: a record that kills its process is `stage.lost`.

    `worker_gigabytes` limits the address space of a worker. Raises StemmaError where workers can't be started.
    """
    shared = _Shared()
    settings = pickle.dumps((stage, worker_gigabytes))
    workers = [_Worker(stage, settings, shared) for _ in range(processes)]
    try:
        for worker in workers:
            worker.thread.start()
        yield from _in_order(stage, iter(batches), shared, processes)
    finally:
        with shared.changed:
            shared.finished = True
            shared.waiting.clear()
            shared.changed.notify_all()
        for worker in workers:
            worker.stop()
        for worker in workers:
            worker.thread.join()


def _in_order(stage: Stage, batches: Iterator[Batch], shared: _Shared, processes: int) -> Iterator[Batch]:
    pieces: deque[_Piece] = deque()
    more = True
    while more or pieces:
        while more and _has_room(pieces, shared, processes):
            batch = next(batches, None)
            more = batch is not None
            if batch is not None:
                pieces.append(_submitted(batch, shared))
        if pieces:
            _wait(pieces, shared, processes, more=more)
            while pieces and not pieces[0].open:
                yield _joined(pieces.popleft(), stage.gives)


def _has_room(pieces: deque[_Piece], shared: _Shared, processes: int) -> bool:
    """Whether another batch should be read now."""
    if not pieces:
        return True
    if len(shared.waiting) >= _WAITING_ROWS * processes:
        return False
    held_bytes: int = sum(piece.batch.nbytes for piece in pieces)
    held_rows: int = sum(piece.batch.num_rows for piece in pieces)
    return held_bytes < _MOST_BYTES and held_rows < _MOST_ROWS


def _submitted(batch: Batch, shared: _Shared) -> _Piece:
    piece = _Piece(batch, [None] * batch.num_rows, batch.num_rows)
    with shared.changed:
        shared.waiting.extend((piece, row) for row in range(batch.num_rows))
        shared.changed.notify_all()
    return piece


def _wait(pieces: deque[_Piece], shared: _Shared, processes: int, *, more: bool) -> None:
    """Return when the first piece is done, or there is room to read ahead."""
    with shared.changed:
        while pieces[0].open and not (more and _has_room(pieces, shared, processes)) and not shared.fault:
            shared.changed.wait()
        if shared.fault:
            raise shared.fault


def _joined(piece: _Piece, schema: pa.Schema) -> Batch:
    rows = [result for result in piece.results if result is not None]
    return pa.concat_batches(rows) if rows else pa.RecordBatch.from_pylist([], schema=schema)


class _Worker:
    """One process and the thread that feeds it: a record at a time, the next one sent ahead."""

    def __init__(self, stage: Stage, settings: bytes, shared: _Shared) -> None:
        self.thread = threading.Thread(target=self._run, name=f"{stage.name} feeder", daemon=True)
        self._stage, self._settings, self._shared = stage, settings, shared
        self._sent: deque[tuple[_Piece, int]] = deque()  # the first of them is being worked on
        self._process: subprocess.Popen[bytes] | None = None
        self._link: Any = None

    def stop(self) -> None:
        """End the process; the thread sees its end. Call when `shared.finished` is set."""
        with self._shared.changed:
            if self._process:
                self._process.kill()

    def _run(self) -> None:
        try:
            while self._feed():
                piece, row = self._sent[0]
                result = self._result(piece.batch.slice(row, 1))
                self._sent.popleft()
                self._give(piece, row, result)
        except BaseException as fault:  # noqa: BLE001 - raised again by the thread that consumes the results
            with self._shared.changed:
                if not self._shared.finished:
                    self._shared.fault = fault
                self._shared.changed.notify_all()
        finally:
            self._end()

    def _feed(self) -> bool:
        """Keep two records with the process; wait where there are none. False when the pool is finished."""
        while len(self._sent) < _SENT_AHEAD:
            with self._shared.changed:
                while not self._shared.waiting and not self._sent and not self._shared.finished:
                    self._shared.changed.wait()
                if self._shared.finished:
                    return False
                if not self._shared.waiting:
                    return True
                self._sent.append(self._shared.waiting.popleft())
            self._send(self._sent[-1])
        return True

    def _send(self, record: tuple[_Piece, int]) -> None:
        if self._process is None:
            self._start()
        piece, row = record
        with suppress(ConnectionError):  # it died: that is seen when its answer is asked for
            self._link.send_bytes(piece.batch.slice(row, 1).serialize())

    def _result(self, record: Batch) -> Batch:
        """Return the answer to the record sent first, or what stands for it."""
        try:
            answer = self._link.recv_bytes()
        except (EOFError, ConnectionError):
            return self._lost(record)
        if answer[:1] == FAILED:
            return self._stand_in(record, f"failed: {answer[1:].decode()}")
        return pa.ipc.read_record_batch(pa.py_buffer(answer).slice(1), self._stage.gives)

    def _lost(self, record: Batch) -> Batch:
        """Start another process for the records sent ahead, and return what stands for the one that ended this."""
        reason = self._end()
        if self._shared.finished:
            raise StemmaError("stopped")
        self._start()
        for ahead in list(self._sent)[1:]:
            self._send(ahead)
        return self._stand_in(record, reason)

    def _stand_in(self, record: Batch, reason: str) -> Batch:
        if self._stage.lost is None:
            raise StemmaError(f"a record of the stage {self._stage.name!r} {reason}")
        return self._stage.lost(record, reason)

    def _give(self, piece: _Piece, row: int, result: Batch) -> None:
        with self._shared.changed:
            piece.results[row] = result
            piece.open -= 1
            self._shared.changed.notify_all()

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-c", _BOOT, str(theirs.fileno()), str(os.getpid()), json.dumps(sys.path)]
        with self._shared.changed, theirs:
            if self._shared.finished:
                raise StemmaError("stopped")
            self._process = subprocess.Popen(  # noqa: S603 - this very interpreter, with our own words
                command, env=os.environ | _ONE_THREAD, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
            )
        self._link = Connection(ours.detach())
        answer = b""
        with suppress(EOFError, ConnectionError):
            self._link.send_bytes(self._settings)
            answer = self._link.recv_bytes()
        if answer != READY:
            why = answer[1:].decode() or self._end()
            raise StemmaError(
                f"a process for the stage {self._stage.name!r} could not be started: {why}",
                "It may need more memory: see read.worker_gigabytes in docs/settings.md.",
            )

    def _end(self) -> str:
        """End the process if it still runs; return in words how it ended."""
        if self._process is None:
            return ""
        self._link.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_GRACE_SECONDS)
        self._process.kill()
        status = self._process.wait()
        self._process = None
        return _ENDS.get(status, f"killed the reader: {'signal' if status < 0 else 'exit status'} {abs(status)}")
