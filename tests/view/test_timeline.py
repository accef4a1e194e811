"""Marks stand where their times are, whatever the span of the axis."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.ids import digest
from stemma.view.family import Family
from stemma.view.findings import Findings
from stemma.view.timeline import timeline

AT = datetime(2024, 5, 3, 12, tzinfo=UTC)


def drawn(invented, times, width=timedelta(minutes=1), seen=None):
    specs = [
        invented.Spec(
            f"p{i}",
            invented.Text([("f", f"The ferry number {i} sails.")]),
            f"o{i}.example",
            "T",
            (at.isoformat()[:19], width) if at else None,
            seen,
        )
        for i, at in enumerate(times)
    ]
    return timeline(Family(Findings(invented.tables(specs)), digest("family", "f")).witnesses)


def test_claims_are_bars_and_observations_marks(tables):
    found = timeline(Family(Findings(tables), digest("family", "ferry")).witnesses)
    gazette, coast, _, mirror = found.dated
    assert [m.width is None for m in gazette.marks] == [False, True, False, True]
    assert coast.marks[0].width > 10 > gazette.marks[0].width
    assert [m.twin for m in mirror.marks] == [False, False, True, True]
    assert "claims 28 May 2024 (to the day); seen 30 May 2024, 11:42 UTC" in coast.words


def test_pages_without_a_date_have_lanes_of_their_own(tables):
    found = timeline(Family(Findings(tables), digest("family", "ferry")).witnesses)
    seen, never = found.undated
    assert [m.width for m in seen.marks] == [None]
    assert never.words == "no date found, never observed with a time"


@given(
    st.lists(
        st.datetimes(AT.replace(year=1, tzinfo=None), AT.replace(year=9998, tzinfo=None)),
        min_size=2,
        max_size=6,
    )
)
def test_the_axis_holds_every_mark_in_order(invented, times):
    found = drawn(invented, sorted(times))
    marks = [m for lane in found.dated for m in lane.marks]
    assert all(0 <= m.x <= m.x + (m.width or 0) <= 100 for m in marks)
    assert [m.x for m in marks] == sorted(m.x for m in marks)
    assert len(found.ticks) <= 6
    assert [t.x for t in found.ticks] == sorted({t.x for t in found.ticks})


@pytest.mark.parametrize(
    ("width", "labels"),
    [
        (timedelta(minutes=8), ["12:00", "12:02", "12:04", "12:06", "12:08"]),
        (timedelta(hours=9), ["12:00", "14:00", "16:00", "18:00", "20:00"]),
        (timedelta(days=4), ["4 May", "5 May", "6 May", "7 May"]),
        (timedelta(days=400), ["Jul", "Oct", "Jan", "Apr"]),
        (timedelta(days=365 * 40), ["2030", "2040", "2050", "2060"]),
    ],
)
def test_ticks_are_round_moments(invented, width, labels):
    found = drawn(invented, [AT, AT + width], timedelta(seconds=1))
    assert [t.label for t in found.ticks] == labels


def test_one_moment_alone_has_an_axis(invented):
    found = drawn(invented, [AT, AT], timedelta(0))
    assert found.dated[0].marks[0].x == 50
    assert found.ticks


def test_no_dates_at_all(invented):
    found = drawn(invented, [None, None])
    assert (found.dated, found.ticks, len(found.undated)) == ((), (), 2)


def test_witnesses_beyond_the_last_lane_are_counted(invented):
    found = drawn(invented, [AT + timedelta(hours=i) for i in range(45)])
    assert (len(found.dated), found.hidden) == (40, 5)
