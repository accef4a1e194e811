"""A headless browser, and reports for it to open."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from stemma.view import report

CHROMIUM = "/usr/bin/chromium"
QUIET = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync"


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def invented():
    path = Path(__file__).parents[1] / "view" / "invented.py"
    spec = spec_from_file_location("invented", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def opened(browser, invented, tmp_path):
    """Return a function that writes a report and opens it; the page's `complaints` collect what it should never do."""
    contexts = []

    def open_(specs=None, width=1280, **options):
        out = tmp_path / "report.html"
        report.write(invented.tables(specs), invented.COLLECTION, out, blocks=invented.blocks)
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **options))
        page = contexts[-1].new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (page.complaints.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda r: r.url == out.as_uri() or page.complaints.append(r.url))
        page.goto(out.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
