"""The style sheet: readable in light and dark, self-contained."""

import re
from importlib.resources import files

import pytest

CSS = files("stemma.view").joinpath("report.css").read_text("utf-8")


def _luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _themes():
    for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL):
        yield dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6});", block))


@pytest.mark.parametrize("theme", [t for t in _themes() if len(t["paper"]) == 7])
@pytest.mark.parametrize("back", ["paper", "shared"])
@pytest.mark.parametrize("front", ["ink", "soft", "accent"])
def test_text_stands_out_from_its_ground(theme, front, back):
    light, dark = sorted((_luminance(theme[front]), _luminance(theme[back])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_nothing_comes_from_elsewhere():
    assert not re.search(r"url\(|@import|</|expression|http", CSS)
