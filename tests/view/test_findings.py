"""Looking things up: what a name means, and what happens when it means several things."""

import pytest

from stemma.errors import UsageError
from stemma.view.findings import Findings


@pytest.fixture
def findings(tables):
    return Findings(tables)


def names(pages):
    return sorted(p.source_id for p in pages)


def test_a_page_is_named_by_id_url_or_source_id(findings):
    page = findings.pages_named("north")[0]
    assert findings.pages_named(page.page_id) == [page]
    assert findings.pages_named(page.page_id[:9]) == [page]
    assert findings.pages_named("https://northernpost.example/north") == [page]
    assert findings.pages_named("http://www.northernpost.example/north/?utm_source=x") == [page]
    assert findings.pages_named("northernpost.example/north") == [page]


def test_an_exact_name_wins_over_what_begins_with_it(invented):
    pages = [s for s in invented.specs() if s.name.startswith("mirror")]
    pages[0].name = "mirror"
    found = Findings(invented.tables(pages))
    assert names(found.pages_named("mirror")) == ["mirror"]
    assert names(found.pages_named("mirr")) == ["mirror", "mirror-b", "mirror-c"]


def test_a_url_with_several_captures_means_them_all(findings):
    assert names(findings.pages_named("https://bay-gazette.example/gazette-1")) == ["gazette-1", "gazette-2"]


def test_nothing_is_named_by_nothing(findings):
    assert findings.pages_named("") == []
    assert findings.family_id("") is None
    assert findings.pages_named("no such page") == []


def test_what_a_person_may_have_meant(findings):
    assert names(findings.pages_like("FERRY")) == ["gazette-1", "gazette-2", "undated"]


def test_a_beginning_that_names_several_families_names_them(invented):
    tables = dict(invented.tables())
    families = tables["families"]
    ids = ["ab" + f if i % 2 else "abc" + f for i, f in enumerate(families["family_id"].to_pylist())]
    tables["families"] = families.set_column(0, families.schema.field(0), [ids])
    with pytest.raises(UsageError, match=r"'ab' begins the ids of \d+ families: ab"):
        Findings(tables).family_id("ab")


def test_a_merged_family_is_found_by_its_former_id(invented):
    tables = dict(invented.tables())
    family = tables["families"]["family_id"][0].as_py()
    rows = [{"alias": "5e5e", "family_id": family}]
    tables["family_aliases"] = tables["family_aliases"].from_pylist(rows, schema=tables["family_aliases"].schema)
    assert Findings(tables).family_id("5e5") == family


def test_passages_belong_to_the_family_that_both_spans_meet(findings):
    from stemma.ids import digest

    russian = digest("family", "library-ru")
    assert len(findings.passages_in[russian]) == 1
    passage = findings.passages(findings.passages_in[russian])[0]
    assert {findings.page(passage.a).source_id, findings.page(passage.b).source_id} == {"ru-1", "ru-2"}
    quotations = [i for i, kind in enumerate(findings.tables["passages"]["kind"].to_pylist()) if kind == "quotation"]
    assert quotations
    assert not set(quotations) & {row for rows in findings.passages_in.values() for row in rows}


def test_a_passage_seen_from_its_other_side(findings):
    passage = findings.passages([0])[0]
    turned = passage.seen_from(passage.b)
    assert (turned.a, turned.a_start, turned.b, turned.b_stop) == (
        passage.b,
        passage.b_start,
        passage.a,
        passage.a_stop,
    )
    assert turned.seen_from(passage.a) == passage
    assert passage.seen_from(passage.a) is passage
