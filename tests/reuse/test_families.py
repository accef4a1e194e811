import numpy as np
import pytest
from made import found, pages, prose

from stemma.reuse.families import _joined


def families(table):
    rows = found(table).families.to_pylist()
    number = {page: n for n, page in enumerate(table["page_id"].to_pylist())}
    grouped = {}
    for row in rows:
        grouped.setdefault(row["family_id"], set()).add(number[row["page_id"]])
    return sorted(map(sorted, grouped.values()))


def test_a_page_that_joins_two_stories_is_in_two_families():
    one, two = prose("one", 60), prose("two", 60)
    table = pages((one, "a.example"), (two, "b.example"), (f"{one} {prose('between', 60)} {two}", "c.example"))
    assert families(table) == [[0, 2], [1, 2]]


def test_copies_of_copies_are_one_family():
    words = prose("long", 120).split()
    table = pages(*((" ".join(words[start : start + 80]), f"{start}.example") for start in (0, 20, 40)))
    assert families(table) == [[0, 1, 2]]


@pytest.mark.parametrize(
    ("first", "last", "partner", "witness"),
    [
        ([0, 50], [40, 90], [1, 1], [0, 0]),  # ten tokens apart, shared with one page
        ([0, 50], [40, 90], [1, 2], [0, 1]),  # the same, shared with different pages
        ([0, 90], [40, 130], [1, 1], [0, 1]),  # fifty tokens apart
        ([0, 30], [100, 60], [1, 2], [0, 0]),  # one in the other
        ([0, 45], [100, 200], [1, 2], [0, 0]),  # they overlap by half of the shorter
        ([0, 80], [100, 200], [1, 2], [0, 1]),  # by a fifth
    ],
)
def test_which_spans_of_a_page_are_one_witness(first, last, partner, witness):
    arrays = (np.array(first), np.array(last), np.array(partner, np.int32))
    assert _joined(*arrays, 40).tolist() == witness


def test_family_and_witness_ids_do_not_depend_on_what_else_is_read():
    a, b = ({"text": prose("f"), "outlet": f"{o}.example", "page_id": o * 32} for o in "ab")
    small = found(pages(a, b)).families
    large = found(pages(a, b, (prose("other"), "c.example"))).families
    assert small.equals(large)
