"""Shared passages on planted reuse, scored by ../shared/score/reuse.py. Settings were tuned on 1k; 10k is reported."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from figures import SHARED, Figure, digest, f1, wilson

PLANTED = SHARED / "data" / "reuse" / "planted"
_LINE = re.compile(r"pairs P ([\d.]+) R ([\d.]+) F1 ([\d.]+) \| spans P ([\d.]+) R ([\d.]+) F1 ([\d.]+)")


def stemma(*arguments: object) -> None:
    subprocess.run([sys.executable, "-m", "stemma", *map(str, arguments)], check=True)


def exported(corpus: Path, folder: Path, tables: tuple[str, ...], *options: str) -> list[Path]:
    """Trace a corpus and return its tables as JSON lines."""
    stemma("trace", corpus, "--case", folder / "case", "--quiet", *options)
    files = [folder / f"{table}.jsonl" for table in tables]
    for table, file in zip(tables, files, strict=True):
        stemma("export", folder / "case", table, "-o", file)
    return files


def scored(size: str) -> str:
    """Return what the scorer prints for a planted corpus."""
    with tempfile.TemporaryDirectory() as folder:
        files = exported(PLANTED / f"{size}.jsonl.gz", Path(folder), ("pages", "passages"))
        truth = (PLANTED / f"{size}.truth.jsonl.gz", PLANTED / f"{size}.boiler.json")
        command = [sys.executable, SHARED / "score" / "reuse.py", *truth, *files]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def measure() -> Iterator[Figure]:
    for size in ("1k", "10k"):
        files = [PLANTED / f"{size}{end}" for end in (".jsonl.gz", ".truth.jsonl.gz", ".boiler.json")]
        if not all(file.exists() for file in files):
            continue
        output = scored(size)
        p, r, pairs, sp, sr, spans = (float(value) for value in _LINE.search(output).groups())
        n = sum(int(count) for count in re.findall(r"\((\d+) pairs\)", output))
        found = round(r * n / p)
        (p_low, p_high), (r_low, r_high) = wilson(p * found, found), wilson(r * n, n)
        nothing = (0.0, "no pair at all", digest(*files))
        yield Figure(f"planted {size}: pairs F1", pairs, n, f1(p_low, r_low), f1(p_high, r_high), *nothing)
        (sp_low, sp_high), (sr_low, sr_high) = wilson(sp * found, found), wilson(sr * n, n)
        yield Figure(f"planted {size}: spans F1", spans, n, f1(sp_low, sr_low), f1(sp_high, sr_high), *nothing)
