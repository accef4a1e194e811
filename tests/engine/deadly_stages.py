"""Stages whose records hang, eat memory, crash or fail, as each record asks; workers import them by name."""

import os
import re
import signal
import time
from pathlib import Path

import pyarrow as pa

from stemma.stage import Stage

ASKED = pa.schema([("ask", pa.string()), ("log", pa.string())])
DONE = pa.schema([("ask", pa.string()), ("said", pa.string())])


def obey(batch):
    return answers([one(row["ask"], row["log"]) for row in batch.to_pylist()])


def answers(rows):
    return pa.RecordBatch.from_pylist(rows, schema=DONE)


def one(ask, log):
    if log:
        with open(log, "a", encoding="ascii") as file:
            file.write(f"{ask}\n")
    deed = DEEDS.get(ask.partition(" ")[0])
    return {"ask": ask, "said": deed() if deed else "read"}


def hang_in_c():
    """A match that takes ages and never lets Python's threads or signal handlers run."""
    return str(re.match(r"(a+)+b", "a" * 60))


def explode():
    """Ask for memory that isn't touched: the limit answers at once, however slow the machine is."""
    blocks = []
    while len(blocks) < 1000:
        blocks.append(bytearray(3 << 30))
    return "no limit"


def fail():
    raise ValueError("so it asked")


DEEDS = {
    "sleep": lambda: time.sleep(3600),
    "hang": hang_in_c,
    "explode": explode,
    "exit": lambda: os._exit(9),
    "crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "raise": fail,
    "stdout": lambda: str(print("noise")),
    "pid": lambda: str(os.getpid()),
    "parent": lambda: str(os.getppid()),
    "nap": lambda: time.sleep(0.2),
}


def meet(batch):
    return answers([meeting(row["ask"], Path(row["log"])) for row in batch.to_pylist()])


def meeting(ask, place):
    """Say that another process came here too; wait for it."""
    (place / str(os.getpid())).touch()
    while (came := len(list(place.iterdir()))) < 2:
        time.sleep(0.01)
    return {"ask": ask, "said": f"{came} processes"}


def lost(batch, reason):
    return answers([{"ask": batch["ask"][0].as_py(), "said": reason}])


def fails_to_load(_batch):
    raise ImportError("no such library")


OBEY = Stage("obey", ASKED, DONE, obey, isolate_seconds=2.0, lost=lost)
MEET = Stage("meet", ASKED, DONE, meet, isolate_seconds=60, lost=lost)
UNREADY = Stage("unready", ASKED, DONE, fails_to_load, isolate_seconds=1.0, lost=lost)
