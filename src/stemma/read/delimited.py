"""CSV and TSV: a header, then a row a page."""

import csv
import io
from collections.abc import Iterator

from stemma.read.charset import decoded, known
from stemma.read.inputs import Source
from stemma.read.lines import lines
from stemma.read.rows import ALIASES, BadRow, raw
from stemma.read.streams import opened
from stemma.read.tally import Raw, Tally

_SAMPLE_BYTES = 1 << 18
_DELIMITERS = ",;\t|"


def records(source: Source, tally: Tally, most_bytes: int) -> Iterator[Raw]:
    """Yield the rows; a row that holds no page, or whose fields can't be told apart, becomes a reject."""
    with opened(source) as unpacked:
        buffered: io.BufferedReader = io.BufferedReader(unpacked, _SAMPLE_BYTES)
        charset = _charset(buffered.peek(_SAMPLE_BYTES))
        csv.field_size_limit(most_bytes)
        text = _Text(buffered, charset, most_bytes, tally)
        header_line = next(text, "")
        names = next(csv.reader([header_line], delimiter=(delimiter := _delimiter(header_line))), [])
        if names and not {name.strip().lower() for name in names} & {*ALIASES["text"], *ALIASES["html"]}:
            tally.reject("line 1", "no text column", f"the header has {', '.join(names)[:200]}; name one `text`")
            return
        yield from _rows(names, csv.reader(text, delimiter=delimiter), text, source, tally)
        if unpacked.damage:
            tally.reject("the end of what could be unpacked", "damaged file", unpacked.damage)


class _Text:
    """Decoded lines; a line beyond the limit is a reject of its own."""

    def __init__(self, stream: io.BufferedReader, charset: str, most_bytes: int, tally: Tally) -> None:
        self.number = 0
        self._lines = lines(stream, most_bytes)
        self._charset, self._tally, self._most = charset, tally, most_bytes

    def __iter__(self) -> "_Text":
        return self

    def __next__(self) -> str:
        self.number, line = next(self._lines)
        while line is None:
            self._tally.reject(f"line {self.number}", "too large", f"longer than {self._most:,} bytes")
            self.number, line = next(self._lines)
        text = line.decode(self._charset, "replace")
        return text.removeprefix("\ufeff") if self.number == 1 else text


def _rows(names: list[str], rows: "csv._reader", text: _Text, source: Source, tally: Tally) -> Iterator[Raw]:  # type: ignore[name-defined]
    while True:
        at = f"line {text.number + 1}"
        try:
            row = next(rows)
            if not row:
                continue
            yield raw(_named(names, row), source.name, at)
        except StopIteration:
            return
        except BadRow as fault:
            tally.reject(at, fault.reason, fault.detail)
        except csv.Error as fault:
            tally.reject(at, "bad csv", str(fault))


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
