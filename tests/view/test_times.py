"""Claims are told as precisely as they are, and no more."""

from datetime import UTC, datetime, timedelta

import pytest

from stemma.view.times import Claim, iso, moment, span

AT = datetime(2024, 5, 3, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("lo", "width", "words", "precision"),
    [
        (AT + timedelta(hours=14, minutes=5), timedelta(seconds=1), "3 May 2024, 14:05 UTC", "to the minute"),
        (AT, timedelta(minutes=1), "3 May 2024, 00:00 UTC", "to the minute"),
        (AT, DAY, "3 May 2024", "to the day"),
        (AT - 2 * HOUR, DAY, "2 May 2024, 22:00 UTC to 3 May 2024, 22:00 UTC", "to the day"),
        (AT.replace(day=1), 31 * DAY, "May 2024", "to the month"),
        (AT.replace(month=1, day=1), 366 * DAY, "2024", "to the year"),
        (AT, 3 * DAY, "3 May 2024 to 5 May 2024", "within 3 days"),
        (AT, 26 * HOUR, "3 May 2024, 00:00 UTC to 4 May 2024, 02:00 UTC", "within 26 hours"),
    ],
)
def test_a_claim_in_words(lo, width, words, precision):
    claim = Claim(lo, lo + width, "meta")
    assert (str(claim), claim.precision) == (words, precision)


def test_moments_are_utc():
    from datetime import timezone

    at = datetime(2024, 5, 3, 1, 30, tzinfo=timezone(2 * HOUR))
    assert moment(at) == "2 May 2024, 23:30 UTC"
    assert iso(at) == "2024-05-02T23:30:00Z"


@pytest.mark.parametrize(
    ("width", "words"),
    [
        (timedelta(seconds=5), "under a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=119), "119 minutes"),
        (36 * HOUR, "36 hours"),
        (10 * DAY, "10 days"),
        (365 * DAY, "12 months"),
        (5 * 365.25 * DAY, "5 years"),
    ],
)
def test_lengths_of_time(width, words):
    assert span(width) == words
