"""Every format in one place: a source becomes batches of records."""

from collections.abc import Callable, Iterator

import pyarrow as pa

from stemma.read import delimited, jsonl, parquet, single, warc
from stemma.read.inputs import Source
from stemma.read.tally import Raw, Tally, batched
from stemma.settings import Read

#: A reader yields a source's records as they stand in it, and tells the tally of all that are none.
Reader = Callable[[Source, Tally, int], Iterator[Raw]]

READERS: dict[str, Reader] = {
    "html": single.html_file,
    "warc": warc.records,
    "jsonl": jsonl.records,
    "csv": delimited.records,
    "parquet": parquet.records,
    "text": single.text_file,
    "other": single.other_file,
}


def raw_batches(source: Source, tally: Tally, read: Read) -> Iterator[pa.RecordBatch]:
    """Yield the records of `source` as batches of frames.RAW.

    A batch has at most `read.batch_rows` rows and about `read.batch_megabytes` of content; no record is longer than
    `read.page_megabytes`. After the last batch `tally.records` is the rows yielded + skipped + rejects. A source that
    can't be opened any more is one reject.
    """
    rows = _until_unreadable(READERS[source.kind](source, tally, read.page_megabytes << 20), tally)
    yield from batched(rows, tally, read.batch_rows, read.batch_megabytes << 20)


def _until_unreadable(rows: Iterator[Raw], tally: Tally) -> Iterator[Raw]:
    try:
        yield from rows
    except OSError as fault:
        tally.reject("the rest of the file", "can't be read", fault.strerror or str(fault))
