"""Writing that survives a kill: aside, synced, renamed; locks that a process's end sets free."""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path

from stemma.errors import StoreError


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """Yield a path beside `path`; when it is written, sync it and rename it into place."""
    beside = path.with_name(path.name + ".tmp")
    try:
        yield beside
        _sync(beside)
        beside.replace(path)
        _sync(path.parent)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def _sync(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def file_digest(path: Path) -> str:
    """Return blake2b-128 of a file's bytes, in hex."""
    h = blake2b(digest_size=16)
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            h.update(block)
    return h.hexdigest()


#: What to do about a fault of the file system, by errno; for all others, the last.
_CURES = {
    errno.ENOSPC: "Free space on that disk, then run the same command again.",
    errno.EDQUOT: "Free space within your quota, then run the same command again.",
    errno.EROFS: "Choose a folder on a disk that can be written.",
    errno.EEXIST: "A file stands where a folder is needed: choose another name.",
    errno.ENOTDIR: "A file stands where a folder is needed: choose another name.",
}
_OTHER = "Check that the folder exists and that you may write to it."


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn a fault of the file system into a StoreError that names the path and the cure."""
    try:
        yield
    except StoreError:
        raise
    except OSError as fault:
        message = f"{path} can't be written: {fault.strerror or fault}."
        raise StoreError(message, _CURES.get(fault.errno or 0, _OTHER)) from fault


def shared_lock(path: Path) -> int | None:
    """Return a shared lock on a file; None where there is no such file, or no locks on its file system."""
    try:
        fd = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(fd, fcntl.LOCK_SH)
    except OSError:
        os.close(fd)
        return None
    return fd


def exclusive_lock_or_none(path: Path) -> int | None:
    """Return the file's lock; None where another process holds it."""
    fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(fd)
        return None
    return fd
