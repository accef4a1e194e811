"""Reading pages: body text, publication days, and that no record is lost.

Body: the method of scrapinghub/article-extraction-benchmark (evaluate.py): multisets of 4-word shingles; precision and
recall of each page averaged over pages, F1 of the two means. Days: the method of htmldate's own evaluation, right over
said (P) and right over right and missing (R).
Nothing was tuned on the reported half (sha1 of the URL odd); the other half is told beside it.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from hashlib import sha1
from pathlib import Path
from tempfile import TemporaryDirectory

from figures import SHARED, Figure, digest, f1, wilson
from reuse import exported

PAGES = SHARED / "data" / "pages"
_TOKEN = re.compile(r"\w+", re.UNICODE | re.MULTILINE | re.IGNORECASE | re.DOTALL)
_RESAMPLES = 1000


@cache
def read(name: str) -> dict[str, list[dict[str, object]]]:
    """Trace a WARC file as far as its pages; return the rows of what reading makes."""
    tables = ("pages", "inputs", "sightings", "rejects")
    with TemporaryDirectory() as folder:
        files = exported(PAGES / f"{name}.warc.gz", Path(folder), tables, "--until", "pages")
        rows = [[json.loads(line) for line in file.read_text().splitlines()] for file in files]
    return dict(zip(tables, rows, strict=True))


def held_out(url: str) -> bool:
    return sha1(url.encode()).digest()[-1] % 2 == 1  # noqa: S324  (a split, not a secret)


def truth(name: str) -> dict[str, dict[str, str]]:
    return {row["url"]: row for row in json.loads((PAGES / f"{name}.truth.json").read_text())}


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _TOKEN.findall(text or "")
    size = min(4, len(words))
    return Counter(tuple(words[i : i + size]) for i in range(len(words) - size + 1)) if words else Counter()


def precision_recall(wanted: str, found: str) -> tuple[float, float]:
    """Return a page's precision and recall as that benchmark counts them: nothing wanted, nothing found is 1."""
    want, have = shingles(wanted), shingles(found)
    hits, got, asked = (want & have).total(), have.total(), want.total()
    return (hits / got if got else float(not asked)), (hits / asked if asked else 1.0)


def mean_f1(scores: list[tuple[float, float]]) -> float:
    return f1(*(sum(column) / len(scores) for column in zip(*scores, strict=True)))


def resampled(scores: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the 95 % interval of the F1 over resampled pages."""
    choose = random.Random(1)  # noqa: S311  (resampling, not a secret)
    values = sorted(mean_f1(choose.choices(scores, k=len(scores))) for _ in range(_RESAMPLES))
    return values[_RESAMPLES * 25 // 1000], values[_RESAMPLES * 975 // 1000]


def bodies() -> Iterator[Figure]:
    wanted = truth("article-extraction-benchmark")
    text = {page["url"]: page["text"] for page in read("article-extraction-benchmark")["pages"]}
    scores = {url: precision_recall(row["articleBody"], text.get(url, "")) for url, row in wanted.items()}
    pinned = digest(PAGES / "article-extraction-benchmark.warc.gz", PAGES / "article-extraction-benchmark.truth.json")
    for label, chosen in halves(scores):
        value = Figure(f"body F1, {label}", mean_f1(chosen), len(chosen), *resampled(chosen), 0.0, "no text", pinned)
        yield value


def halves(scores: dict[str, tuple[float, float]]) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    yield "all pages", list(scores.values())
    yield "reported half", [score for url, score in scores.items() if held_out(url)]


def day_f(right: float, said: int, pages: int) -> float:
    """Return the F of days: a wrong one lowers precision, a missing one recall."""
    missing = pages - said
    return f1(right / max(1, said), right / max(1, right + missing))


def days() -> Iterator[Figure]:
    wanted = {url: row["date"] for url, row in truth("htmldate").items()}
    found = {page["url"]: (page["published_lo"] or "")[:10] for page in read("htmldate")["pages"]}
    pinned = digest(PAGES / "htmldate.warc.gz", PAGES / "htmldate.truth.json")
    commonest, _ = Counter(wanted.values()).most_common(1)[0]
    for label, urls in (("all pages", list(wanted)), ("reported half", [u for u in wanted if held_out(u)])):
        said = [u for u in urls if found.get(u)]
        right = sum(found[u] == wanted[u] for u in said)
        value = day_f(right, len(said), len(urls))
        interval = tuple(day_f(share * len(said), len(said), len(urls)) for share in wilson(right, len(said)))
        constant = day_f(sum(wanted[u] == commonest for u in urls), len(urls), len(urls))
        yield Figure(
            f"publication day F, {label}", value, len(urls), *interval, constant, f"always {commonest}", pinned
        )


def accounted() -> Iterator[Figure]:
    """Yield, for the four WARC files, the share of response records that are pages, skips or rejects with a reason."""
    from fastwarc.warc import ArchiveIterator

    files = sorted(PAGES.glob("*.warc.gz"))
    records = told = 0
    for file in files:
        with file.open("rb") as stream:
            records += sum(1 for _ in ArchiveIterator(stream, parse_http=False))
        rows = read(file.name.removesuffix(".warc.gz"))
        skipped = sum(sum(row["skipped"].values()) for row in rows["inputs"])
        told += len(rows["sightings"]) + skipped + sum(bool(reject["reason"]) for reject in rows["rejects"])
    share = 1 - abs(records - told) / records
    yield Figure(
        "WARC records accounted for", share, records, *wilson(share * records, records), 0.0, "none", digest(*files)
    )


def measure() -> Iterator[Figure]:
    if PAGES.exists():
        yield from bodies()
        yield from days()
        yield from accounted()
