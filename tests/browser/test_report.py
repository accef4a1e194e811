"""The report in a browser: quiet, readable on a phone, whole on paper, safe with hostile pages."""

import pytest

pytestmark = pytest.mark.browser

HOSTILE = "</style></script><script>alert(1)</script><img src=x onerror=alert(2)><style>*{display:none}</style>\u202e"
SHOWN = "e => e.checkVisibility({contentVisibilityAuto: true})"


def hostile(invented):
    specs = invented.specs()
    for spec in specs:
        spec.title = HOSTILE
        spec.text.parts = [("", HOSTILE), *spec.text.parts, ("", HOSTILE)]
    specs[0].title = "W" * 1_000_000
    specs[1].url = "javascript:alert(3)"
    return specs


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_runs_loads_or_overflows(opened, width):
    page = opened(width=width)
    assert page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1280])
def test_hostile_pages_do_nothing(opened, invented, width):
    page = opened(hostile(invented), width=width)
    page.wait_for_timeout(100)
    assert page.complaints == []
    assert page.evaluate("document.scripts.length + document.images.length") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").is_visible()


def test_the_policy_lets_its_own_style_in_and_no_other(opened):
    page = opened()
    assert (
        page.locator(".shared .cell").first.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(230, 240, 240)"
    )
    page.evaluate("document.body.setAttribute('style', 'display: none')")
    assert page.locator("h1").is_visible()


def test_a_fold_opens_by_hand_and_stands_open_on_paper(opened):
    page = opened()
    fold = page.locator(".fold").first
    inside = fold.locator(".row")
    assert not inside.evaluate(SHOWN)
    page.emulate_media(media="print")
    assert inside.evaluate(SHOWN)
    assert inside.bounding_box()["height"] > 20
    page.emulate_media(media="screen")
    fold.locator("summary").click()
    assert inside.evaluate(SHOWN)


def test_a_phone_stacks_what_a_desk_sets_side_by_side(opened):
    tops = "e => [...e.children].map(c => Math.round(c.getBoundingClientRect().top))"
    differing = ".row.shared:not(.one)"
    left, right = opened(width=1280).locator(differing).first.evaluate(tops)
    assert left == right
    upper, lower = opened(width=390).locator(differing).first.evaluate(tops)
    assert upper < lower


def test_dark_and_light(opened):
    back = "getComputedStyle(document.body).backgroundColor"
    assert opened(color_scheme="light").evaluate(back) == "rgb(253, 252, 250)"
    assert opened(color_scheme="dark").evaluate(back) == "rgb(21, 25, 26)"


def test_the_keyboard_finds_the_way(opened):
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the families"
    page.keyboard.press("Enter")
    assert page.url.endswith("#families")


def test_marks_of_the_timeline_stay_within_its_lane(opened):
    page = opened(width=390)
    outside = """() => [...document.querySelectorAll('svg.lane')].filter(svg => {
        const lane = svg.getBoundingClientRect();
        return [...svg.querySelectorAll('rect')].some(r => {
            const box = r.getBoundingClientRect();
            return box.left < lane.left - 2 || box.right > lane.right + 2 });
    }).length"""
    assert page.evaluate(outside) == 0
    assert page.locator("svg.lane").count() == 12


def test_right_to_left_text_reads_from_the_right(opened):
    page = opened()
    cell = page.locator('.cell[lang="he"]').first
    assert cell.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert cell.locator(".sigla").evaluate("e => getComputedStyle(e).direction") == "ltr"
