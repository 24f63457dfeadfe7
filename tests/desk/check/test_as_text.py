"""The pages of the check as w3m shows them: forms are sent by the browser of text of these tests, w3m shows each page.

w3m itself sends no `Secure` cookie over http, even to this machine; so it cannot be let loose on a server of the tests.
"""

import shutil
import subprocess

import pytest

from tests.desk.check.browsing import TextBrowser
from tests.desk.check.small_site import contact_site, open_site, small_site

__all__ = ["contact_site", "open_site", "small_site"]
END = ("Показать результат сейчас",)
#    question           words, in the order in which they must come
ORDER = {
    "events":           ("Быстро уйти", "Вопрос 1.", "Случалось ли", "Отметьте всё", "Не знаю", "Дальше", *END),
    "birth_date":       ("Год", "Месяц или время года", "сколько вам сейчас лет", "Не знаю", "Дальше", *END),
    "left_unit":        ("было ли это?", "Ваш ответ", "Да", "Нет", "Если да", "Когда?", "Дальше", *END),
    "citizenships":     ("Россия", "Казахстан", "Другие страны", "Ваш ответ", "Не знаю", "Дальше", *END),
    "children":         ("(1)", "(4)", "Ваш ответ", "Нет", "Не знаю", "Дальше", *END),
}  # fmt: skip


def as_text(browser):
    """The page as w3m shows it where it is installed, else its words in their order."""
    program = shutil.which("w3m")
    if program is None:
        return browser.text
    command = (program, "-dump", "-T", "text/html", "-I", "utf-8", "-O", "utf-8", "-cols", "60")
    shown = subprocess.run(command, input=browser.answer.content, check=True, capture_output=True, timeout=30)
    return " ".join(shown.stdout.decode().split())


@pytest.mark.usefixtures("small_site")
def test_every_page_of_a_whole_run_reads_in_order_as_text():
    browser, seen = TextBrowser("ru"), set()
    browser.begin()
    while not browser.address.endswith("/result"):
        if browser.asked in ORDER:
            text = as_text(browser)
            place = 0
            for words in ORDER[browser.asked]:
                place = text.find(words, place)
                assert place >= 0, (browser.asked, words)
            seen.add(browser.asked)
        browser.send(answer="unknown")
    assert browser.answer.status_code == 200
    assert seen == set(ORDER)
