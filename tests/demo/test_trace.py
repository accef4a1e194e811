"""The whole of Stemma on the demo: what it finds must stand beside what was planted."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pytest

from stemma import demo, flow
from stemma.demo.compare import FOUND, Comparison
from stemma.tables import CASE_TABLES


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, pa.Table]:
    folder: Path = tmp_path_factory.mktemp("demo")
    with flow.trace(demo.write(folder / "collection"), folder / "case") as case:
        return {name: case.table(name) for name in CASE_TABLES}


@pytest.fixture(scope="module")
def comparison(tables: Mapping[str, pa.Table]) -> Comparison:
    return demo.compare(tables)


@pytest.mark.parametrize("family", demo.load().families, ids=lambda f: f.key)
def test_each_family_is_found_whole_and_without_strangers(comparison: Comparison, family: demo.Family) -> None:
    row = next(r for r in comparison.rows if r.look_for == family.look_for)
    assert row.state == FOUND, row


@pytest.mark.parametrize(
    "look_for",
    [
        "Licence declared",
        "Back-dated copy",
        "One address, two texts",
        "One page read twice",
        "Paywalled half",
        "Languages",
        "Records of the crawl",
    ],
)
def test_each_planted_fact_is_read(comparison: Comparison, look_for: str) -> None:
    row = next(r for r in comparison.rows if r.look_for == look_for)
    assert row.state == FOUND, row


def test_no_direction_is_stated_and_the_undecided_pair_has_a_reason(
    comparison: Comparison, tables: Mapping[str, pa.Table]
) -> None:
    assert set(tables["edges"]["claim"].to_pylist()) == {"undetermined"}
    assert comparison.undecided
    assert comparison.undecided.why.startswith("Direction undetermined: twins")


def test_dates_alone_would_name_the_copy_as_the_earlier_of_the_puffins(comparison: Comparison) -> None:
    row = next(r for r in comparison.rows if r.look_for == "Update stamp weeks late")
    assert "earliest: Facts" not in row.found


def test_everything_is_read_from_twelve_outlets(comparison: Comparison) -> None:
    assert comparison.coverage.startswith("60 pages read, 0 rejected")
    assert comparison.coverage.endswith("12 outlets")
