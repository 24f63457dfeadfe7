"""The pages of the public check that `tools/pictures.py` takes pictures of: one person, up to what is on paper."""

from collections.abc import Iterator

from playwright.sync_api import Page

from tools.picture_pages import follow

CHECK = (
    "begin", "countries", "events", "day", "choice", "list", "read-back", "result", "print", "helper", "continue",
)  # fmt: skip
"""The pages of `check_journey`; each has its picture in every language and width."""
_TICKED = {"countries": ("RU", "KZ"), "events": ("entered", "mobilised", "left_unit", "left_country")}
_MOST_QUESTIONS = 14
_YEAR, _MONTH = "main [name=on-year], main [name=v-year]", "main [name=on-month], main [name=v-month]"


def check_journey(page: Page) -> Iterator[str]:
    """The way of one person. Whenever a page is open that is worth a picture, its name is given out.

    Args:
        page: A page of a browser that has chosen its language.
    """
    page.goto("/c/")
    yield "check-begin"
    follow(page, "main button")
    seen: set[str] = set()
    for _ in range(_MOST_QUESTIONS):
        kind = _kind(page)
        if kind not in seen:
            seen.add(kind)
            yield f"check-{kind}"
        _answer(page, kind)
        follow(page, "main form button")
        if page.locator("[name=right]").count():
            yield "check-read-back"
            follow(page, "[name=right][value=yes]")
        if page.url.endswith("/result"):
            break
    else:
        follow(page, "main a[href$='/result']")
    yield "check-result"
    for name in ("print", "helper", "continue"):
        page.goto(page.url.rpartition("/")[0] + f"/{name}")
        yield f"check-{name}"


def _kind(page: Page) -> str:
    """What is asked for, in a word."""
    offered = page.locator("main [name=v]").evaluate_all("found => found.map(one => one.value)") if _has(page) else []
    if set(_TICKED["countries"]) <= set(offered):
        return "countries"
    if set(_TICKED["events"]) & set(offered):
        return "events"
    if page.locator(_YEAR).count():
        return "day"
    return "list" if offered else "choice"


def _has(page: Page) -> bool:
    return page.locator("main [name=v][type=checkbox]").count() > 0


def _answer(page: Page, kind: str) -> None:
    if kind in _TICKED:
        for value in _TICKED[kind]:
            box = page.locator(f"main [name=v][value={value}]")
            if box.count():
                box.check()
    elif kind == "day":
        if page.locator("main [name=answer][value=yes]").count():
            page.check("main [name=answer][value=yes]")
        is_birth = page.locator("[name=asked]").first.get_attribute("value") == "birth_date"
        page.fill(_YEAR, "1993" if is_birth else "2022")
        if not is_birth:
            page.select_option(_MONTH, "autumn")
    else:
        page.check("main [name=answer][value=unknown]")
