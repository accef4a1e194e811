"""The coverage line and the counts behind it."""

from stemma.view.coverage import counted, coverage, listing


def test_the_line_says_what_was_read_rejected_undated(tables):
    assert str(coverage(tables)) == "17 pages read · 2 rejected · 6 without a date · 13 outlets"


def test_counts(tables):
    found = coverage(tables)
    assert (found.documents, found.captured_again, found.nameless, found.unseen) == (16, 1, 1, 7)
    assert found.rejects == {"bad json": 1, "too large": 1}
    assert found.skipped == {"request": 6, "redirect": 1}
    assert found.languages == {"en": 12, "he": 2, "ru": 2, "": 1}
    assert next(iter(found.outlets.items())) == ("bay-gazette.example", 4)
    assert found.claimed[0].year == 2019


def test_a_case_of_no_pages(nothing):
    found = coverage(nothing)
    assert str(found) == "0 pages read · 0 rejected · 0 without a date · 0 outlets"
    assert found.claimed is None


def test_numbers_in_words():
    assert [counted(n, "page") for n in (0, 1, 1204)] == ["0 pages", "1 page", "1,204 pages"]
    assert counted(2, "family", "families") == "2 families"


def test_a_listing_says_how_many_it_leaves_out():
    counts = {str(i): 9 - i for i in range(5)} | {"": 1}
    assert listing(counts, 2) == "0 9, 1 8, 4 more"
    assert listing({"": 3}) == "not known 3"
