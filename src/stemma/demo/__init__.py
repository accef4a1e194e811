"""An invented collection with a known tree: written out, traced, and compared with what is known."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from stemma.demo.collection import ABOUT, Collection, Family, load
from stemma.demo.compare import Comparison, Row, Undecided, compare
from stemma.demo.screen import show
from stemma.errors import StoreError

if TYPE_CHECKING:
    from rich.console import Console

__all__ = [
    "ABOUT",
    "Collection",
    "Comparison",
    "Family",
    "Row",
    "Undecided",
    "compare",
    "load",
    "render",
    "write",
]


def write(folder: Path) -> list[Path]:
    """Write the collection and its README into `folder`; return the inputs for a trace.

    The bytes are the same each time. Raises StoreError where the folder can't be written.
    """
    from stemma.demo.readme import readme
    from stemma.demo.sites import payload
    from stemma.demo.warc import crawl

    demo = load()
    files = {Path("pages", f"{p.key}.html"): payload(demo, p, saved=True) for p in demo.pages if p.on_disk}
    files |= {Path("crawl.warc.gz"): crawl(demo), Path("README.md"): readme(demo).encode()}
    try:
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as fault:
        raise StoreError(
            f"can't write the demo to {folder}: {fault.strerror or fault}",
            "Name a folder that can be written: stemma demo DIR.",
        ) from fault
    return [folder / "pages", folder / "crawl.warc.gz"]


def render(tables: Mapping[str, pa.Table], folder: Path, console: "Console") -> None:
    """Print what was found beside what was planted, the case that can't be decided, and what to run next.

    `folder` holds the written collection as `collection` and the case, whose tables these are, as `case`.
    """
    show(compare(tables), folder, console)
