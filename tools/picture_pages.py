"""The pages that `tools/pictures.py` takes pictures of: the way of one person through the contact site."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, Page, sync_playwright

from safeconduct.desk.cases.actions.write_as_member import write_as_member
from safeconduct.desk.cases.block_pairs import renew_block_pair
from safeconduct.desk.cases.channels import named
from safeconduct.desk.cases.form_token import issue
from safeconduct.desk.cases.models import Case, Channel, ChannelMember
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.roles import Role, State, to_text
from safeconduct.desk.project.clock import now
from safeconduct.desk.project.stores import both_stores
from safeconduct.vault.sealing import PrivateKey
from tools.chromium import browser as found_browser
from tools.serving import served
from tools.small_png import MOST_COLOURS, small_png

LANGUAGES = ("en", "ru", "uk", "kk")
WIDTHS = {"narrow": 320, "wide": 1000}
_HIGHEST = 2_400
# Enough for pages of words.
COLOURS = 16
# A machine may be busy with other things.
_LONGEST_MS = 180_000
CONTACT = (
    "languages", "start", "protection", "questions", "answer", "write", "write-again", "code", "return",
    "return-wrong", "conversation", "sent", "end", "ended", "not-found",
)  # fmt: skip
"""The pages of `journey`, in its order; each has its picture in every language and width."""
FLAGS = (
    "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-default-browser-check",
)  # fmt: skip
# What an invented person writes, and what they are answered.
QUESTION = {
    "en": "I am in Almaty. I came on 22 October. What must I do first, and until when?",
    "ru": "Я в Алматы. Приехал 22 октября. Что мне сделать первым и до какого дня?",
    "uk": "Я в Алмати. Приїхав 22 жовтня. Що мені зробити спершу й до якого дня?",
    "kk": "Мен Алматыдамын. 22 қазанда келдім. Алдымен не істеуім керек, қай күнге дейін?",
}
ANSWER = {
    "en": "Thank you for writing. Have you applied for asylum anywhere?",
    "ru": "Спасибо, что написали. Вы уже просили где-нибудь убежища?",
    "uk": "Дякуємо, що написали. Ви вже десь просили притулку?",
    "kk": "Жазғаныңызға рақмет. Сіз бір жерден пана сұрадыңыз ба?",
}


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Chromium, without anything it would fetch by itself."""
    # The sandbox of Chromium does not start for an administrator's account, and our pages are our own.
    flags = (*FLAGS, "--no-sandbox") if os.geteuid() == 0 else FLAGS
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found_browser(), args=list(flags))
        yield browser
        browser.close()


def a_helper() -> Actor:
    """Somebody who reads the one channel of an invented organisation."""
    private = PrivateKey.new()
    member = Member.objects.create(
        login=uuid4().hex, name=b"", roles=to_text((Role.INTAKE,)), state=State.ACTIVE.value, public=private.public.raw
    )
    channel = uuid4()
    row = Channel.objects.create(id=channel, name=named(channel, "Safe Harbour"))
    ChannelMember.objects.create(channel=row, member=member.pk)
    with both_stores():
        renew_block_pair(channel)
    return Actor(member=member.pk, roles=frozenset({Role.INTAKE}), private=private, is_fresh=True)


def draw(folder: Path, wanted: frozenset[str]) -> int:
    """Take the pictures.

    Args:
        folder: Where they go.
        wanted: Languages and pages; none of a sort means all of it.
    Returns:
        How many were taken.
    """
    folder.mkdir(parents=True, exist_ok=True)
    helper = a_helper()
    languages = wanted & set(LANGUAGES) or LANGUAGES
    pages = wanted - set(LANGUAGES)
    made = 0
    with served(WSGIHandler()) as address, a_browser() as browser:
        for language in languages:
            for name, width in WIDTHS.items():
                page = open_page(browser, address, language=language, width=width)
                page.set_default_timeout(_LONGEST_MS)
                for step in journey(page, helper, language=language):
                    if not pages or step in pages:
                        take(page, folder / f"{step}-{language}-{name}.png", highest=_HIGHEST, colours=COLOURS)
                        made += 1
                # The check is one run, so that it is walked through even where one picture of it is wanted.
                for step in check_steps(page) if not pages or any(one.startswith("check-") for one in pages) else ():
                    if not pages or step in pages:
                        take(page, folder / f"{step}-{language}-{name}.png", highest=_HIGHEST, colours=COLOURS)
                        made += 1
                page.context.close()
        made += _dark_and_style(browser, address, folder) if not wanted else 0
    return made


def check_steps(page: Page) -> Iterator[str]:
    """The pages of the check; imported when wanted, because they are driven by what stands here."""
    from tools.picture_check_pages import check_journey  # noqa: PLC0415 -- as the line above says

    return check_journey(page)


def take(page: Page, path: Path, *, highest: int | None = None, colours: int = MOST_COLOURS) -> None:
    """Take a picture of the whole page that is open.

    Args:
        page: The page.
        path: Where the picture goes.
        highest: Where it is cut off, in CSS pixels; None for nowhere.
        colours: How many are kept, at most.
    """
    picture = page.screenshot(full_page=True)
    path.write_bytes(small_png(picture, highest=highest, colours=colours))


def open_page(  # noqa: PLR0913 -- how a browser may differ, each by its name
    browser: Browser, address: str, *, language: str, width: int, dark: bool = False, scripts: bool = False
) -> Page:
    """A page of a browser of its own, so that nothing is left from another.

    Args:
        browser: Chromium.
        address: Of the site.
        language: What the browser asks for.
        width: In CSS pixels.
        dark: Whether the person likes it dark.
        scripts: Whether scripts may run; our pages have none, but checks of them are scripts.
    """
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 640},
        locale=language,
        java_script_enabled=scripts,
        color_scheme="dark" if dark else "light",
    )
    return context.new_page()


def follow(page: Page, selector: str) -> None:
    """Click what leads to another page, and wait until that page is there whole.

    Args:
        page: The page.
        selector: Of a link, or of a button that sends a form.
    """
    with page.expect_navigation():
        page.click(selector)


def journey(page: Page, helper: Actor, *, language: str) -> Iterator[str]:
    """The way of one person. Whenever a page is open that is worth a picture, its name is given out.

    Args:
        page: A page of a browser that was never here.
        helper: Who answers.
        language: The language to choose.
    """
    page.goto("/")
    yield "languages"
    follow(page, f"button[value={language}]")
    yield "start"
    page.goto("/9")
    yield "protection"
    page.goto(f"/a/{language}")
    yield "questions"
    page.goto(f"/a/{language}/28")
    yield "answer"
    page.goto("/2")
    yield "write"
    follow(page, "main button")
    yield "write-again"
    page.fill("[name=text]", QUESTION[language])
    follow(page, "main button")
    yield "code"
    code = " ".join(page.locator(".code").first.locator("span").all_inner_texts())
    # Django keeps its stores from the thread that drives the browser.
    with ThreadPoolExecutor(1) as other:
        other.submit(_answer, helper, language).result()
    page.goto("/3")
    yield "return"
    page.fill("[name=code]", "1234")
    follow(page, "main button")
    yield "return-wrong"
    for _ in range(2):
        page.goto("/3")
        page.fill("[name=code]", code)
        follow(page, "main button")
    yield "conversation"
    page.goto("/5")
    yield "sent"
    page.goto("/6")
    yield "end"
    follow(page, "main .grave")
    yield "ended"
    page.goto("/nothing-here")
    yield "not-found"


def _answer(helper: Actor, language: str) -> None:
    (case,) = Case.objects.filter(ended=False).values_list("pk", flat=True)
    write_as_member(helper, case=case, text=ANSWER[language], token=issue(now=now()), now=now())


def _dark_and_style(browser: Browser, address: str, folder: Path) -> int:
    made = 0
    for dark in (False, True):
        for name, width in WIDTHS.items():
            page = open_page(browser, address, language="en", width=width, dark=dark)
            for step, where in (("style", "/style"), ("dark-write", "/2"))[: 2 if dark else 1]:
                page.goto(where)
                kind = "dark" if dark and step == "style" else "en"
                take(page, folder / f"{step}-{kind}-{name}.png")
                made += 1
            page.context.close()
    return made
