"""Writing the demo: complete, the same each time, and described as it is."""

from pathlib import Path

import pytest

from stemma import demo
from stemma.demo.collection import load
from stemma.errors import StoreError

DEMO = load()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    demo.write(tmp_path / "a")
    demo.write(tmp_path / "b")
    demo.write(tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_the_inputs_are_the_pages_and_the_crawl_but_not_the_readme(tmp_path: Path) -> None:
    assert demo.write(tmp_path) == [tmp_path / "pages", tmp_path / "crawl.warc.gz"]
    names = set(contents(tmp_path))
    files = {f"pages/{p.key}.html" for p in DEMO.pages if p.on_disk}
    assert names == files | {"crawl.warc.gz", "README.md"}


def test_the_collection_is_small(tmp_path: Path) -> None:
    demo.write(tmp_path)
    assert sum(map(len, contents(tmp_path).values())) < 400_000


def test_one_page_stands_in_the_crawl_and_as_a_file(tmp_path: Path) -> None:
    both = [p for p in DEMO.pages if p.crawl and p.on_disk]
    assert [p.key for p in both] == ["harbourpost/quay-lease"]
    demo.write(tmp_path)
    from stemma.demo.sites import payload

    assert (tmp_path / "pages/harbourpost/quay-lease.html").read_bytes() == payload(DEMO, both[0], saved=False)


def test_the_readme_names_every_page_and_draws_the_tree(tmp_path: Path) -> None:
    demo.write(tmp_path)
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert [p.key for p in DEMO.pages if p.key not in readme] == []
    assert "60 pages of 12 outlets" in readme
    assert "│   └── plainfacts/locked-gate" in readme
    for outlet in DEMO.outlets.values():
        pages = sum(p.outlet == outlet.key for p in DEMO.pages)
        assert f"| {outlet.name} | {outlet.host} | {pages} |" in readme


def test_a_folder_that_cant_be_written_is_named_with_the_cure(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(StoreError, match=r"(?s)can't write the demo to .*file.*stemma demo DIR"):
        demo.write(blocked)
