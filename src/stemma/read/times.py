"""Claimed times as intervals: what a written date allows, and no more.

- A day, month or year is the whole of it, in UTC: `2024-05-03` is [3 May 00:00, 4 May 00:00).
- A time of day is the second, or the minute where no seconds are written.
- Midnight without a zone is day precision: that is how programs write a date.
- Any other time without a zone is taken as UTC, and `zoned` is false: whoever orders pages by hours has to ask.
- 03/04/2024 can be two days: it is not read. 31/12/2024 is.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple

_DAY = timedelta(days=1)
# Zones by name, in hours east: those of RFC 2822, and Central Europe's.
_NAMED_ZONES = (
    dict.fromkeys(("Z", "UTC", "GMT"), 0)
    | {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
    | {"CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2}
)
_OFFSET = r"(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?(?!\d)"
_ZONE = rf"\s*(?P<half>[ap]\.?m\b\.?)?\s*(?P<zone>{_OFFSET}|(?:{'|'.join(_NAMED_ZONES)})\b)?"
_CLOCK = (
    r"(?:(?:T|,|\s|um|at|\||-)+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?" + _ZONE + ")?"
)
_YEAR_FIRST = re.compile(
    r"^(?P<year>\d{4})(?:[-/.年]\s?(?P<month>\d{1,2})(?:[-/.月]\s?(?P<day>\d{1,2})日?)?月?)?" + _CLOCK,
    re.IGNORECASE,
)
_PACKED = re.compile(
    r"^(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?"
    + _ZONE
    + r")?$"
)
_DAY_FIRST = re.compile(
    r"^(?P<day>\d{1,2})(?P<separator>[-/.])\s?(?P<month>\d{1,2})[-/.]\s?(?P<year>\d{4})" + _CLOCK,
    re.IGNORECASE,
)
_MONTH_WORD = re.compile(
    r"^(?:[^\W\d]+\.?,?\s+)?(?:(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:de\s+)?)?(?P<word>[^\W\d]{3,})\.?\s+(?:de\s+)?"
    r"(?:(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?P<year>\d{4})" + _CLOCK,
    re.IGNORECASE,
)
# English, German, French, Spanish, Italian, Portuguese, Dutch, by the letters that tell them apart.
_MONTHS = (
    "jan|ene|gen",
    "feb|fév|fev|febr",
    "mar|mär|mrz|maa|mrt",
    "apr|avr|abr",
    "may|mai|mei|mag",
    "jun|juin|giu",
    "jul|juil|lug",
    "aug|aoû|aou|ago",
    "sep|set",
    "oct|okt|out|ott",
    "nov",
    "dec|dez|déc|dic",
)
_EPOCH = re.compile(r"^\d{9,10}(\.\d+)?$|^\d{12,13}$")


class Interval(NamedTuple):
    """The moments that a claim allows: [lo, hi), and whether the claim named its zone."""

    lo: datetime
    hi: datetime
    zoned: bool

    @property
    def is_moment(self) -> bool:
        """Whether the claim is of a minute or finer."""
        return self.hi - self.lo <= timedelta(minutes=1)


@lru_cache(maxsize=4096)
def interval(claim: str) -> Interval | None:
    """Return the moments that a written date allows, None where it can't be understood."""
    text = " ".join(claim.split())[:80]
    try:
        if _EPOCH.match(text):
            return _epoch(float(text))
        if match := _YEAR_FIRST.match(text) if not text[4:8].isdigit() else _PACKED.match(text):
            return _from_parts({k: v for k, v in match.groupdict().items() if v})
        if match := _DAY_FIRST.match(text):
            return _day_first({k: v for k, v in match.groupdict().items() if v})
        return _in_words(text)
    except (ValueError, OverflowError):
        return None


def moment(claim: str) -> datetime | None:
    """Return the moment an observation names: the last one its precision allows, for it bounds a birth from above."""
    found = interval(claim)
    if found is None:
        return None
    return found.lo if found.is_moment else found.hi - timedelta(microseconds=1)


def _epoch(number: float) -> Interval:
    lo = datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC).replace(microsecond=0)
    return Interval(lo, lo + timedelta(seconds=1), zoned=True)


def _from_parts(parts: dict[str, str]) -> Interval:
    year, month, day = (int(parts.get(name, 1)) for name in ("year", "month", "day"))
    hour, minute, second = (int(parts.get(name, 0)) for name in ("hour", "minute", "second"))
    zone = parts.get("zone")
    if "half" in parts and hour <= 12:
        hour = hour % 12 + (12 if parts["half"].lower().startswith("p") else 0)
    midnight = not (hour or minute or second or zone)
    if "day" not in parts or midnight:
        return _whole_days(date(year, month, day), "month" in parts, "day" in parts)
    lo = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=_zone(zone)).astimezone(UTC)
    return Interval(lo, lo + timedelta(seconds=1 if "second" in parts else 60), zoned=zone is not None)


def _whole_days(first: date, has_month: bool, has_day: bool) -> Interval:  # noqa: FBT001 - two precisions, named at the call
    lo = datetime(first.year, first.month, first.day, tzinfo=UTC)
    if has_day:
        hi = lo + _DAY
    elif has_month:
        hi = (lo + 31 * _DAY).replace(day=1)
    else:
        hi = lo.replace(year=lo.year + 1)
    return Interval(lo, hi, zoned=False)


def _zone(written: str | None) -> timezone:
    if written is None:
        return UTC
    if written.upper() in _NAMED_ZONES:
        return timezone(timedelta(hours=_NAMED_ZONES[written.upper()]))
    offset = written.upper().removeprefix("UTC").removeprefix("GMT")
    sign, digits = (-1 if offset[0] == "-" else 1), offset[1:].replace(":", "")
    hours, minutes = (digits, "0") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))


def _day_first(parts: dict[str, str]) -> Interval | None:
    day, month = int(parts["day"]), int(parts["month"])
    if parts.pop("separator") != "." and day <= 12 and month <= 12 and day != month:
        return None
    if month > 12:
        parts |= {"day": str(month), "month": str(day)}
    return _from_parts(parts)


def _in_words(text: str) -> Interval | None:
    match = _MONTH_WORD.match(text)
    if not match:
        return None
    parts = {k: v for k, v in match.groupdict().items() if v}
    word = parts.pop("word").lower()
    month = next((n for n, begins in enumerate(_MONTHS, 1) if word.startswith(tuple(begins.split("|")))), None)
    if month is None:
        return None
    day = parts.pop("day2", None)
    return _from_parts({"month": str(month)} | ({"day": day} if day else {}) | parts)
