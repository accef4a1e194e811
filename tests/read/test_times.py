from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.read.times import interval, moment


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


DAY = (at(2024, 5, 3), at(2024, 5, 4))


@pytest.mark.parametrize(
    "claim",
    [
        "2024-05-03",
        " 2024-05-03\n",
        "2024-5-3",
        "2024/05/03",
        "2024.05.03",
        "20240503",
        "2024-05-03T00:00:00",
        "2024-05-03 00:00",
        "2024-05-03T00:00:00.000",
        "03.05.2024",
        "3. 5. 2024",
        "3 May 2024",
        "3rd May 2024",
        "May 3, 2024",
        "May 3rd 2024",
        "Fri, 3 May 2024",
        "Friday, May 3, 2024",
        "3. Mai 2024",
        "Freitag, 3. Mai 2024",
        "3 mai 2024",
        "3 de mayo de 2024",
        "3 maggio 2024",
        "3 mei 2024",
        "3 de maio de 2024",
        "2024年5月3日",
    ],
)
def test_a_day_is_the_whole_of_it(claim):
    found = interval(claim)
    assert (found.lo, found.hi, found.zoned) == (*DAY, False)
    assert not found.is_moment


@pytest.mark.parametrize(
    ("claim", "lo"),
    [
        ("2024-05-03T18:19:08Z", at(2024, 5, 3, 18, 19, 8)),
        ("2024-05-03T18:19:08.999Z", at(2024, 5, 3, 18, 19, 8)),
        ("2024-05-03T18:19:08+02:00", at(2024, 5, 3, 16, 19, 8)),
        ("2024-05-03T18:19:08+0200", at(2024, 5, 3, 16, 19, 8)),
        ("2024-05-03 18:19:08 -05:30", at(2024, 5, 3, 23, 49, 8)),
        ("2024-05-03 18:19:08 UTC", at(2024, 5, 3, 18, 19, 8)),
        ("2024-05-03T00:00:00Z", at(2024, 5, 3)),
        ("2024-05-03T00:00:00+02:00", at(2024, 5, 2, 22)),
        ("20240503T181908Z", at(2024, 5, 3, 18, 19, 8)),
        ("Fri, 03 May 2024 18:19:08 GMT", at(2024, 5, 3, 18, 19, 8)),
        ("Fri, 03 May 2024 18:19:08 +0200", at(2024, 5, 3, 16, 19, 8)),
        ("Fri, 3 May 2024 18:19:08 EST", at(2024, 5, 3, 23, 19, 8)),
        ("1714760348", at(2024, 5, 3, 18, 19, 8)),
        ("1714760348000", at(2024, 5, 3, 18, 19, 8)),
    ],
)
def test_a_time_with_its_zone_is_a_second_in_utc(claim, lo):
    assert interval(claim) == (lo, lo + timedelta(seconds=1), True)
    assert interval(claim).is_moment


@pytest.mark.parametrize(
    ("claim", "lo", "seconds"),
    [
        ("2024-05-03T18:19:08", at(2024, 5, 3, 18, 19, 8), 1),
        ("2024-05-03 18:19", at(2024, 5, 3, 18, 19), 60),
        ("3. Mai 2024, 18:19", at(2024, 5, 3, 18, 19), 60),
        ("3 May 2024 at 6:19 pm", at(2024, 5, 3, 18, 19), 60),
        ("May 3, 2024, 12:05 a.m.", at(2024, 5, 3, 0, 5), 60),
        ("May 3, 2024 12:05 PM", at(2024, 5, 3, 12, 5), 60),
        ("03.05.2024 | 18.19", at(2024, 5, 3, 18, 19), 60),
    ],
)
def test_a_time_without_a_zone_says_so(claim, lo, seconds):
    assert interval(claim) == (lo, lo + timedelta(seconds=seconds), False)


@pytest.mark.parametrize(
    ("claim", "lo", "hi"),
    [
        ("2024-05", at(2024, 5, 1), at(2024, 6, 1)),
        ("2024-12", at(2024, 12, 1), at(2025, 1, 1)),
        ("2024-02", at(2024, 2, 1), at(2024, 3, 1)),
        ("May 2024", at(2024, 5, 1), at(2024, 6, 1)),
        ("December 2024", at(2024, 12, 1), at(2025, 1, 1)),
        ("2024", at(2024, 1, 1), at(2025, 1, 1)),
        ("2024-12-31", at(2024, 12, 31), at(2025, 1, 1)),
        ("2024-02-29", at(2024, 2, 29), at(2024, 3, 1)),
    ],
)
def test_a_month_or_year_is_the_whole_of_it(claim, lo, hi):
    assert interval(claim) == (lo, hi, False)


@pytest.mark.parametrize("claim", ["03/04/2024", "3-4-2024", "12/11/2024"])
def test_a_day_that_can_be_two_is_not_read(claim):
    assert interval(claim) is None


@pytest.mark.parametrize(
    ("claim", "day"),
    [("31/12/2024", at(2024, 12, 31)), ("12/31/2024", at(2024, 12, 31)), ("04/04/2024", at(2024, 4, 4))],
)
def test_a_day_that_can_only_be_one_is_read(claim, day):
    assert interval(claim).lo == day


@pytest.mark.parametrize(
    "claim",
    [
        "",
        "yesterday",
        "2024-13-01",
        "2024-02-30",
        "0000-01-01",
        "99999999999999",
        "2024-05-03T25:00:00Z",
        "3 Foo 2024",
        "a" * 500,
    ],
)
def test_what_is_no_date_is_not_read(claim):
    assert interval(claim) is None
    assert moment(claim) is None


@pytest.mark.parametrize("claim", ["9999-12-31", "9999", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_the_ends_of_the_calendar_do_not_stop_the_reader(claim):
    assert interval(claim) is None


def test_an_observation_is_the_last_moment_that_it_allows():
    assert moment("2024-05-03T18:19:08Z") == at(2024, 5, 3, 18, 19, 8)
    assert moment("2024-05-03") == at(2024, 5, 4) - timedelta(microseconds=1)
    assert moment("2024-05") == at(2024, 6, 1) - timedelta(microseconds=1)


zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
times = st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=zones).map(
    lambda t: t.replace(microsecond=0)
)


@given(times, st.sampled_from([datetime.isoformat, lambda t: t.strftime("%a, %d %b %Y %H:%M:%S %z")]))
def test_every_time_with_a_zone_is_read_as_its_second(time, write):
    assert interval(write(time)) == (time, time + timedelta(seconds=1), True)


@given(times)
def test_every_written_time_lies_in_the_interval_of_its_coarser_forms(time):
    claims = [time.strftime(form) for form in ("%Y", "%Y-%m", "%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%Y-%m-%d %H:%M")]
    for claim in claims:
        found = interval(claim)
        assert found.lo <= time.replace(tzinfo=UTC) < found.hi


marks = st.sampled_from(["-", "/", ".", " ", "T", ":", "年", "月", ", ", " um ", "Z", "+02:00", " pm", "-12:00"])
numbers = st.integers(0, 99).map("{:02}".format) | st.sampled_from(["2024", "9999", "0001", "May", "1", "١٢", "²"])


@given(st.text(max_size=30) | st.lists(st.tuples(numbers, marks).map("".join), max_size=7).map("".join))
def test_whatever_is_read_begins_before_it_ends(claim):
    found = interval(claim)
    if found is None:
        assert moment(claim) is None
    else:
        assert found.lo < found.hi
        assert (found.lo.utcoffset(), found.hi.utcoffset()) == (timedelta(0), timedelta(0))
        assert found.lo <= moment(claim) < found.hi
