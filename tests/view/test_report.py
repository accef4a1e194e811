"""The report: whole, valid, safe to open, and honest about what it leaves out."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from stemma.errors import StoreError
from stemma.view import report

VOID = {"meta", "line", "rect", "path"}
HOSTILE = "</style></script><script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} \u202egnp.exe\x00 & \"'"


class Page(HTMLParser):
    """A report as its tags: raises where they don't nest, collects what could do harm."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.attributes, self.ids, self.headings, self.words = [], set(), [], [], [], ""
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.words += " " if tag in ("td", "th") else ""
        self.tags.add(tag)
        self.attributes += attrs
        self.ids += [v for k, v in attrs if k == "id"]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data

    @property
    def flat(self):
        return " ".join(self.words.split())


@pytest.fixture
def written(invented, tmp_path):
    def write(tables=None, collection=None, limits=None):
        out = tmp_path / "report.html"
        made = invented.tables() if tables is None else tables
        report.write(made, collection or invented.COLLECTION, out, blocks=invented.blocks, limits=limits)
        return out.read_text("utf-8")

    return write


def test_the_report_is_well_formed(written):
    page = Page(written())
    assert len(page.ids) == len(set(page.ids))
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))


def test_it_loads_and_runs_nothing(written):
    text = written()
    page = Page(text)
    assert not page.tags & {
        "script",
        "img",
        "iframe",
        "link",
        "object",
        "embed",
        "base",
        "form",
        "input",
        "image",
        "use",
    }
    assert not [k for k, _ in page.attributes if k.startswith("on") or k in ("src", "style", "action", "srcset")]
    hrefs = {v for k, v in page.attributes if "href" in k}
    assert {h[0] for h in hrefs} == {"#"}
    assert {h[1:] for h in hrefs} <= set(page.ids)
    assert "url(" not in text
    assert "@import" not in text


def test_its_policy_lets_in_its_own_style_alone(written):
    text = written()
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL).group(1)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert f'content="{policy}"' in text


def test_it_begins_with_the_collection(written):
    words = Page(written()).flat
    order = ["17 pages read", "The collection", "Worth looking at first", "Families", "Shared quotations"]
    order += [
        "Recurring text of an outlet",
        "What could not be read",
        "Method and limits",
        "How to repeat it",
    ]
    at = [words.rindex(w) if w in ("Method and limits", "How to repeat it") else words.index(w) for w in order]
    assert at[0] < at[1] < at[2] < at[3]
    assert "How the collection was chosen: Pages on the Kestrel Bay ferry" in words
    assert "line 3 bad json the line is cut off" in words
    assert "stemma trace ferry.warc.gz --case CASE --about" in words
    assert "reuse.df_cap=200" in words


def test_a_selection_that_nobody_described_is_told(written, invented):
    assert "selection not described" in Page(written(collection=invented.UNDESCRIBED)).flat


def test_the_coverage_line_stands_with_every_family_and_on_every_printed_page(written):
    text = written()
    assert text.count("17 pages read · 2 rejected · 6 without a date · 13 outlets") == 1 + 4 + 1 + 1


def test_each_witness_has_its_dates_finding_and_place(written, invented):
    words = Page(written()).flat
    for spec in invented.specs():
        if spec.url == "" and spec.name not in ("alone", "speech"):
            assert f"https://{spec.outlet}/{spec.name}" in words, spec.name
    assert "28 May 2024 to the day, by meta article:published_time" in words
    assert "no date found" in words
    assert "Direction undetermined: this page has no date" in words
    assert words.count("earliest in this collection") >= 3


def test_words_about_findings_accuse_nobody(written):
    words = Page(written()).flat.lower()
    for verdict in (
        "plagiar",
        "stolen",
        "stole ",
        "fake",
        "fraud",
        "lifted",
        "uncredited",
        "culprit",
        "offend",
    ):
        assert verdict not in words
    assert "original" not in words


def test_strangers_text_stays_text(written, invented):
    specs = invented.specs()
    for spec in specs:
        spec.title = HOSTILE
        spec.text.parts = [("", HOSTILE), *spec.text.parts, ("", HOSTILE)]
        spec.language = 'en" onload="alert(3)'
        spec.basis = HOSTILE
        spec.authors = [HOSTILE]
    specs[0].url = "javascript:alert(4)"
    specs[2].outlet = HOSTILE
    collection = type(invented.COLLECTION)(HOSTILE, invented.COLLECTION.created, HOSTILE, HOSTILE, (HOSTILE,))
    text = written(invented.tables(specs), collection)
    page = Page(text)
    assert not page.tags & {"script", "img"}
    assert not [k for k, _ in page.attributes if k.startswith("on")]
    assert {v[0] for k, v in page.attributes if "href" in k} == {"#"}
    assert "{{ 7*7 }}" in page.words
    assert not set(text) & {"\x00", "\u202e"}
    assert "U+202E" in page.words
    assert "javascript:alert(4)" in page.words


def test_a_title_of_a_megabyte_is_cut(written, invented):
    specs = invented.specs()
    specs[0].title = "x" * 1_000_000
    text = written(invented.tables(specs))
    assert len(text) < 400_000
    assert "(1,000,000 characters)" in text


def test_text_that_runs_the_other_way_is_isolated(written):
    text = written()
    assert re.search(r'<bdi dir="auto" lang="he">שיפוץ', text)
    assert re.search(r'<div class="cell" dir="auto" lang="he">', text)


def test_a_case_without_pages(written, nothing):
    words = Page(written(nothing)).flat
    assert "Shared text in 0 pages" in words
    assert "No shared wording was found among 0 pages. That is no evidence of independence" in words


def test_a_case_without_families(written, invented):
    words = Page(written(invented.tables(invented.specs()[-1:]))).flat
    assert "No shared wording was found among 1 page." in words


def test_what_limits_leave_out_is_told(written):
    small = report.Limits(
        *(1, 1, 2, 2, 0, 1),
        passages=0,
        passage_chars=10,
        outlets=2,
        quotations=0,
        rows=1,
    )
    words = Page(written(limits=small)).flat
    for told in (
        "2 more families, not listed: stemma export CASE families",
        "3 more families aren’t shown in full",
        "4 more witnesses: stemma show CASE family",
        "1 more: stemma export CASE families",
        "1 more passage: stemma show CASE pair",
        "4 more pairs of witnesses",
        "11 more",
        "9 more aligned pairs of quotations",
        "1 more: stemma export CASE rejects",
    ):
        assert told in words, told


def test_the_timeline_says_in_words_what_it_draws(written):
    text = written()
    lanes = re.findall(r'<svg class="lane" role="img"><title>(.*?)</title>', text)
    assert len(lanes) == 6 + 2 + 2 + 2
    assert "claims 28 May 2024 (to the day); seen 30 May 2024, 11:42 UTC" in lanes[1]


def test_the_same_case_gives_the_same_bytes(written):
    assert written() == written()


def test_nothing_half_written_is_left(invented, tmp_path):
    out = tmp_path / "report.html"
    out.write_text("older")

    def broken(_a, _b):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        report.write(invented.tables(), invented.COLLECTION, out, blocks=broken)
    assert out.read_text() == "older"
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_a_folder_that_is_not_there_is_named(invented, tmp_path):
    with pytest.raises(StoreError, match=r"missing/report\.html can't be written"):
        report.write(
            invented.tables(),
            invented.COLLECTION,
            tmp_path / "missing" / "report.html",
            blocks=invented.blocks,
        )


def test_many_families_stay_within_bounds(written, invented):
    specs = [
        invented.Spec(
            f"{side}{i}",
            invented.Text([(f"f{i}", f"Ferry number {i} sails at {i} o'clock from the pier in the bay. " * 4)]),
            f"{side}.example",
            f"Ferry {i}",
        )
        for i in range(300)
        for side in "ab"
    ]
    text = written(invented.tables(specs), limits=report.Limits(full=20, listed=100))
    words = Page(text).flat
    assert words.count("Worth a look because") == 20
    assert "200 more families, not listed" in words
    assert "280 more families aren’t shown in full" in words
    assert len(text) < 1_000_000
