"""Times in words. Everything is UTC; a claim is an interval, and how precise it is gets said."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Claim:
    """A claimed time of publication: the interval [lo, hi) that it allows, and the rule that found it."""

    lo: datetime
    hi: datetime
    basis: str

    @property
    def precision(self) -> str:
        """How precise the claim is, in words."""
        width = self.hi - self.lo
        for limit, words in ((MINUTE, "to the minute"), (HOUR, "to the hour"), (DAY, "to the day")):
            if width <= limit:
                return words
        if timedelta(days=28) <= width <= timedelta(days=31):
            return "to the month"
        if timedelta(days=365) <= width <= timedelta(days=366):
            return "to the year"
        return f"within {span(width)}"

    def __str__(self) -> str:
        """Return the claim as a date, as precise as it is and no more."""
        lo, hi, width = self.lo, self.hi, self.hi - self.lo
        if width <= MINUTE:
            return moment(lo)
        if lo.time() != datetime.min.time() or hi.time() != datetime.min.time():
            return f"{moment(lo)} to {moment(hi)}"
        if width == DAY:
            return day(lo)
        if lo.day == 1 and hi.day == 1 and timedelta(days=28) <= width <= timedelta(days=31):
            return f"{lo:%B} {lo.year}"
        if (lo.month, lo.day, hi.month, hi.day) == (1, 1, 1, 1) and hi.year - lo.year == 1:
            return f"{lo.year}"
        return f"{day(lo)} to {day(hi - DAY)}"


def day(at: datetime) -> str:
    """Return e.g. '3 May 2024'."""
    return f"{at.day} {at:%B} {at.year}"


def moment(at: datetime) -> str:
    """Return e.g. '3 May 2024, 18:19 UTC'."""
    at = at.astimezone(UTC)
    return f"{day(at)}, {at:%H:%M} UTC"


def iso(at: datetime) -> str:
    """Return the time for machines, e.g. '2024-05-03T18:19:08Z'."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def span(width: timedelta) -> str:
    """Return a length of time in the largest unit that it has two of, e.g. '26 hours', '3 years'."""
    seconds = width.total_seconds()
    for unit, size in (
        ("year", 365.25 * 86400),
        ("month", 30.44 * 86400),
        ("day", 86400),
        ("hour", 3600),
        ("minute", 60),
    ):
        if seconds >= 2 * size or (seconds >= size and unit == "minute"):
            count = round(seconds / size)
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "under a minute"
