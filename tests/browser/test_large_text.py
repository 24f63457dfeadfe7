"""Letters twice as large, on both sites: nothing is wider than the screen, and nothing that can be read is cut off.

At 200 % of the browser's zoom a window of 640 pixels is one of 320; the other tests of this folder look at that. Here
the letters alone grow, as somebody sets it who sees little: the window stays as it is.
"""

import pytest

from tests.browser.filled import filled
from tests.browser.test_office_look import signed_in, where_filled
from tools.picture_pages import journey, open_page

__all__ = ["filled", "where_filled"]
pytestmark = pytest.mark.loopback
WIDTH = 640
# Our policy lets in no style but ours; what a script sets on an element is no such style.
_GROW = """() => {
  document.documentElement.style.setProperty("font-size", "200%");
  return parseFloat(getComputedStyle(document.body).fontSize);
}"""
USUAL_PX = 16
# Wide tables and pictures stand in a box of their own that is moved sideways.
_CUT = """() => {
  const cut = [];
  for (const one of document.querySelectorAll("main *, header *, footer *")) {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const seen = box.width && one.checkVisibility({visibilityProperty: true});
    if (!seen || one.closest(".unseen, .skip, svg, option")) continue;
    const holder = one.closest(".wide, [tabindex='0']");
    const html = one.outerHTML.slice(0, 90), beyond = box.right > innerWidth + 1 || box.left < -1;
    if (!holder && beyond) cut.push("beyond the edge: " + html);
    const hides = style.overflowX === "hidden" || style.overflowX === "clip";
    if (hides && one.scrollWidth > one.clientWidth + 1) cut.push("cut off: " + html);
  }
  if (document.documentElement.scrollWidth > innerWidth) cut.push("the page is wider than the screen");
  return cut;
}"""
OFFICE = (
    "inbox", "cases", "law-changed", "thread", "files", "people", "holders", "dues", "close", "facts", "position",
    "saved", "compare", "timeline", "settings",
)  # fmt: skip


def faults(page, where):
    assert page.evaluate(_GROW) == 2 * USUAL_PX
    return [f"{where}: {fault}" for fault in page.evaluate(_CUT)]


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_letters_twice_as_large_are_read_on_the_contact_site(chromium, address, open_site, language):
    page = open_page(chromium, address, language=language, width=WIDTH, scripts=True)
    page.context.set_default_timeout(20_000)
    found = [fault for where in journey(page, open_site, language=language) for fault in faults(page, where)]
    page.context.close()
    assert found == []


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_letters_twice_as_large_are_read_on_the_members_site(chromium, filled, where_filled, language):
    page = signed_in(chromium, where_filled, filled, "anna", language)
    page.set_viewport_size({"width": WIDTH, "height": 640})
    found = []
    for name in OFFICE:
        assert page.goto(filled.addresses[name]).status == 200
        found += faults(page, name)
    page.context.close()
    assert found == []
