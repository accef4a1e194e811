"""Reading into a case: every record of every input becomes a page, a further sighting, a counted skip or a reject."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from stemma import reuse
from stemma.engine.local import Local
from stemma.read import Source, Tally, find, parse_stages, raw_batches, split
from stemma.settings import Read
from stemma.stage import Batch, Progress
from stemma.store import Writer
from stemma.tables import INPUTS, LINKS, PAGES, REJECTS, SIGHTINGS

#: Rows read between two acknowledgements: a killed trace loses at most so many, some 20 s of HTML.
COMMIT_ROWS = 20_000
_READ_TABLES = (PAGES, SIGHTINGS, LINKS, REJECTS, INPUTS)


@dataclass
class _Reading:
    """How far one source is: what its reader counted, and what came back from parsing."""

    source: Source
    tally: Tally = field(default_factory=Tally)
    yielded: int = 0
    pages: int = 0
    rejected: int = 0
    at_end: bool = False

    @property
    def accounted(self) -> bool:
        """Whether every record of the source has become a page, a skip or a reject."""
        return self.at_end and self.yielded == self.pages + self.rejected

    def row(self) -> dict[str, object]:
        """Return the source's row of tables.INPUTS."""
        source, tally = self.source, self.tally
        return {
            "input": source.name,
            "kind": source.kind,
            "bytes": source.bytes,
            "modified_ns": source.modified_ns,
            "records": tally.records,
            "pages": self.pages,
            "skipped": orjson.dumps(dict(sorted(tally.skipped.items()))).decode(),
            "rejected": self.rejected + len(tally.rejects),
        }


class Intake:
    """Reads inputs into a case once; files that the case already holds, unchanged, are left out."""

    def __init__(self, inputs: Sequence[str], settings: Read) -> None:
        self.settings = settings
        self.sources = find(inputs)
        self._stages = parse_stages(settings)
        self._readings: dict[str, _Reading] = {}
        self._held: dict[str, list[pa.Table]] = {table.name: [] for table in _READ_TABLES}
        self._held_rows = 0
        self._known: set[str] = set()
        self._half_read: set[tuple[str, str]] = set()
        self._seen_again = False

    def read(self, engine: Local, writer: Writer, progress: Progress) -> None:
        """Read all sources into the case, committing as it goes."""
        sources = self._unread(writer)
        if len(sources) < len(self.sources):
            progress(f"{len(self.sources) - len(sources):,} inputs were read before and haven't changed", 0, None)
        for batch in self._parsed(engine, sources, progress):
            self._take(batch)
            if self._held_rows >= COMMIT_ROWS:
                self._commit(writer)
        if self._seen_again:
            self._commit(writer)
            _keep_earliest_seen(engine, writer)
        self._commit(writer)

    def _unread(self, writer: Writer) -> list[Source]:
        """Return the sources to read, having noted what the case holds."""
        with writer.case() as case:
            self._known = set(case.table("pages")["page_id"].to_pylist())
            finished = case.table("inputs").select(["input", "bytes", "modified_ns"]).to_pylist()
            done = {tuple(row.values()) for row in finished}
            names = {row["input"] for row in finished}
            for table in ("sightings", "rejects"):
                places = case.table(table).select(["input", "at"]).to_pylist()
                self._half_read |= {(p["input"], p["at"]) for p in places if p["input"] not in names}
        return [s for s in self.sources if s.bytes is None or (s.name, s.bytes, s.modified_ns) not in done]

    def _parsed(self, engine: Local, sources: list[Source], progress: Progress) -> Iterator[Batch]:
        """Yield what the parse stages make of the sources: HTML in processes of its own, all else here."""
        beside: list[Batch] = []

        def html() -> Iterator[Batch]:
            for raw in self._raw(sources, progress):
                pages, rows = split(raw)
                if rows.num_rows:
                    beside.extend(engine.map(self._stages.text, pa.Table.from_batches([rows])).to_batches())
                yield pages

        for batch in engine.stream(self._stages.html, html(), self.settings.worker_gigabytes):
            yield from beside
            beside.clear()
            yield batch
        yield from beside

    def _raw(self, sources: list[Source], progress: Progress) -> Iterator[Batch]:
        records = 0
        for number, source in enumerate(sources):
            reading = self._readings[source.name] = _Reading(source)
            for batch in raw_batches(source, reading.tally, self.settings):
                reading.yielded += batch.num_rows
                records += batch.num_rows
                yield batch
                progress(f"reading: {records:,} records", number, len(sources))
            reading.at_end = True
        progress(f"reading: {records:,} records", len(sources), len(sources))

    def _take(self, batch: Batch) -> None:
        """Sort parsed rows into the tables; pages that the case holds are only seen again."""
        for name, count in _counts(batch["input"]):
            self._readings[name].rejected += count
        good = batch.filter(batch["reject"].is_null())
        for name, count in _counts(good["input"]):
            self._readings[name].pages += count
            self._readings[name].rejected -= count
        self._hold("rejects", _rejects(batch.filter(batch["reject"].is_valid())))
        self._hold("sightings", pa.Table.from_batches([good]).select(SIGHTINGS.schema.names))
        new = good.filter(self._new(good["page_id"]))
        pages = pa.Table.from_batches([new]).select(PAGES.schema.names)
        bodies = reuse.body_ids(pages["text"])
        self._hold(
            "pages", pages.set_column(pages.column_names.index("body_id"), PAGES.schema.field("body_id"), bodies)
        )
        self._hold("links", _links(new))
        self._held_rows += batch.num_rows

    def _new(self, page_ids: pa.Array) -> pa.Array:
        flags = []
        for page_id in page_ids.to_pylist():
            flags.append(page_id not in self._known)
            self._known.add(page_id)
        self._seen_again |= not all(flags)
        return pa.array(flags, pa.bool_())

    def _hold(self, name: str, rows: pa.Table) -> None:
        if self._half_read and name in {"sightings", "rejects"}:
            places = zip(rows["input"].to_pylist(), rows["at"].to_pylist(), strict=True)
            rows = rows.filter(pa.array([place not in self._half_read for place in places], pa.bool_()))
        self._held[name].append(rows)

    def _commit(self, writer: Writer) -> None:
        """Acknowledge what was read since the last commit, and the sources that are at their end."""
        finished = [reading for reading in self._readings.values() if reading.accounted]
        for reading in finished:
            del self._readings[reading.source.name]
            faults = [(reading.source.name, *reject) for reject in reading.tally.rejects]
            columns = list(zip(*faults, strict=True)) or [(), (), (), ()]
            self._hold("rejects", pa.table([pa.array(c, pa.string()) for c in columns], schema=REJECTS.schema))
        self._hold("inputs", pa.Table.from_pylist([r.row() for r in finished], schema=INPUTS.schema))
        for name, held in self._held.items():
            writer.add(name, pa.concat_tables(held).cast(held[0].schema) if held else pa.table({}))
            held.clear()
        self._held_rows = 0
        writer.commit()


def _counts(column: pa.Array) -> list[tuple[str, int]]:
    return [(item["values"], item["counts"]) for item in column.value_counts().to_pylist()]


def _rejects(rows: Batch) -> pa.Table:
    columns = [rows["input"], rows["at"], rows["reject"], rows["detail"]]
    return pa.table(columns, names=REJECTS.schema.names).cast(REJECTS.schema)


def _links(rows: Batch) -> pa.Table:
    """Return the rows' links, each with its page."""
    links = rows["links"]
    parents = pc.list_parent_indices(links)
    columns = [rows["page_id"].take(parents), *pc.list_flatten(links).flatten()]
    return pa.table(columns, names=LINKS.schema.names).cast(LINKS.schema)


def _keep_earliest_seen(engine: Local, writer: Writer) -> None:
    """Set `seen` of each page to its earliest sighting, where a later reading observed an earlier one."""
    with writer.case() as case:
        pages, sightings = case.table("pages"), case.table("sightings")
    earliest = engine.join(
        "SELECT p.page_no, least(p.seen, min(s.seen)) AS seen FROM pages p JOIN sightings s ON p.page_id = s.page_id"
        " GROUP BY p.page_no, p.seen ORDER BY p.page_no",
        pages=pages.select(["page_id", "seen"]).append_column("page_no", pa.array(np.arange(pages.num_rows))),
        sightings=sightings.select(["page_id", "seen"]),
    )["seen"].cast(pages.schema.field("seen").type)
    if earliest.combine_chunks() != pages["seen"].combine_chunks():
        at = pages.column_names.index("seen")
        writer.replace("pages", pages.set_column(at, pages.schema.field(at), earliest))
