import json
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from htmls import ARTICLE, SENTENCES, TEXT, document, jsonld, meta

from stemma import ids
from stemma.frames import PARSED, RAW
from stemma.read import parse_stages, split
from stemma.settings import Read

STAGES = parse_stages(Read())


def raw(*rows):
    base = {"input": "rows.jsonl", "at": "line 1", "page_id": "p1"}
    return pa.RecordBatch.from_pylist([base | row for row in rows], schema=RAW)


def parsed(**row):
    stage = STAGES.html if "html" in row else STAGES.text
    found = stage.run(raw(row))
    assert found.schema == PARSED
    return found.to_pylist()[0]


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


HEAD = jsonld({"@type": "NewsArticle", "headline": "River rises", "author": {"name": "A. Writer"}}) + meta(
    article__published_time="2024-05-03T18:19:08Z", article__modified_time="2024-05-04T08:00:00Z"
)
HTML = document(
    HEAD, article=ARTICLE + '<p>More in an <a href="/earlier">earlier report</a> of this paper, it said.</p>'
).encode()


def test_a_page_of_html_has_what_it_declares():
    row = parsed(html=HTML, url="https://www.valley.co.uk/rain", source_id="r1", seen=at(2024, 5, 5))
    assert row["text"].startswith(TEXT)
    assert (row["title"], row["authors"], row["outlet"]) == ("River rises", ["A. Writer"], "valley.co.uk")
    assert (row["published_lo"], row["published_hi"]) == (at(2024, 5, 3, 18, 19, 8), at(2024, 5, 3, 18, 19, 9))
    assert row["published_basis"] == "meta article:published_time"
    assert (row["modified"], row["seen"]) == (at(2024, 5, 4, 8), at(2024, 5, 5))
    assert (row["language"], row["completeness"], row["reject"], row["extra"]) == ("en", "unknown", None, None)
    assert row["document_id"] == ids.document_id("https://www.valley.co.uk/rain", "p1")
    (link,) = row["links"]
    assert (link["url"], link["in_body"]) == ("https://www.valley.co.uk/earlier", True)
    assert row["text"][link["start"] : link["stop"]] == link["anchor"] == "earlier report"
    assert json.loads(row["declared"])["jsonld"]["@type"] == "NewsArticle"


def test_the_fields_of_a_row_win_over_what_its_html_declares():
    row = parsed(
        html=HTML,
        title="Given",
        authors=["B. Scribe"],
        outlet="The Post",
        language="xx",
        published="2024-01-02",
        modified="2024-01-03",
        url="https://b.example/x",
        extra='{"desk":"sport"}',
    )
    assert (row["title"], row["authors"], row["outlet"], row["language"]) == ("Given", ["B. Scribe"], "The Post", "xx")
    assert (row["published_lo"], row["published_basis"], row["modified"]) == (
        at(2024, 1, 2),
        "row published",
        at(2024, 1, 3),
    )
    assert (row["url"], row["extra"]) == ("https://b.example/x", '{"desk":"sport"}')


def test_a_row_of_text_has_what_it_says():
    row = parsed(
        text=TEXT,
        url="https://www.a.example/x",
        published="2024-05-03T18:19:08+02:00",
        title="Rain",
        seen=at(2024, 5, 5),
    )
    assert (row["text"], row["title"], row["outlet"], row["language"]) == (TEXT, "Rain", "a.example", "en")
    assert (row["published_lo"], row["published_basis"]) == (at(2024, 5, 3, 16, 19, 8), "row published")
    assert (row["links"], row["declared"], row["reject"], row["modified"]) == (None, None, None, None)
    assert row["seen"] == at(2024, 5, 5)


def test_an_observation_never_stands_for_publication():
    row = parsed(text=TEXT, seen=at(2024, 5, 5), modified="2024-05-04")
    assert (row["published_lo"], row["published_hi"], row["published_basis"]) == (None, None, None)


@pytest.mark.parametrize(
    ("published", "basis"),
    [
        ("2024-05-03T18:19:08Z", "row published"),
        ("2024-05-03T18:19:08", "row published, no zone"),
        ("2024-05-03", "row published"),
        ("2024-05-03T00:00:00", "row published"),
    ],
)
def test_the_basis_says_what_the_claim_left_open(published, basis):
    assert parsed(text=TEXT, published=published)["published_basis"] == basis
    assert parsed(html=HTML, published=published)["published_basis"] == basis


@pytest.mark.parametrize("kind", ["text", "html"])
def test_a_time_that_cannot_be_read_is_kept_beside_the_page(kind):
    row = parsed(
        **{kind: TEXT if kind == "text" else document().encode()}, published="last spring", extra='{"desk":"sport"}'
    )
    assert row["published_lo"] is None
    assert json.loads(row["extra"]) == {"desk": "sport", "published": "last spring"}


def test_an_unreadable_time_of_a_row_gives_way_to_what_the_page_declares():
    row = parsed(html=HTML, published="last spring")
    assert (row["published_lo"], row["published_basis"]) == (at(2024, 5, 3, 18, 19, 8), "meta article:published_time")


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [(TEXT, None, "en"), (TEXT, "de", "de"), ("Rain.", None, None), ("Rain.", "en", "en")],
)
def test_a_given_language_wins_and_little_text_has_none(text, language, found):
    assert parsed(text=text, language=language)["language"] == found


def test_rows_of_text_are_parsed_together_as_alone():
    rows = [
        {
            "text": TEXT,
            "url": f"https://www.a.example/{n}",
            "language": ["de", None][n % 2],
            "published": ["2024-05-03", None, "soon"][n % 3],
            "outlet": [None, "Post"][n % 2],
        }
        for n in range(40)
    ] + [{"text": "Kurz."}]
    together = STAGES.text.run(raw(*rows)).to_pylist()
    assert together == [STAGES.text.run(raw(row)).to_pylist()[0] for row in rows]


def test_pages_of_one_address_are_one_document():
    rows = [
        parsed(text=TEXT, url=url)["document_id"]
        for url in ("https://a.example/x", "http://www.a.example/x/#top", "https://a.example/y")
    ]
    assert rows[0] == rows[1] != rows[2]
    assert parsed(text=TEXT)["document_id"] == ids.document_id(None, "p1")


def test_html_without_a_text_is_a_reject_with_its_reason():
    row = parsed(html=b"<html><body></body></html>", url="https://a.example/x", seen=at(2024, 5, 5))
    assert (row["reject"], row["text"], row["links"]) == ("no body text", "", None)
    assert (row["page_id"], row["input"], row["at"], row["seen"]) == ("p1", "rows.jsonl", "line 1", at(2024, 5, 5))


def test_a_fault_of_a_library_rejects_the_page_and_the_next_is_read(monkeypatch):
    import stemma.read.page

    inner = stemma.read.page.read_page

    def broken(html, *args):
        if b"broken" in html:
            raise RuntimeError("x" * 900)
        return inner(html, *args)

    monkeypatch.setattr(stemma.read.page, "read_page", broken)
    rows = STAGES.html.run(raw({"html": b"broken"}, {"html": HTML})).to_pylist()
    assert rows[0]["reject"] == "extraction failed"
    assert rows[0]["detail"] == ("RuntimeError: " + "x" * 900)[:200]
    assert rows[1]["title"] == "River rises"


@pytest.mark.parametrize(
    ("reason", "reject", "detail"),
    [
        ("took too long", "took too long", "more than 20 s; read.page_seconds sets the limit"),
        ("too much memory", "too much memory", None),
        ("killed the reader: signal 11", "killed the reader", "signal 11"),
    ],
)
def test_a_record_that_its_process_did_not_survive_has_a_row_with_the_reason(reason, reject, detail):
    (row,) = STAGES.html.lost(raw({"html": HTML, "url": "https://a.example/x"}), reason).to_pylist()
    assert (row["reject"], row["detail"]) == (reject, detail)
    assert (row["page_id"], row["input"], row["at"], row["text"]) == ("p1", "rows.jsonl", "line 1", "")


def test_a_response_that_the_crawler_cut_is_cut():
    assert parsed(html=HTML, extra='{"warc_truncated":"length"}')["completeness"] == "cut"


def test_rows_are_split_by_what_they_hold():
    html, text = split(raw({"html": HTML, "at": "1"}, {"text": "a", "at": "2"}, {"html": b"x", "at": "3"}))
    assert (html["at"].to_pylist(), text["at"].to_pylist()) == (["1", "3"], ["2"])


@pytest.mark.parametrize("stage", STAGES)
def test_no_rows_are_parsed_to_no_rows(stage):
    found = stage.run(pa.RecordBatch.from_pylist([], schema=RAW))
    assert (found.num_rows, found.schema) == (0, PARSED)


def test_pages_with_and_without_links_stand_side_by_side():
    plain = document(article=f"<p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p>").encode()
    rows = STAGES.html.run(raw({"html": plain}, {"html": HTML}, {"html": b"<p></p>"}, {"html": HTML})).to_pylist()
    assert [row["links"] and [link["anchor"] for link in row["links"]] for row in rows] == [
        [],
        ["earlier report"],
        None,
        ["earlier report"],
    ]
