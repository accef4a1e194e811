"""A case folder: Parquet parts a table, and a manifest that names them.

    CASE/manifest.json              what is acknowledged; swapped last, by one rename
    CASE/TABLE/000007-0.parquet     a part of TABLE, written at commit 7; never changed afterwards
    CASE/lock                       held by the one writer (exclusive) and by readers (shared, on `readers`)

A part is written under a name ending in `.tmp`, synced and renamed, so that a killed writer leaves only files that no
manifest names; the next writer sweeps them away, unless a reader may still have an older manifest open.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from stemma.durable import aside, exclusive_lock_or_none, explained, file_digest, shared_lock
from stemma.errors import CaseBusy, CaseDamaged, CaseMissing, CaseTooNew, StoreError
from stemma.tables import CASE_TABLES

FORMAT = 1
MANIFEST, LOCK, READERS = "manifest.json", "lock", "readers"


@dataclass(frozen=True)
class Part:
    """One Parquet file of a table: its path within the case, rows, bytes and blake2b-128."""

    file: str
    rows: int
    bytes: int
    blake2b: str


@dataclass
class Manifest:
    """What a case holds, as of one commit."""

    commit: int = 0
    created: str = ""
    stemma: str = ""
    format: int = FORMAT
    about: str | None = None
    runs: list[dict[str, Any]] = field(default_factory=list)
    tables: dict[str, list[Part]] = field(default_factory=dict)

    def files(self) -> set[str]:
        """Return the path of every part."""
        return {part.file for parts in self.tables.values() for part in parts}


def read_manifest(path: Path) -> Manifest:
    """Return the manifest of the case at `path`; raise CaseMissing, CaseDamaged or CaseTooNew."""
    try:
        data = orjson.loads((path / MANIFEST).read_bytes())
        if data["format"] > FORMAT:
            raise CaseTooNew(
                f"{path} was written by stemma {data['stemma']} in format {data['format']}; this is {FORMAT}.",
                "Install that version or a later one: pip install -U stemma",
            )
        data["tables"] = {name: [Part(**p) for p in parts] for name, parts in data["tables"].items()}
        return Manifest(**data)
    except FileNotFoundError:
        raise CaseMissing(f"{path} holds no case.", "Make one: stemma trace INPUT... --case " + str(path)) from None
    except PermissionError as fault:
        raise StoreError(f"{path} can't be read: {fault.strerror}.", "Check who may read the folder.") from None
    except (ValueError, TypeError, KeyError) as fault:
        cure = "Restore the folder from a copy, or trace its inputs into a new case."
        raise CaseDamaged(f"{path / MANIFEST} is no manifest: {fault}", cure) from None


class Case:
    """A case as it stood when it was opened; a trace that goes on meanwhile doesn't show."""

    def __init__(self, path: str | Path, manifest: Manifest | None = None) -> None:
        self.path = Path(path)
        self._readers = shared_lock(self.path / READERS)
        self.manifest = manifest or read_manifest(self.path)

    def table(self, name: str) -> pa.Table:
        """Return a table in full; of no rows where the case has none of it yet."""
        schema = CASE_TABLES[name].schema
        parts = [self._part(part, schema) for part in self.manifest.tables.get(name, [])]
        return pa.concat_tables(parts) if parts else schema.empty_table()

    def batches(self, name: str, rows: int = 10_000) -> Iterator[pa.RecordBatch]:
        """Yield a table in pieces, never more than a piece in memory."""
        schema = CASE_TABLES[name].schema
        for part in self.manifest.tables.get(name, []):
            with self._opened(part) as file:
                for batch in file.iter_batches(rows):
                    yield pa.RecordBatch.from_arrays(batch.columns, schema=schema)

    def verify(self) -> list[str]:
        """Return what differs from the manifest: a line a damaged or missing part; none where all is well."""
        faults = []
        for part in (part for parts in self.manifest.tables.values() for part in parts):
            file = self.path / part.file
            if not file.exists():
                faults.append(f"{file}: missing")
            elif (size := file.stat().st_size) != part.bytes:
                faults.append(f"{file}: {size:,} bytes instead of {part.bytes:,}")
            elif file_digest(file) != part.blake2b:
                faults.append(f"{file}: its content isn't what was written")
        return faults

    def close(self) -> None:
        """Let the next writer sweep away what this reader could still have wanted."""
        if self._readers is not None:
            os.close(self._readers)
            self._readers = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_readers", None) is not None:
            self.close()

    def __getattr__(self, name: str) -> Any:
        """Offer each table as a method: `case.pages()`, `case.families()` ..."""
        if name in CASE_TABLES:
            return lambda: self.table(name)
        raise AttributeError(name)

    def _part(self, part: Part, schema: pa.Schema) -> pa.Table:
        with self._opened(part) as file:
            return file.read().cast(schema)

    @contextmanager
    def _opened(self, part: Part) -> Iterator[pq.ParquetFile]:
        cure = f"Run: stemma verify {self.path}"
        try:
            with pq.ParquetFile(self.path / part.file) as file:
                yield file
        except FileNotFoundError:
            raise CaseDamaged(f"{self.path / part.file} is missing.", cure) from None
        except (pa.ArrowInvalid, OSError) as fault:
            raise CaseDamaged(f"{self.path / part.file} can't be read: {fault}", cure) from None


class Writer:
    """The one writer of a case. What `add` and `replace` take shows to readers from the next `commit` on, or never."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._next: dict[str, list[Part]] = {}
        self._lock: int | None = None

    def __enter__(self) -> Self:
        with explained(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            self._lock = exclusive_lock_or_none(self.path / LOCK)
        if self._lock is None:
            raise CaseBusy(f"{self.path} is being written by another trace.", "Wait for it to end, or stop it.")
        try:
            self.manifest = self._opened_manifest()
            with explained(self.path):
                self._sweep()
        except BaseException:
            os.close(self._lock)
            raise
        self._next = {name: list(parts) for name, parts in self.manifest.tables.items()}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def add(self, name: str, rows: pa.Table) -> None:
        """Add rows to a table, as a further part."""
        if rows.num_rows:
            self._next.setdefault(name, []).append(self._written(name, rows))

    def replace(self, name: str, rows: pa.Table) -> None:
        """Put rows in place of a table's."""
        self._next[name] = []
        self.add(name, rows)

    def commit(self, **changes: Any) -> None:
        """Acknowledge what was added: swap the manifest. `changes` sets its `about` or `runs`."""
        changed = {"commit": self.manifest.commit + 1, "stemma": version("stemma"), "tables": self._next} | changes
        manifest = Manifest(**(vars(self.manifest) | changed))
        data = orjson.dumps(manifest, option=orjson.OPT_INDENT_2)
        with explained(self.path), aside(self.path / MANIFEST) as beside:
            beside.write_bytes(data)
        self.manifest = manifest
        self._next = {name: list(parts) for name, parts in manifest.tables.items()}

    def case(self) -> Case:
        """Return the case as of the last commit."""
        return Case(self.path, self.manifest)

    def _opened_manifest(self) -> Manifest:
        try:
            return read_manifest(self.path)
        except CaseMissing:
            strange = [p.name for p in self.path.iterdir() if p.name not in {LOCK, READERS, *CASE_TABLES}]
            if [name for name in strange if not name.startswith(MANIFEST)]:
                raise StoreError(
                    f"{self.path} is a folder with other files in it, such as {strange[0]}.",
                    "Name a new folder, or an empty one, for the case.",
                ) from None
            return Manifest(created=datetime.now(UTC).isoformat(timespec="seconds"))

    def _written(self, name: str, rows: pa.Table) -> Part:
        rows = rows.select(CASE_TABLES[name].schema.names).cast(CASE_TABLES[name].schema)
        number = len(self._next.get(name, []))
        file = f"{name}/{self.manifest.commit + 1:06d}-{number}.parquet"
        path = self.path / file
        with explained(self.path):
            path.parent.mkdir(exist_ok=True)
            with aside(path) as beside:
                pq.write_table(rows, beside, compression="zstd", row_group_size=50_000)
                size, digest = beside.stat().st_size, file_digest(beside)
        return Part(file, rows.num_rows, size, digest)

    def _sweep(self) -> None:
        """Remove what no manifest names, while no reader is about."""
        readers = exclusive_lock_or_none(self.path / READERS)
        if readers is None:
            return
        named = self.manifest.files()
        for file in [f for name in CASE_TABLES for f in (self.path / name).glob("*")]:
            if str(file.relative_to(self.path)) not in named:
                file.unlink(missing_ok=True)
        os.close(readers)
