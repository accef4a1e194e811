"""What a measured figure is, and how to say how sure it is."""

from dataclasses import dataclass
from hashlib import blake2b
from math import sqrt
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"


@dataclass(frozen=True)
class Figure:
    """One figure: its name, value, number of cases, interval, the best constant answer, and its corpus.

    `corpus` is the digest of the measured files: a floor counts only for the files it was set on.
    """

    name: str
    value: float
    n: int
    low: float
    high: float
    constant: float
    constant_is: str
    corpus: str


def digest(*files: Path) -> str:
    """Return blake2b-64 of the files' bytes, in order."""
    h = blake2b(digest_size=8)
    for file in files:
        h.update(file.read_bytes())
    return h.hexdigest()


def wilson(hits: float, n: int, z: float = 1.96) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927)."""
    if n == 0:
        return 0.0, 1.0
    p = hits / n
    middle, spread = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - spread) / (1 + z * z / n), (middle + spread) / (1 + z * z / n)


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
