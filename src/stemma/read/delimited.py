"""CSV and TSV: a header, then a row a page."""

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import chain
from typing import Any

from stemma.read.charset import decoded, known
from stemma.read.inputs import Source
from stemma.read.lines import lines
from stemma.read.rows import ALIASES, BadRow, raw
from stemma.read.streams import opened
from stemma.read.tally import Raw, Tally

_SAMPLE_BYTES = 1 << 18
_RECODE_BYTES = 1 << 16
_DELIMITERS = ",;\t|"


def records(source: Source, tally: Tally, most_bytes: int) -> Iterator[Raw]:
    """Yield the rows; a row that holds no page, or whose fields can't be told apart, becomes a reject."""
    with opened(source) as unpacked:
        buffered: io.BufferedReader = io.BufferedReader(unpacked, _SAMPLE_BYTES)
        charset = _charset(buffered.peek(_SAMPLE_BYTES))
        csv.field_size_limit(most_bytes)
        stream = (
            _as_utf8(buffered, charset) if charset.startswith(("utf_16", "utf-16", "utf_32", "utf-32")) else buffered
        )
        text = _Text(stream, charset if stream is buffered else "utf-8", most_bytes, tally)
        header_line = next(text, "")
        rows = csv.reader(chain([header_line], text), delimiter=_delimiter(header_line))
        names = _header(rows, tally)
        if names:
            yield from _rows(names, rows, text, source, tally)
        if unpacked.damage:
            tally.reject("the end of what could be unpacked", "damaged file", unpacked.damage)


def _header(rows: "csv._reader", tally: Tally) -> list[str]:  # type: ignore[name-defined]
    """Return the column names; none, and a reject, where no column holds text."""
    try:
        names: list[str] = next(rows, [])
    except csv.Error as fault:
        tally.reject("line 1", "bad csv", str(fault))
        return []
    if names and not {name.strip().lower() for name in names} & {*ALIASES["text"], *ALIASES["html"]}:
        tally.reject("line 1", "no text column", f"the header has {', '.join(names)[:200]}; name one `text`")
        return []
    return names


class _Recoded(io.RawIOBase):
    """A stream of another charset as UTF-8, so that its lines can be told by their bytes."""

    def __init__(self, stream: io.BufferedReader, charset: str) -> None:
        self._stream, self._decoder = stream, codecs.getincrementaldecoder(charset)("replace")
        self._held = b""

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer; return the number of bytes, 0 at the end."""
        while not self._held:
            block = self._stream.read1(_RECODE_BYTES)
            self._held = self._decoder.decode(block, final=not block).encode("utf-8", "replace")
            if not block and not self._held:
                return 0
        given = self._held[: len(buffer)]
        buffer[: len(given)], self._held = given, self._held[len(given) :]
        return len(given)


def _as_utf8(stream: io.BufferedReader, charset: str) -> io.BufferedReader:
    return io.BufferedReader(_Recoded(stream, charset), _SAMPLE_BYTES)


class _Text:
    """Decoded lines; a line beyond the limit is a reject of its own. `began` is the line where the last row began."""

    def __init__(self, stream: io.BufferedReader, charset: str, most_bytes: int, tally: Tally) -> None:
        self.number = self.began = 0
        self._lines = lines(stream, most_bytes)
        self._charset, self._tally, self._most = charset, tally, most_bytes

    def __iter__(self) -> "_Text":
        return self

    def __next__(self) -> str:
        self.number, line = next(self._lines)
        while line is None:
            self._tally.reject(f"line {self.number}", "too large", f"longer than {self._most:,} bytes")
            self.number, line = next(self._lines)
        self.began = self.began or self.number
        text = line.decode(self._charset, "replace")
        return text.removeprefix("\ufeff") if self.number == 1 else text


def _rows(names: list[str], rows: "csv._reader", text: _Text, source: Source, tally: Tally) -> Iterator[Raw]:  # type: ignore[name-defined]
    while True:
        text.began = 0
        try:
            row = next(rows, None)
            if row is None:
                return
            if row:
                yield raw(_named(names, row), source.name, f"line {text.began}")
        except BadRow as fault:
            tally.reject(f"line {text.began}", fault.reason, fault.detail)
        except csv.Error as fault:
            tally.reject(f"line {text.began}", "bad csv", str(fault))


def _named(names: list[str], row: list[str]) -> dict[str, str]:
    if len(row) > len(names):
        raise BadRow("too many fields", f"{len(row)} where the header names {len(names)}")
    return {name: value for name, value in zip(names, row, strict=False) if value}


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)


def _charset(sample: bytes) -> str:
    """Return the charset of the file, judged by its first lines."""
    whole_lines = sample[: sample.rfind(b"\n") + 1] or sample
    return known(decoded(whole_lines, None).charset) or "utf-8"
