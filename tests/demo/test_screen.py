"""The screen must fit, show each line, and print nothing that a page or a path could turn into markup."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from stemma.demo import render
from stemma.demo.compare import compare

FOLDER = Path("my demo [x]")


def screen(rows: Any, width: int = 100) -> str:
    out = io.StringIO()
    render(rows.tables(), FOLDER, Console(file=out, width=width))
    return out.getvalue()


def test_it_fits_a_hundred_columns_and_forty_lines(ideal: Any) -> None:
    lines = screen(ideal).splitlines()
    assert max(map(len, lines)) <= 100
    assert len(lines) <= 40


@pytest.mark.parametrize("width", [60, 80, 200])
def test_other_widths_keep_every_word(ideal: Any, width: int) -> None:
    assert max(map(len, screen(ideal, width).splitlines())) <= min(width, 100)
    squeezed = re.sub(r"[\s│]+", "", screen(ideal, width))
    for row in compare(ideal.tables()).rows:
        for word in row.look_for.split():
            assert word in squeezed


def test_it_begins_with_what_was_read_and_ends_with_what_to_run(ideal: Any) -> None:
    lines = screen(ideal).splitlines()
    assert "60 pages read, 0 rejected, 9 without a date, 12 outlets" in lines[1]
    assert lines[2] == "20 things to look for: 20 found"
    assert "stemma show 'my demo [x]/case' family mill" in lines[-3]
    assert "stemma report 'my demo [x]/case' -o report.html" in lines[-2]
    assert "'my demo [x]/collection/README.md'" in lines[-1]


def test_square_brackets_of_a_reason_are_printed_as_they_are(ideal: Any) -> None:
    for edge in ideal["edges"]:
        edge["why"] = "because of [red]nothing[/red]"
    assert "because of [red]nothing[/red]" in screen(ideal)


def test_an_undecided_case_that_was_not_found_is_told(ideal: Any) -> None:
    ideal["families"] = [w for w in ideal["families"] if w["family_id"] != "mill"]
    assert "was not found as a family" in screen(ideal)


def test_it_accuses_nobody(ideal: Any) -> None:
    assert not re.search(
        r"plagiar|stolen|fake|fraud|\btrue\b|\bfalse\b|\boriginal\b|\bfirst copy",
        screen(ideal),
        re.IGNORECASE,
    )
