"""A person on an old telephone, with scripts off, in Russian: writes, gets the code, comes back, reads, sends, ends."""

import re
import shutil
import subprocess
import time

import pytest

from safeconduct.desk.cases.actions.read_file import as_member
from safeconduct.desk.cases.actions.read_thread import read_thread
from safeconduct.desk.cases.actions.write_as_member import write_as_member
from safeconduct.desk.cases.form_token import issue
from safeconduct.desk.cases.models import Case, Record
from safeconduct.desk.project.clock import now
from tests.desk.contact.visiting import Reading
from tools.picture_pages import follow, open_page
from tools.serving import served

pytestmark = pytest.mark.loopback
WIDTH = 320
LARGEST_BYTES, MOST_REQUESTS = 30_000, 4


@pytest.fixture
def page(chromium, address):
    page = open_page(chromium, address, language="ru", width=WIDTH)
    page.set_default_timeout(10_000)
    yield page
    page.context.close()


@pytest.fixture
def elsewhere(address):
    """Where the quick exit leads: what it was asked, each time."""
    from dataclasses import replace

    from django.conf import settings
    from django.test import override_settings

    asked = []

    def site(environ, start):
        if environ["PATH_INFO"] == "/":
            asked.append(dict(environ))
        start("200 OK", [("Content-Type", "text/html")])
        return [b"<title>Elsewhere</title>"]

    with served(site) as where:
        told = replace(settings.DESK, exit_address=where.replace("localhost", "127.0.0.1"))
        with override_settings(DESK=told):
            yield asked


def to_the_form(page):
    page.goto("/")
    follow(page, "text=Русский")
    follow(page, "text=Написать впервые")


def write(page, text="Я ушёл из части и сейчас в Алматы"):
    """Write first, and get the code after."""
    to_the_form(page)
    page.fill("[name=text]", text)
    follow(page, "text=Отправить и получить код")
    return " ".join(page.locator(".code").first.locator("span").all_inner_texts())


def come_back(page, code):
    page.goto("/1")
    follow(page, "text=Вернуться с кодом")
    page.fill("[name=code]", code)
    follow(page, "main button")


def test_a_person_writes_comes_back_reads_an_answer_sends_a_file_and_ends(page, open_site, tmp_path):
    to_the_form(page)
    page.check("text=За другого человека")
    page.fill("[name=text]", "Мой брат ушёл из части. Он в Алматы.")
    (tmp_path / "повестка.jpg").write_bytes(b"picture of a summons")
    page.set_input_files("[name=enclosed]", tmp_path / "повестка.jpg")
    follow(page, "text=Отправить и получить код")
    assert page.inner_text("h1") == "Ваше сообщение пришло"
    digits = " ".join(page.locator(".code").first.locator("span").all_inner_texts())
    words = " ".join(page.locator(".words span").all_inner_texts())
    assert re.fullmatch(r"(\d{4} ){6}\d\d", digits)
    page.fill("[name=code]", digits.replace(" ", "-"))
    follow(page, "text=Проверить код")
    assert page.inner_text("h1") == "Ваша переписка"
    follow(page, "text=Закрыть")

    case = Case.objects.get().pk
    write_as_member(open_site, case=case, text="Здравствуйте. Мы с вами.", token=issue(now=now()), now=now())

    come_back(page, words.upper())
    assert "Здравствуйте. Мы с вами." in page.inner_text(".thread")
    assert "День прошлого посещения" in page.inner_text("main")
    with page.expect_download() as taken:
        page.click("text=повестка.jpg")
    assert taken.value.suggested_filename == "повестка.jpg"
    page.set_input_files("[name=enclosed]", tmp_path / "повестка.jpg")
    page.fill("[name=text]", "Вот ещё раз")
    follow(page, "main button:has-text('Отправить')")
    assert page.inner_text("h1") == "Отправлено"
    follow(page, "text=Назад к переписке")
    assert page.locator(".thread li").count() == 5
    sent = Record.objects.filter(kind="file").values_list("pk", flat=True)
    assert {b"".join(as_member(open_site, case=case, file=file).pieces) for file in sent} == {b"picture of a summons"}

    follow(page, "text=Закончить эту переписку")
    follow(page, "text=Да, стереть всё")
    assert page.inner_text("h1") == "Всё стёрто"
    assert not Record.objects.filter(domain="thread").exists()
    come_back(page, digits)
    assert "Этот код здесь ничего не открывает" in page.inner_text("main")


def answers_to(page, where):
    """Everything that comes while a page opens."""
    came = []

    def take(answer):
        came.append(answer)

    page.on("response", take)
    page.goto(where)
    page.wait_for_load_state("networkidle")
    return came


def test_the_first_page_is_light_and_asks_for_little(page):
    came = answers_to(page, "/")
    assert 1 <= len(came) <= MOST_REQUESTS
    assert sum(len(answer.body()) + len(str(answer.headers)) for answer in came) <= LARGEST_BYTES


@pytest.mark.parametrize("where", ["/1", "/2", "/3", "/9"])
def test_every_page_is_light(page, where):
    came = answers_to(page, where)
    assert len(came) <= MOST_REQUESTS
    assert sum(len(answer.body()) + len(str(answer.headers)) for answer in came) <= LARGEST_BYTES


def test_the_way_out_leaves_no_cookie_and_says_to_nobody_where_one_was(page, elsewhere):
    come_back(page, write(page))
    assert len(page.context.cookies()) == 3
    page.click("text=Быстро уйти")
    assert page.title() == "Elsewhere"
    assert page.context.cookies() == []
    assert elsewhere
    assert [asked for asked in elsewhere if "HTTP_REFERER" in asked or "HTTP_COOKIE" in asked] == []
    page.goto("/4")
    assert page.locator("[name=code]").count() == 1


def test_going_back_after_the_way_out_shows_no_conversation(page, elsewhere):
    come_back(page, write(page, text="marker-4711"))
    assert "marker-4711" in page.inner_text("main")
    page.click("text=Быстро уйти")
    assert page.title() == "Elsewhere"
    page.go_back()
    assert "marker-4711" not in page.inner_text("main")


def test_refreshing_the_page_of_the_code_shows_the_same_code_and_takes_nothing_in_twice(page):
    code = write(page)
    page.reload()
    assert " ".join(page.locator(".code").first.locator("span").all_inner_texts()) == code
    assert Case.objects.count() == 1


def test_a_file_that_is_far_too_large_takes_no_text_with_it(page, tmp_path):
    from dataclasses import replace

    from django.conf import settings
    from django.test import override_settings

    (tmp_path / "film.mp4").write_bytes(b"x" * 4_000_000)
    with override_settings(DESK=replace(settings.DESK, longest_file=100_000)):
        to_the_form(page)
        page.fill("[name=text]", "Важный текст")
        page.set_input_files("[name=enclosed]", tmp_path / "film.mp4")
        follow(page, "main button")
    assert "Дошло не всё" in page.inner_text("#errors")
    assert page.input_value("[name=text]") == "Важный текст"
    assert Case.objects.count() == 0


#   page   seconds within which it stands, at 400 kbit/s with 800 ms each way and back
SLOW = [
    ("/",  6),
    ("/2", 6),
]  # fmt: skip


@pytest.mark.parametrize(("where", "seconds"), SLOW)
def test_a_page_stands_soon_on_a_slow_line(page, where, seconds):
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 800, "downloadThroughput": 50_000, "uploadThroughput": 50_000},
    )
    began = time.monotonic()
    page.goto(where, wait_until="load")
    assert 0.8 <= time.monotonic() - began <= seconds


def test_two_tabs_are_one_visit(page):
    come_back(page, write(page))
    other = page.context.new_page()
    other.goto("/4")
    other.fill("[name=text]", "из второй вкладки")
    follow(other, "main button:has-text('Отправить')")
    page.reload()
    assert "из второй вкладки" in page.inner_text(".thread")


def test_with_the_keyboard_alone_a_person_writes_and_gets_the_code(page):
    to_the_form(page)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "К тексту"
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.locator(":focus").get_attribute("name") == "text":
            break
    page.keyboard.type("Нужен совет")
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.locator("button:focus").count():
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(".code")
    assert Case.objects.count() == 1


def test_what_has_the_focus_is_not_under_the_bar_that_stays(page):
    to_the_form(page)
    follow(page, "text=Отправить и получить код")
    page.click("#errors a")
    field, bar = page.locator("#id_text").bounding_box(), page.locator(".top").bounding_box()
    assert field["y"] >= bar["y"] + bar["height"]


def by_w3m(address):
    """A page as the text browser w3m shows it."""
    command = ("w3m", "-dump", "-o", "accept_language=ru", "-cols", "60", address)
    return subprocess.run(command, check=True, capture_output=True, timeout=30).stdout.decode()


def by_our_reader(address):
    """The words of a page in their order: less than a text browser shows, and to be had on every machine."""
    from urllib.request import Request, urlopen

    with urlopen(Request(address, headers={"Accept-Language": "ru"})) as answer:  # noqa: S310 -- our own server
        return " ".join(Reading(answer.read().decode()).words)


#   page   words, in the order in which they must come
TEXTS = [
    ("/",  ("Быстро уйти", "Русский", "Українська", "Қазақша", "English")),
    ("/1", ("Напишите нам", "Вы получаете код", "Написать впервые", "Вернуться с кодом")),
    ("/2", ("Не пишите того", "За кого вы пишете?", "За себя", "Ваше сообщение", "Оставьте это поле", "Отправить")),
    ("/3", ("Вернуться", "Ваш код", "26 цифр", "Открыть")),
    ("/9", ("Что мы можем", "Чего мы не можем", "Whoever has your code")),
]  # fmt: skip


def in_order(text, words):
    text = " ".join(text.split())
    places = [text.find(word) for word in words]
    return -1 not in places and places == sorted(places)


@pytest.mark.parametrize(("where", "words"), TEXTS)
def test_the_words_of_a_page_are_written_in_order(address, where, words):
    assert in_order(by_our_reader(address + where), words)


@pytest.mark.skipif(shutil.which("w3m") is None, reason="w3m is not installed: no text browser looked at the page")
@pytest.mark.parametrize(("where", "words"), TEXTS)
def test_a_text_browser_shows_the_page_in_order(address, where, words):
    assert in_order(by_w3m(address + where), words)


def test_what_was_written_in_the_browser_is_what_the_thread_holds(page, open_site):
    from safeconduct.desk.cases.actions.return_with_code import return_with_code
    from safeconduct.values.secret import Secret

    text = 'Строка один\nСтрока два\n\n<b>не жирно</b> & "кавычки" 🙂 Ысыах'
    code = write(page, text)
    visit = return_with_code(Secret(code), now=now())
    assert [message.text for message in read_thread(visit.actor).messages] == [text]
