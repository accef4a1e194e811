import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_tables_and_settings_stand_in_the_docs_as_in_the_code():
    done = subprocess.run([sys.executable, ROOT / "tools" / "docs.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text()):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize("path", [ROOT / "README.md"], ids=lambda p: p.name)
def test_commands_of_the_readme_exist(path):
    from stemma.cli import cli

    named = set(re.findall(r"^stemma (\w+)", path.read_text(), re.MULTILINE))
    assert {"trace", "show", "report", "export", "verify"} <= named <= set(cli.commands)


def test_every_decision_is_listed():
    folder = ROOT / "docs" / "decisions"
    listed = set(re.findall(r"\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text()))
    assert listed == {p.name for p in folder.glob("0*.md")}


@pytest.mark.parametrize("folder", ["src", "docs"])
def test_no_verdict_words_in_what_people_read(folder):
    verdicts = re.compile(r"\b(plagiari\w+|stolen|fake|fraud\w*)\b", re.IGNORECASE)
    for path in (ROOT / folder).rglob("*"):
        if path.suffix in {".py", ".j2", ".md", ".toml"}:
            assert not verdicts.search(path.read_text()), path
