"""An invented case as Arrow tables: several families with twins, captures, undated pages, three scripts, a quotation.

Outlets, people and events don't exist. `tables()` gives what a trace of these pages could have found; the tests of the
view read it, and `python tests/view/invented.py FILE.html` writes its report.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher
from itertools import combinations

import pyarrow as pa

from stemma.ids import digest, document_id, witness_id
from stemma.tables import CASE_TABLES
from stemma.view.model import Collection

ABOUT = "Pages on the Kestrel Bay ferry, found by a search for “ferry timetable” on 3 June 2024"
COLLECTION = Collection(ABOUT, datetime(2024, 6, 4, 9, 30, tzinfo=UTC), "0.1.0", "local", ("reuse.df_cap=200",))
UNDESCRIBED = Collection(None, datetime(2024, 6, 4, 9, 30, tzinfo=UTC), "0.1.0", "local")


@dataclass
class Text:
    """A page's text, built from parts; a part with a family is a witness, a `quote` or `footer` marks its span."""

    parts: list[tuple[str, str]]  # (tag, words); tag '' is the page's own

    @property
    def whole(self):
        return "".join(words for _, words in self.parts)

    def spans(self):
        at = 0
        for tag, words in self.parts:
            if tag:
                yield tag, at, at + len(words)
            at += len(words)


@dataclass
class Spec:
    name: str
    text: Text
    outlet: str | None
    title: str | None
    published: tuple[str, timedelta] | None = None  # (iso, width)
    seen: str | None = None
    basis: str = "jsonld datePublished"
    language: str | None = "en"
    url: str | None = ""
    completeness: str = "whole"
    declared: dict = field(default_factory=dict)
    authors: list = field(default_factory=list)


DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def blocks(a, b):
    """Equal runs of words, by the standard library: stands in for the kernel."""
    left, right = ([(m.group().casefold(), m.start(), m.end()) for m in re.finditer(r"\w+", t)] for t in (a, b))
    matcher = SequenceMatcher(None, [w for w, _, _ in left], [w for w, _, _ in right], autojunk=False)
    return [
        (left[i][1], left[i + n - 1][2], right[j][1], right[j + n - 1][2])
        for i, j, n in matcher.get_matching_blocks()
        if n
    ]


FERRY = (
    "The ferry between Kestrel Bay and Holm will run only twice a day from the first of June, the harbour office said on "
    "Monday. Until now the boats left every two hours between six in the morning and ten at night. The office gave the "
    "price of fuel as the reason and said that a third sailing would be tried on Fridays.\n\n"
    "“We looked at every other way before we came to this one,” said Maren Tolk, who leads the office. Residents of Holm, "
    "where about nine hundred people live, had asked for a hearing in March. It was moved twice and then cancelled without "
    "a new date.\n\n"
    "The island’s only surgery closes at four in the afternoon. Its doctor, Ansel Brue, said that under the new timetable a "
    "patient who misses the noon boat would wait until the next morning. The harbour office said that it would keep one "
    "launch ready for emergencies, staffed by volunteers.\n\n"
    "Fishermen offered to carry passengers for the price of the fuel, which the insurance of most boats does not allow. A "
    "petition against the timetable had 612 signatures by the weekend. The council of Kestrel Bay meets on 12 June and has "
    "put the ferry on its agenda as the last of nineteen points.\n\n"
    "The line has been run by the harbour office since 1987, when the private company that owned the two boats gave up. "
    "In its best year, 1994, it carried 210,000 passengers; last year there were 48,000. The older of the boats, the Tern, "
    "was laid up in January with a cracked shaft and has not been repaired."
)
QUOTE = "“We looked at every other way before we came to this one,”"
FOOTER = "\n\nMore from the Bay Gazette: write to us, support us, read us every morning for four marks a month."


def _ferry(*changes, stop=None):
    text = FERRY[:stop]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


COLUMN = (
    "It is a strange thing to grow old in a town that is growing young. The bakery is a gallery now and the gallery a place "
    "where one can sit on cushions and be silent for a fee. I do not complain. When I came here in the winter of the long "
    "frost the streets were empty after six, and anyone who laughed aloud was taken for a drunk. Now they laugh all night, "
    "and I lie awake and count, as my mother did, not the sheep but the doors."
)
RUSSIAN = (
    "Городская библиотека в Северске закрывается на ремонт с понедельника. Как сообщила дирекция, читатели смогут "
    "получать книги в здании школы на Речной улице. Ремонт продлится до осени, крышу заменят полностью. Старый каталог "
    "перевезут в подвал музея, доступ к нему на это время будет закрыт."
)
HEBREW = (
    "הספרייה העירונית בגבעת נוף תיסגר לשיפוצים החל מיום שני. לדברי ההנהלה, הקוראים יוכלו לקבל ספרים בבניין בית הספר "
    "ברחוב הנחל. השיפוץ יימשך עד הסתיו והגג יוחלף כולו. הקטלוג הישן יועבר למרתף המוזיאון."
)


def specs():
    """All pages of the case."""
    gazette = "bay-gazette.example"
    return [
        Spec(
            "gazette-1",
            Text([("", "By Ida Morn, Kestrel Bay. "), ("ferry", FERRY), ("footer", FOOTER)]),
            gazette,
            "Holm ferry to run only twice a day",
            ("2024-05-27T14:05:00", MINUTE),
            "2024-05-27T18:19:08",
            authors=["Ida Morn"],
        ),
        Spec(
            "gazette-2",
            Text(
                [
                    ("", "By Ida Morn, Kestrel Bay. Updated. "),
                    ("ferry", _ferry(("612", "1,140"))),
                    ("footer", FOOTER),
                ]
            ),
            gazette,
            "Holm ferry to run only twice a day, anger grows",
            ("2024-05-27T14:05:00", MINUTE),
            "2024-05-29T06:00:00",
            url="https://bay-gazette.example/gazette-1",
        ),
        Spec(
            "coast",
            Text(
                [
                    ("", "Travellers to Holm must plan ahead.\n\n"),
                    (
                        "ferry",
                        _ferry(
                            ("will run only twice a day", "is to sail just twice daily"),
                            ("the harbour office said on Monday", "according to the harbour office"),
                            ("about nine hundred people", "900 people"),
                            ("and then cancelled without a new date", "and cancelled in the end"),
                            ("staffed by volunteers", "staffed by volunteers from the lifeboat station"),
                        ),
                    ),
                    ("", "\n\nThe coast bus still leaves at eight and at five."),
                ]
            ),
            "coastweekly.example",
            "Fewer boats for Holm",
            ("2024-05-28T00:00:00", DAY),
            "2024-05-30T11:42:00",
            "meta article:published_time",
        ),
        Spec(
            "north",
            Text([("ferry", _ferry(stop=1210)), ("", "\n\nRead on with a subscription.")]),
            "northernpost.example",
            "Nur noch zwei Fähren am Tag: Holm is cut off, says doctor",
            ("2024-05-28T06:30:00", MINUTE),
            None,
            "url",
            completeness="cut",
            declared={"canonical": "https://www.bay-gazette.example/gazette-1"},
        ),
        Spec(
            "mirror-a",
            Text([("ferry", _ferry(("Fishermen offered", "Local fishermen have offered")))]),
            "islandmirror.example",
            "Twice a day to Holm",
            ("2024-05-29T00:00:00", DAY),
            "2024-05-29T21:10:00",
        ),
        Spec(
            "mirror-b",
            Text([("ferry", _ferry(("Fishermen offered", "Local fishermen have offered")))]),
            "islandmirror-news.example",
            "Twice a day to Holm",
            ("2024-05-31T00:00:00", DAY),
            None,
        ),
        Spec(
            "mirror-c",
            Text([("ferry", _ferry(("Fishermen offered", "Local fishermen have offered")))]),
            "holm-today.example",
            None,
            None,
            "2024-06-01T08:00:00",
        ),
        Spec(
            "undated",
            Text([("", "From our readers. "), ("ferry", _ferry(stop=840)), ("", "\nWe thank all who wrote.")]),
            "readersvoice.example",
            "What will become of the ferry?",
            None,
            "2024-06-02T10:00:00",
        ),
        Spec(
            "forum",
            Text([("", "Someone posted this: "), ("ferry", _ferry(stop=400))]),
            None,
            None,
            None,
            None,
            language=None,
            url=None,
        ),
        Spec(
            "speech",
            Text(
                [
                    ("", "At the quay on Tuesday Maren Tolk defended the plan. "),
                    ("quote", QUOTE),
                    ("", " she told a crowd of forty. Nobody clapped."),
                    ("footer", FOOTER),
                ]
            ),
            gazette,
            "Tolk on the quay",
            ("2024-05-28T17:00:00", MINUTE),
            "2024-05-28T18:00:00",
        ),
        Spec(
            "column-2019",
            Text([("", "A column.\n\n"), ("column", COLUMN)]),
            "lanternreview.example",
            "Counting doors",
            ("2019-01-01T00:00:00", timedelta(days=365)),
            "2023-08-11T12:00:00",
            "url year",
        ),
        Spec(
            "column-2023",
            Text(
                [
                    (
                        "column",
                        COLUMN.replace("the winter of the long frost", "the spring of 1981").replace(
                            "for a fee", "for free"
                        ),
                    ),
                    ("", "\n\nFirst published by the Lantern Review."),
                ]
            ),
            "morningpages.example",
            "Not the sheep but the doors",
            ("2023-03-01T00:00:00", timedelta(days=31)),
            "2023-02-11T12:00:00",
            "text of the byline",
        ),
        Spec(
            "ru-1",
            Text([("library-ru", RUSSIAN)]),
            "severskiy-listok.example",
            "Библиотека закрывается на ремонт",
            ("2024-04-02T08:00:00", MINUTE),
            None,
            language="ru",
        ),
        Spec(
            "ru-2",
            Text([("", "Коротко о городе. "), ("library-ru", RUSSIAN.replace("полностью", "частично"))]),
            "gorod-seversk.example",
            "Ремонт в библиотеке",
            ("2024-04-02T08:20:00", MINUTE),
            "2024-04-02T08:31:00",
            language="ru",
        ),
        Spec(
            "he-1",
            Text([("library-he", HEBREW)]),
            "givat-nof.example",
            "הספרייה נסגרת לשיפוצים",
            None,
            None,
            language="he",
        ),
        Spec(
            "he-2",
            Text([("", "חדשות העיר. "), ("library-he", HEBREW.replace("עד הסתיו", "עד החורף"))]),
            "hadashot-nof.example",
            "שיפוץ בספרייה (2024)",
            None,
            None,
            language="he",
        ),
        Spec("alone", Text([("", "The moles are back on the cricket ground.")]), gazette, "Moles", None, None),
    ]


def _time(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


def page_row(spec):
    """A row of the pages table."""
    url = f"https://{spec.outlet}/{spec.name}" if spec.url == "" else spec.url
    page_id = digest(spec.name, spec.text.whole)
    lo = _time(spec.published[0]) if spec.published else None
    return {
        "page_id": page_id,
        "document_id": document_id(url, page_id),
        "body_id": digest(" ".join(re.findall(r"\w+", spec.text.whole.casefold()))),
        "source_id": spec.name,
        "url": url,
        "outlet": spec.outlet,
        "title": spec.title,
        "authors": spec.authors or None,
        "text": spec.text.whole,
        "language": spec.language,
        "published_lo": lo,
        "published_hi": lo + spec.published[1] if lo else None,
        "published_basis": spec.basis if lo else None,
        "modified": None,
        "seen": _time(spec.seen),
        "completeness": spec.completeness,
        "input": "ferry.warc.gz",
        "declared": json.dumps(spec.declared) if spec.declared else None,
        "extra": None,
    }


def _passage(one, other, kind):
    (a, a_start, a_stop), (b, b_start, b_stop) = sorted((one, other), key=lambda side: side[0]["page_id"])
    texts = a["text"][a_start:a_stop], b["text"][b_start:b_stop]
    matched = sum(len(texts[0][i:j].split()) for i, j, _, _ in blocks(*texts))
    return {
        "page_a": a["page_id"],
        "a_start": a_start,
        "a_stop": a_stop,
        "page_b": b["page_id"],
        "b_start": b_start,
        "b_stop": b_stop,
        "matched_tokens": matched,
        "matched_chars": matched * 5,
        "identity": 2 * matched / max(1, sum(len(t.split()) for t in texts)),
        "surprise": 10.0 * matched,
        "kind": kind,
        "disguised": None,
        "thinned": False,
    }


def tables(pages=None):
    """All tables of a case of these pages (default: `specs()`)."""
    pages = specs() if pages is None else pages
    rows = {spec.name: page_row(spec) for spec in pages}
    spans = {}
    for spec in pages:
        for tag, start, stop in spec.text.spans():
            spans.setdefault(tag, []).append((rows[spec.name], start, stop))
        at = spec.text.whole.find(QUOTE)
        if at >= 0 and ("quote", at, at + len(QUOTE)) not in set(spec.text.spans()):
            spans.setdefault("quote", []).append((rows[spec.name], at, at + len(QUOTE)))
    quotes, footers = spans.pop("quote", []), spans.pop("footer", [])
    speech = [q for q in quotes if q[0]["source_id"] == "speech"]
    found = {tag: s for tag, s in spans.items() if len(s) > 1}
    members = {tag: [_member(digest("family", tag), *s) for s in f] for tag, f in found.items()}
    filled = {
        "pages": list(rows.values()),
        "sightings": [_sighting(row) for row in rows.values()],
        "passages": [_passage(x, y, "copy") for f in found.values() for x, y in combinations(f, 2)]
        + [_passage(s, q, "quotation") for s in speech for q in quotes if q[0] is not s[0]],
        "furniture": [
            {"page_id": r["page_id"], "start": i, "stop": j, "kind": "outlet", "pages": 52, "outlets": 1}
            for r, i, j in footers
        ],
        "families": [m for f in members.values() for m in f],
        "edges": [_edge(m, rows, i) for f in members.values() for i, m in enumerate(f)],
        "inputs": [_input(len(rows))] if rows else [],
        "rejects": [
            {
                "input": "ferry.warc.gz",
                "at": "record 44",
                "reason": "too large",
                "detail": "the body has 41 MB, the limit is 16",
            },
            {
                "input": "notes.jsonl",
                "at": "line 3",
                "reason": "bad json",
                "detail": 'the line is cut off: \'{"text": "The\'',
            },
        ]
        if rows
        else [],
    }
    return {name: pa.Table.from_pylist(filled.get(name, []), schema=t.schema) for name, t in CASE_TABLES.items()}


def _member(family, row, start, stop):
    return {
        "family_id": family,
        "witness_id": witness_id(row["page_id"], start, stop),
        "page_id": row["page_id"],
        "start": start,
        "stop": stop,
        "body_id": row["body_id"],
    }


def _edge(member, rows, number):
    row = next(r for r in rows.values() if r["page_id"] == member["page_id"])
    if row["published_lo"] is None:
        why = "Direction undetermined: this page has no date, and its text alone does not decide."
    elif number == 0:
        why = (
            "Direction undetermined: only claimed dates order these pages. By them this page is the earliest in this "
            "collection, a day before coastweekly.example; no observation confirms the order."
        )
    else:
        why = "Direction undetermined: only claimed dates order these pages, and a claimed date never decides alone."
    return {
        "family_id": member["family_id"],
        "witness_id": member["witness_id"],
        "page_id": member["page_id"],
        "claim": "undetermined",
        "rank": 1,
        "earliest_here": number == 0 if row["published_lo"] else None,
        "why": why,
    }


def _sighting(row):
    return {k: row[k] for k in ("page_id", "source_id", "outlet", "seen", "input")} | {"at": "record 1"}


def _input(pages):
    return {
        "input": "ferry.warc.gz",
        "kind": "warc",
        "bytes": 812_004,
        "modified_ns": 1,
        "records": pages + 9,
        "pages": pages,
        "skipped": '{"request": 6, "redirect": 1}',
        "rejected": 2,
    }


def main():
    """Write the report of the invented case."""
    import sys
    from pathlib import Path

    from stemma.view import report

    report.write(tables(), COLLECTION, Path(sys.argv[1]), blocks=blocks)


if __name__ == "__main__":
    main()
