"""JSON lines: a row a line. A broken line is a reject; its neighbours are read."""

import io
import json
from collections.abc import Iterator
from typing import Any

import orjson

from stemma.read.inputs import Source
from stemma.read.lines import lines
from stemma.read.rows import BadRow, raw
from stemma.read.streams import opened
from stemma.read.tally import Raw, Tally

_BOM = b"\xef\xbb\xbf"


def records(source: Source, tally: Tally, most_bytes: int) -> Iterator[Raw]:
    """Yield the rows; lines that hold none become rejects."""
    with opened(source) as unpacked:
        for number, line in lines(io.BufferedReader(unpacked), most_bytes):
            at = f"line {number}"
            if line is None:
                tally.reject(at, "too large", f"longer than {most_bytes:,} bytes; read.page_megabytes sets the limit")
                continue
            content = line.strip().removeprefix(_BOM)
            if not content:
                continue
            try:
                yield raw(_row(content), source.name, at)
            except BadRow as fault:
                detail = f"{fault.detail}; {unpacked.damage}" if unpacked.damage else fault.detail
                tally.reject(at, fault.reason, detail)
        if unpacked.damage:
            tally.reject("the end of what could be unpacked", "damaged file", unpacked.damage)


def _row(line: bytes) -> dict[str, Any]:
    try:
        row = orjson.loads(line)
    except ValueError as fault:
        row = _lenient(line, fault)
    if not isinstance(row, dict):
        raise BadRow("bad json", f"the line holds a {type(row).__name__}, not an object")
    return row


def _lenient(line: bytes, fault: ValueError) -> Any:
    """Read what Python's json writes and strict JSON forbids: NaN (as null) and lone surrogates (as U+FFFD)."""
    try:
        text = line.decode("utf-8", "replace")
        row = json.loads(text, parse_constant=lambda _: None)
        plain = json.dumps(row, ensure_ascii=False).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return orjson.loads(plain)
    except (ValueError, RecursionError):
        raise BadRow("bad json", str(fault)[:200]) from None
