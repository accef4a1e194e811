"""A file that is one page: HTML as it was saved, or plain text."""

import io
from collections.abc import Iterator

from stemma import ids
from stemma.read.charset import decoded
from stemma.read.inputs import Source
from stemma.read.rows import valid
from stemma.read.streams import opened
from stemma.read.tally import Raw, Tally

_AT = "the whole file"


def html_file(source: Source, tally: Tally, most_bytes: int) -> Iterator[Raw]:
    """Yield the page of an HTML file."""
    if body := _content(source, tally, most_bytes):
        yield Raw(input=source.name, at=_AT, page_id=ids.digest(body), html=body)


def text_file(source: Source, tally: Tally, most_bytes: int) -> Iterator[Raw]:
    """Yield the page of a plain text file."""
    if not (body := _content(source, tally, most_bytes)):
        return
    text = valid(decoded(body, None).text)
    if not text.strip():
        tally.reject(_AT, "no text", "the file holds white space only")
    else:
        yield Raw(input=source.name, at=_AT, page_id=ids.digest(body), text=text)


def other_file(source: Source, tally: Tally, most_bytes: int) -> Iterator[Raw]:
    """Count a file of a folder that holds no pages; yield nothing."""
    del source, most_bytes
    tally.skip("not a page format")
    yield from ()


def _content(source: Source, tally: Tally, most_bytes: int) -> bytes | None:
    """Return the unpacked bytes, None where the file is rejected."""
    with opened(source) as unpacked:
        body = io.BufferedReader(unpacked).read(most_bytes + 1)
        damage = unpacked.damage
    if len(body) > most_bytes:
        tally.reject(_AT, "too large", f"more than {most_bytes:,} bytes; read.page_megabytes sets the limit")
    elif damage:
        tally.reject(_AT, "damaged file", damage)
    elif not body:
        tally.reject(_AT, "empty file")
    else:
        return body
    return None
