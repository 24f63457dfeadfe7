"""What is wrong with a page that is open in a browser: what axe finds, what is too wide, what is too small for a thumb.

Looking is the dearest part of our tests, so that it is done sparingly: axe is put into a page once for light and dark,
of its report only the faults leave the browser, and all sizes come in one answer.
"""

import json

from axe_playwright_python.sync_playwright import Axe

# Everything is looked at light; of the dark page what colours can change.
OPTIONS = {
    "light": {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}},
}
SCRIPT = Axe().axe_script
THUMB = 44
_RUN = """axe.run(%s).then(found => found.violations.map(one => [one.id, one.nodes[0].html]))"""
_SIZES = """least => {
  const seen = one => {
    const box = one.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && one.checkVisibility({visibilityProperty: true});
  };
  const all = [...document.querySelectorAll("button, .button, .exit, textarea, select")].filter(seen);
  return {
    width: document.documentElement.scrollWidth,
    low: all.filter(one => one.getBoundingClientRect().height < least).map(one => one.innerText || one.name),
  };
}"""


def of_axe(page, where, *schemes):
    """What axe finds on a page, in short, in each of these schemes of colours; light is in force after it."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(SCRIPT)
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        for rule, html in page.evaluate(_RUN % json.dumps({**OPTIONS[scheme], "resultTypes": ["violations"]})):
            yield f"{where} {scheme}: {rule}: {html}"
    page.emulate_media(color_scheme="light")


def of_size(page, where):
    """What is wider than the screen, or too small for a thumb."""
    sizes = page.evaluate(_SIZES, THUMB)
    if sizes["width"] > page.viewport_size["width"]:
        yield f"{where}: wider than the screen"
    yield from (f"{where}: lower than a thumb: {words}" for words in sizes["low"])


def faults(page, where):
    """Everything that is wrong with the page that is open, light and dark, each in a line that names the page."""
    return [*of_axe(page, where, "light", "dark"), *of_size(page, where)]
