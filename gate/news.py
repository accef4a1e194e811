"""German news clusters judged by reading, scored by ../shared/score/clusters.py."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from figures import SHARED, Figure, digest, wilson
from reuse import exported

NEWS = SHARED / "data" / "news-de"
_SHARES = {"found": r"found (\d+)/(\d+)", "quotes kept apart": r"quotes kept apart (\d+)/(\d+)"}


def measure() -> Iterator[Figure]:
    corpus, clusters = NEWS / "articles.jsonl.gz", NEWS / "clusters-dev.json"
    if not clusters.exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        files = exported(corpus, Path(folder), ("pages", "passages", "edges"))
        command = [sys.executable, SHARED / "score" / "clusters.py", clusters, *files]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for name, pattern in _SHARES.items():
        hits, n = map(int, re.search(pattern, output).groups())
        constant = (1.0, "every pair a copy") if name == "found" else (0.0, "every pair a copy")
        yield Figure(f"news-de: {name}", hits / n, n, *wilson(hits, n), *constant, digest(corpus, clusters))
