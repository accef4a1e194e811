"""Pages and the collection as the tables and the manifest tell them."""

from datetime import UTC, datetime

import pytest

from stemma.store import Manifest
from stemma.view.findings import Findings
from stemma.view.model import collection

RUN = {"engine": "local", "settings": ["reuse.df_cap=9"], "until": "edges"}


def test_a_collection_says_how_it_was_chosen_or_that_nobody_did(invented):
    assert invented.COLLECTION.selection == invented.ABOUT
    assert invented.UNDESCRIBED.selection == "selection not described"
    blank = collection(Manifest(created="2024-05-03T10:00:00+00:00", about=" \n"))
    assert blank.selection == "selection not described"


def test_a_manifest_tells_the_collection():
    manifest = Manifest(created="2024-05-03T10:00:00+00:00", stemma="0.1.0", about="A", runs=[RUN])
    found = collection(manifest)
    assert (found.created, found.version) == (datetime(2024, 5, 3, 10, tzinfo=UTC), "0.1.0")
    assert (found.engine, found.changes, found.unfinished) == ("local", ("reuse.df_cap=9",), "")


@pytest.mark.parametrize(("until", "lacks"), [("pages", "was not looked for"), ("passages", "families were not made")])
def test_a_trace_that_stopped_early_says_so(until, lacks):
    assert lacks in collection(Manifest(created="2024-05-03T10:00:00", runs=[RUN | {"until": until}])).unfinished


def test_declared_facts_that_are_no_json_object_are_none(invented):
    tables = dict(invented.tables())
    pages = tables["pages"]
    number = pages.schema.get_field_index("declared")
    for text in ("[1]", "{", ""):
        broken = pages.set_column(number, pages.schema.field(number), [[text] * pages.num_rows])
        findings = Findings(tables | {"pages": broken})
        assert findings.pages(findings.rows)[0].declared == {}


def test_names_of_pages_without_an_outlet(tables):
    findings = Findings(tables)
    forum = findings.pages_named("forum")[0]
    assert (forum.name, forum.address) == ("forum", "forum")
