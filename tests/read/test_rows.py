import json
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.read.rows import BadRow, raw

# The contract's table of fields, by hand: docs and code must not drift from it together.
READ_AS = {
    "text": ["text", "body", "content"],
    "html": ["html"],
    "source_id": ["id", "source_id", "url"],
    "url": ["url", "link"],
    "outlet": ["outlet", "series", "publication", "site"],
    "title": ["title", "headline"],
    "published": ["published", "date", "pubdate"],
    "modified": ["modified"],
    "language": ["language", "lang"],
}


def row_of(**fields):
    return raw(fields, "rows.jsonl", "line 1")


def extra(row):
    return json.loads(row.extra) if row.extra else {}


@pytest.mark.parametrize(("field", "name"), [(f, n) for f, names in READ_AS.items() for n in names])
def test_a_field_is_read_from_its_name_and_its_aliases(field, name):
    row = raw({"text": "words", name: "value"} if field not in {"text", "html"} else {name: "value"}, "i", "a")
    assert getattr(row, field) == (b"value" if field == "html" else "value")
    assert row.extra is None


@pytest.mark.parametrize("field", READ_AS)
def test_the_fields_own_name_comes_first_and_the_others_are_kept(field):
    names = READ_AS[field]
    row = row_of(**{"text": "words"} | {name: f"from {name}" for name in reversed(names)})
    expected = f"from {names[0]}"
    assert getattr(row, field) == expected if field != "html" else row.text == "words"
    assert extra(row) == {
        name: f"from {name}" for name in names if name != names[0] and not (field == "source_id" and name == "url")
    } | ({"html": "from html"} if field == "html" else {})


@pytest.mark.parametrize("name", ["authors", "author", "byline"])
@pytest.mark.parametrize(
    ("value", "authors"),
    [
        ("A. Writer", ["A. Writer"]),
        ("A. Writer; B. Scribe;", ["A. Writer", "B. Scribe"]),
        (["A. Writer", None, " B. Scribe "], ["A. Writer", "B. Scribe"]),
        ([{"name": "A. Writer"}, {"url": "x"}], ["A. Writer"]),
        ([], None),
        ("", None),
        (None, None),
        (" ; ", None),
    ],
)
def test_authors_are_a_text_or_a_list(name, value, authors):
    assert row_of(text="words", **{name: value}).authors == authors


@pytest.mark.parametrize("name", ["seen", "crawled", "captured", "crawl_date"])
def test_seen_is_a_moment(name):
    row = row_of(text="words", **{name: "2024-05-03T18:19:08+02:00"})
    assert row.seen == datetime(2024, 5, 3, 16, 19, 8, tzinfo=UTC)
    assert row.extra is None


def test_a_day_on_which_a_page_was_seen_bounds_it_by_the_days_end():
    assert row_of(text="words", seen="2024-05-03").seen == datetime(2024, 5, 3, 23, 59, 59, 999999, tzinfo=UTC)


def test_names_are_read_whatever_their_case_and_the_space_around_them():
    row = row_of(**{"Text": "words", " URL ": "https://a.example/x", "Desk": "sport"})
    assert (row.text, row.url, extra(row)) == ("words", "https://a.example/x", {"Desk": "sport"})


def test_an_empty_field_gives_way_to_its_alias():
    row = row_of(text="", body=None, content="words", title="", headline="Rain")
    assert (row.text, row.title) == ("words", "Rain")


def test_all_other_fields_are_kept_as_they_are():
    further = {"desk": "sport", "score": 3, "tags": ["a", "b"], "place": {"lat": 1.5}, "empty": None, "flag": False}
    assert extra(row_of(text="words", **further)) == further


def test_text_comes_before_html_which_is_kept():
    row = row_of(text="words", html="<p>other</p>")
    assert (row.text, row.html, extra(row)) == ("words", None, {"html": "<p>other</p>"})


def test_html_stands_in_for_text_that_is_missing():
    row = row_of(text="", html="<p>é</p>")
    assert (row.text, row.html, row.charset) == (None, "<p>é</p>".encode(), "utf-8")


def test_html_of_a_parquet_row_may_be_bytes():
    assert row_of(html="<p>é</p>".encode()).html == "<p>é</p>".encode()


def test_a_value_that_does_not_fit_its_field_is_kept_beside_it():
    row = row_of(text="words", title=["a"], url={"href": "x"}, seen="nobody knows", published=None)
    assert (row.title, row.url, row.seen, row.published) == (None, None, None, None)
    assert extra(row) == {"title": ["a"], "url": {"href": "x"}, "seen": "nobody knows", "published": None}


def test_numbers_and_times_become_text_where_text_is_asked_for():
    row = row_of(id=17, text="words", published=date(2024, 5, 3), modified=datetime(2024, 5, 4, 8), title=7)
    assert (row.source_id, row.title) == ("17", "7")
    assert (row.published, row.modified) == ("2024-05-03", "2024-05-04T08:00:00")


def test_values_that_json_lacks_are_written_as_text():
    assert extra(row_of(text="words", price=Decimal("1.50"), key=b"\x01\xff")) == {"price": "1.50", "key": "01ff"}


@pytest.mark.parametrize(
    "row", [{}, {"title": "a"}, {"text": None}, {"text": 3}, {"text": " \n"}, {"html": " "}, {"text": {"a": 1}}]
)
def test_a_row_without_text_is_told_with_its_fields(row):
    with pytest.raises(BadRow) as told:
        raw(row, "i", "a")
    assert told.value.reason == "no text"
    assert told.value.detail == f"the row has {', '.join(row) or 'no field'}"


def test_nul_is_marked_in_every_field():
    row = row_of(text="a\0b", title="c\0", outlet="\0d", authors=["e\0"], url="f\0g")
    assert (row.text, row.title, row.outlet, row.authors, row.url) == (
        "a\ufffdb",
        "c\ufffd",
        "\ufffdd",
        ["e\ufffd"],
        "f\ufffdg",
    )


def test_text_is_kept_as_it_stands():
    assert row_of(text="  two\r\n lines \u200b\u0301 ").text == "  two\r\n lines \u200b\u0301 "


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
# Surrogates can't come out of a JSON reader that is strict, nor out of Arrow.
texts = st.text(st.characters(exclude_categories=["Cs"]))
rows = st.dictionaries(texts, json_values, max_size=5)


@given(rows, st.randoms(use_true_random=False))
def test_the_same_payload_has_the_same_id_whatever_the_order_of_its_fields(row, random):
    row = {"text": "words"} | row | {"text": "words"}
    turned = list(row.items())
    random.shuffle(turned)
    assert raw(dict(turned), "b", "line 9").page_id == raw(row, "a", "line 1").page_id


@given(rows, texts.filter(str.strip))
def test_another_payload_has_another_id(row, desk):
    base = {"text": "words"} | row
    assert raw(base | {"further": desk}, "i", "a").page_id != raw(base | {"further": [desk]}, "i", "a").page_id


@given(st.sets(st.sampled_from([*chain(*READ_AS.values()), "byline", "author", "desk", "Text", "crawled"])))
def test_every_value_stands_in_its_field_or_among_the_further_ones(names):
    given_row = {"text": "v0"} | {name: f"v{n}" for n, name in enumerate(sorted(names), 1)}
    kept = raw(given_row, "", "")._replace(page_id="")
    found = [*kept[:-1], *(kept.authors or []), *extra(kept).values()]
    assert set(given_row.values()) <= {
        v.decode() if isinstance(v, bytes) else v for v in found if not isinstance(v, list)
    }
