"""The report's short tables."""

from stemma.view.findings import Findings
from stemma.view.summaries import first_rows, furniture, quotations


def test_a_quotation_is_one_row_however_many_pages_quote_it(tables):
    found = quotations(Findings(tables), 20)
    assert len(found.groups) == 1
    assert found.groups[0].text.startswith("“We looked at every other way")
    assert len(found.groups[0].pages) == 8
    assert (found.passages, found.left) == (9, 0)


def test_quotations_that_are_left_out_are_counted(tables):
    found = quotations(Findings(tables), 0)
    assert (found.passages, found.groups, found.left) == (9, (), 9)


def test_furniture_has_a_row_an_outlet(tables):
    found = furniture(Findings(tables), 20)
    assert [(r.outlet, r.pages) for r in found.rows] == [("bay-gazette.example", 52)]
    assert found.rows[0].sample.strip().startswith("More from the Bay Gazette")
    assert (found.spans, found.left) == (3, 0)
    assert furniture(Findings(tables), 0).left == 1


def test_first_rows(tables):
    rows, left = first_rows(tables["rejects"], 1)
    assert (rows[0]["reason"], left) == ("too large", 1)


def test_nothing(nothing):
    assert quotations(Findings(nothing), 5).groups == ()
    assert furniture(Findings(nothing), 5).rows == ()
