"""How far long work is: a bar on a terminal, plain lines elsewhere, nothing when asked to be quiet."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from stemma.stage import Progress, silent

#: Seconds between two plain lines of one step.
_LINE_SECONDS = 5.0


@contextmanager
def reporter(*, quiet: bool) -> Iterator[Progress]:
    """Yield the fitting reporter; on standard error, never on standard output."""
    if quiet:
        yield silent
    elif sys.stderr.isatty():
        with _bar() as progress:
            yield progress
    else:
        yield _lines()


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None)

        def progress(step: str, done: int, total: int | None = None) -> None:
            bar.update(task, description=step, completed=done, total=total)

        yield progress


def _lines() -> Progress:
    started = time.monotonic()
    last_step, last_at = "", 0.0

    def progress(step: str, done: int, total: int | None = None) -> None:
        nonlocal last_step, last_at
        now, kind = time.monotonic(), step.partition(":")[0]
        if kind == last_step and now - last_at < _LINE_SECONDS and done != total:
            return
        last_step, last_at = kind, now
        of = f", {done:,} of {total:,} inputs" if total and total > 1 else ""
        print(f"[{now - started:6.1f} s] {step}{of}", file=sys.stderr)  # noqa: T201  (this is its job)

    return progress
