"""Which files are read, and as what: by content first, by extension where the content doesn't say."""

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stemma.errors import InputError
from stemma.read.streams import Compression, compression_of, head

READABLE = "Stemma reads .html .htm .warc .jsonl .ndjson .csv .tsv .parquet .txt, each also .gz or .zst, folders, and -"

_BY_EXTENSION = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".warc": "warc",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".txt": "text",
}
# Whatever the name says, these beginnings are no pages: PDF, PNG, JPEG, GIF, ZIP (docx, wacz), WebP, SQLite.
_NO_PAGE = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"RIFF", b"SQLite format 3")
_HTML = re.compile(rb"^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_ROW = re.compile(rb"^\s*\{\s*(\"|\})")
_HEAD_BYTES = 4096


@dataclass(frozen=True)
class Source:
    """One input file, or standard input.

    `kind` is html, warc, jsonl, csv, parquet, text, or other: a file of a walked folder that holds no pages.
    """

    name: str
    path: Path | None
    kind: str
    compression: Compression
    bytes: int | None
    modified_ns: int | None


def find(inputs: Sequence[str]) -> list[Source]:
    """Return the sources that `inputs` name, folders walked in sorted order, each file once.

    Raises InputError that lists every input which is missing, unreadable or of no format known.
    """
    sources: dict[str, Source] = {}
    faults: list[str] = []
    for given in inputs:
        try:
            for source in _sources(given):
                sources.setdefault(os.path.realpath(source.path) if source.path else "-", source)
        except OSError as fault:
            faults.append(f"{given}: {_why(fault)}")
    if faults:
        raise InputError("these inputs can't be read:\n  " + "\n  ".join(faults), READABLE + ".")
    return list(sources.values())


def _why(fault: OSError) -> str:
    if isinstance(fault, InputError):
        return fault.message
    if isinstance(fault, FileNotFoundError):
        return "there is no such file or folder"
    if isinstance(fault, PermissionError):
        return "no permission to read it"
    return fault.strerror or str(fault)


def _sources(given: str) -> Iterator[Source]:
    if given == "-":
        yield Source("-", None, "jsonl", "none", None, None)
        return
    path = Path(given)
    if path.is_dir():
        yield from _walked(path, set())
        return
    source = _source(path, path.stat())
    if source.kind == "other":
        raise InputError(f"not a format that holds pages (it begins with {_head(path)[:12]!r})")
    yield source


def _walked(folder: Path, above: set[tuple[int, int]]) -> Iterator[Source]:
    """Yield the files below `folder`; a link to a folder that is being walked already is not followed."""
    status = folder.stat()
    identity = (status.st_dev, status.st_ino)
    if identity in above:
        return
    for path in sorted(folder.iterdir(), key=lambda p: os.fsencode(p.name)):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            yield from _walked(path, above | {identity})
        elif path.exists():
            yield _source(path, path.stat())
        else:  # a link that leads nowhere
            yield Source(os.fsencode(path).decode("utf-8", "replace"), path, "other", "none", None, None)


def _source(path: Path, status: os.stat_result) -> Source:
    name = os.fsencode(path).decode("utf-8", "replace")
    if not stat.S_ISREG(status.st_mode):  # a pipe can't be looked into: it is read like standard input
        kind = _BY_EXTENSION.get(_extension(path), "jsonl" if stat.S_ISFIFO(status.st_mode) else "other")
        return Source(name, path, kind, "none", None, None)
    begin = _head(path)
    packed = compression_of(begin)
    kind = _kind(_extension(path), head(path, packed, _HEAD_BYTES) if packed != "none" else begin)
    return Source(name, path, kind, packed, status.st_size, status.st_mtime_ns)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD_BYTES)


def _extension(path: Path) -> str:
    stem = re.sub(r"\.(gz|zst)$", "", path.name, flags=re.IGNORECASE)
    return Path(stem).suffix.lower()


def looks_like_html(begin: bytes) -> bool:
    """Whether data that begins so is an HTML page."""
    return _HTML.match(begin[:_HEAD_BYTES]) is not None


def _kind(extension: str, begin: bytes) -> str:
    if begin.startswith(b"PAR1"):
        return "parquet"
    if begin.lstrip()[:5] == b"WARC/":
        return "warc"
    if begin.startswith(_NO_PAGE):
        return "other"
    if extension in _BY_EXTENSION:
        return _BY_EXTENSION[extension]
    if looks_like_html(begin):
        return "html"
    return "jsonl" if extension in {"", ".json"} and _ROW.match(begin) else "other"
