"""What a real browser draws: nothing loaded, nothing cut, colours that can be read, bars true to scale."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from books import states
from gztrack.export.html.page import render as rendered
from gztrack.export.html.pictures import BEYOND, LENGTH
from gztrack.export.report import build
from gztrack.services.entering.entries import IndicatorEntry
from opening import Opened

Opens = Callable[..., Opened]

CONTRASTS = """() => {
  const parse = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(c => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
    return .2126 * x + .7152 * y + .0722 * z;
  };
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const found = parse(getComputedStyle(at).backgroundColor);
      if (found.length === 3 || found[3] === 1) return found;
    }
    throw new Error('no ground');
  };
  const ratio = (colour, element) => {
    const [a, b] = [luminance(parse(colour)), luminance(ground(element))].sort((a, b) => b - a);
    return (a + .05) / (b + .05);
  };
  const texts = [], strokes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const element = node.parentElement, style = getComputedStyle(element);
    if (!node.data.trim() || ['title', 'desc'].includes(element.tagName)) continue;
    texts.push([ratio(element.closest('svg') ? style.fill : style.color, element), node.data.slice(0, 40)]);
  }
  for (const element of document.querySelectorAll('.bar path, .mark *, .trend *, .chart > svg path')) {
    const style = getComputedStyle(element), tag = element.getAttribute('stroke') || element.getAttribute('fill');
    if (/--(rest|ground)/.test(tag)) continue;  // what is drawn for the eye to rest on says nothing
    const colour = style.stroke !== 'none' ? style.stroke : style.fill;
    if (element.getAttribute('fill-opacity') || element.getAttribute('opacity')) continue;  // a band around a line
    strokes.push([ratio(colour, element), element.outerHTML.slice(0, 90)]);
  }
  return {texts, strokes};
}"""


BEYOND_THE_EDGE = """() => [...document.querySelectorAll('body *')].filter(each =>
  !each.closest('.scroll, .heard, .skip') && each.getBoundingClientRect().right > innerWidth + .5
).map(each => each.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("name", ["followup.en", "states.zh"])
def test_no_request_leaves_and_nothing_is_complained_of(opened: Opens, name: str) -> None:
    found = opened(name)

    found.page.keyboard.press("End")
    found.page.wait_for_load_state("networkidle")
    assert found.asked == [found.path.as_uri()]
    assert found.said == []


def test_the_policy_would_stop_what_a_page_is_not_to_load(opened: Opens, tmp_path: Path) -> None:
    path = tmp_path / "tampered.html"
    made = rendered(build(states(), charted=True)).decode()
    path.write_text(
        made.replace("</main>", '<img src="https://e.example/x.png"/><script>window.ran = 1</script></main>')
    )

    found = opened(path)

    assert found.measured("() => window.ran") is None
    assert len(found.said) == 2
    assert all("Content Security Policy" in said for said in found.said)


@pytest.mark.parametrize("name", ["followup.en", "followup.zh", "states.en", "states.zh"])
def test_the_page_never_scrolls_sideways_and_only_a_table_may(opened: Opens, name: str) -> None:
    found = opened(name)
    found.measured("() => document.querySelectorAll('details').forEach(each => each.open = true)")

    for width in (320, 768, 1280):
        found.page.set_viewport_size({"width": width, "height": 900})
        assert found.measured("() => document.documentElement.scrollWidth") == width
        assert found.measured(BEYOND_THE_EDGE) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["followup.en", "states.en"])
def test_every_text_and_every_line_stands_out_from_its_ground(opened: Opens, name: str, scheme: str) -> None:
    found = opened(name, scheme=scheme).measured(CONTRASTS)

    assert len(found["texts"]) > 200
    assert len(found["strokes"]) > 50
    assert [text for text in found["texts"] if text[0] < 4.5] == []
    assert [stroke for stroke in found["strokes"] if stroke[0] < 3] == []


@pytest.mark.parametrize("width", [320, 1280])
def test_bars_are_as_long_as_the_figures(opened: Opens, width: int) -> None:
    drawn = opened("states.en", width).measured(
        """() => [...document.querySelectorAll('.board tbody tr:not(.group)')].map(row => {
          const bar = row.querySelector('.bar');
          if (!bar) return null;
          const box = path => {
            const {x, width} = path.getBBox(), scale = path.getScreenCTM().a;
            return {left: path.getScreenCTM().e + x * scale, wide: width * scale, scale};
          };
          const track = box(bar.querySelector('path'));
          const parts = [...bar.querySelectorAll('path[stroke-width="6"]')].map(box);
          const marker = bar.querySelector('path[stroke-dasharray="3 2"]');
          return {
            track: track.wide, scale: track.scale, inside: bar.getBoundingClientRect().width,
            end: parts.length ? parts[0].left + parts[0].wide - track.left : null,
            marker: marker ? box(marker).left - track.left : null,
          };
        })"""
    )

    seen = []
    for row, bar in zip(states().board(project=True).rows, drawn, strict=True):
        assert (row.bar is None) == (bar is None)
        if row.bar is None:
            continue
        assert bar["inside"] == pytest.approx(7.5 * 16, abs=0.6)
        assert bar["track"] == pytest.approx(LENGTH * bar["scale"], abs=0.05)
        if row.bar.fill is not None and 0 < row.bar.fill <= 1 + BEYOND / LENGTH:
            assert bar["end"] == pytest.approx(row.bar.fill * bar["track"], abs=0.5), row.name
            seen.append(row.bar.fill)
        if row.bar.marker is not None and not row.bar.overdue:
            assert bar["marker"] == pytest.approx(row.bar.marker * bar["track"], abs=0.5), row.name
            seen.append(row.bar.marker)
    assert len(seen) > 12


@pytest.mark.parametrize("name", ["followup.en", "states.zh"])
def test_charts_keep_inside_their_boxes_and_their_labels_apart(opened: Opens, name: str) -> None:
    found = opened(name).measured(
        """() => [...document.querySelectorAll('.chart > svg')].map(svg => {
          const outer = svg.getBoundingClientRect();
          const boxes = [...svg.querySelectorAll('text')].map(text => {
            const {left, right, top, bottom} = text.getBoundingClientRect(), trim = (bottom - top) * .2;
            return {left, right, top: top + trim, bottom: bottom - trim, said: text.textContent};
          });
          const over = [];
          boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {
            if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom && b.top < a.bottom)
              over.push([a.said, b.said]);
          }));
          const out = [...svg.querySelectorAll('text, path, circle')].filter(each => {
            const box = each.getBoundingClientRect();
            return box.left < outer.left - 4 || box.right > outer.right + 4 || box.top < outer.top - 2
              || box.bottom > outer.bottom + 2;
          }).map(each => each.outerHTML.slice(0, 120));
          return {wide: outer.width, high: outer.height, over, out};
        })"""
    )

    assert len(found) >= 5
    for chart in found:
        assert chart["wide"] > 300
        assert chart["high"] / chart["wide"] == pytest.approx(230 / 380, abs=0.01)
        assert chart["over"] == []
        assert chart["out"] == []


@pytest.mark.parametrize("width", [320, 1280])
def test_a_name_of_ten_thousand_characters_breaks_nothing(opened: Opens, tmp_path: Path, width: int) -> None:
    tracker = states()
    tracker.edit_indicator(IndicatorEntry("tech-centres", name="x" * 200))
    report = build(tracker, charted=True)
    path = tmp_path / "long.html"
    path.write_bytes(rendered(report).replace(b"x" * 200, b"x" * 10_000))

    found = opened(path, width)

    assert found.measured("() => document.documentElement.scrollWidth") == width
