"""A caseworker at work in a real browser, with scripts off."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from safeconduct.desk.members.actions.name_custodians import name_custodians
from safeconduct.desk.members.roles import Role
from tests.browser.filled import older_law
from tests.desk.office.at_work import PASSWORD, office
from tools.picture_pages import follow, open_page
from tools.serving import served

__all__ = ["office"]
pytestmark = pytest.mark.loopback


@pytest.fixture
def where(office):
    """The members' site, served on loopback: its address."""
    from django.test import override_settings

    with override_settings(ALLOWED_HOSTS=["localhost"]), served(WSGIHandler()) as address:
        yield address


@pytest.fixture
def page(chromium, where):
    """A wide screen, in English."""
    page = open_page(chromium, where, language="en", width=1000)
    page.set_default_timeout(10_000)
    yield page
    page.context.close()


@pytest.fixture
def small(chromium, where):
    """An old telephone, in Russian, with scripts off."""
    page = open_page(chromium, where, language="ru", width=320)
    page.set_default_timeout(20_000)
    yield page
    page.context.close()


def sign_in(page, office, somebody):
    page.goto("/sign-in/")
    page.fill("[name=login]", somebody.login)
    page.fill("[name=password]", somebody.password)
    follow(page, "form[action='/sign-in/'] button")
    office.clock.on(seconds=60)
    page.fill("[name=code]", office.browser().code(somebody))
    follow(page, "form[action='/sign-in/code/'] button")


def tab(page, name):
    follow(page, f".tabs a:text-is('{name}')")


def said(page):
    """What the page says was done."""
    return page.inner_text("[role=status]")


def fits(page):
    """Whether nothing is wider than the screen."""
    # Scripts are off on the page; what asks here runs beside it.
    return page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_a_caseworker_goes_the_whole_way_on_an_old_telephone_in_russian(small, office, settings_of, tmp_path):
    page, full = small, settings.DESK
    anna = office.member("anna", Role.CASEWORKER, Role.LAWYER, name="Анна")
    boris, clara = office.member("boris", Role.LAWYER, name="Борис"), office.member("clara", name="Клара")
    office.case(anna, text="Я ушёл с базы, сейчас в Алматы")
    settings_of(replace(full, law=older_law()))
    sign_in(page, office, anna)
    opened_and_answered(page, tmp_path)
    told(page)
    position_saved(page)
    settings_of(replace(full, law=full.law))
    law_changed(page)
    seen_by_a_lawyer(page)
    given_and_taken(page, boris, clara)
    closed_and_shredded(page)
    follow(page, "text=Выйти")
    page.goto("/cases/")
    assert page.inner_text("h1") == "Войти"


def opened_and_answered(page, folder):
    assert page.inner_text("h1") == "Входящие"
    assert fits(page)
    follow(page, "main table a")
    assert "Я ушёл с базы, сейчас в Алматы" in page.inner_text(".thread")
    follow(page, "text=Взять это дело")
    page.fill("[name=text]", "Мы можем помочь. Когда вы ушли?")
    (folder / "бланк.pdf").write_bytes(b"a form")
    page.set_input_files("[name=files]", folder / "бланк.pdf")
    follow(page, "text=Отправить обратившемуся")
    assert "Мы можем помочь. Когда вы ушли?" in page.inner_text(".thread")
    page.fill("[name=label]", "Человек из Алматы")
    follow(page, "text=Сохранить метку")
    assert page.inner_text("h1") == "Человек из Алматы"
    tab(page, "Заметки")
    page.fill("[name=text]", "Спросить про билет")
    follow(page, "text=Сохранить заметку")
    assert "Спросить про билет" in page.inner_text(".thread")
    assert fits(page)
    tab(page, "Файлы")
    with page.expect_download() as taken:
        page.click("text=бланк.pdf")
    assert taken.value.suggested_filename == "бланк.pdf"


def told(page):
    """A person, facts of theirs in two tellings, and an event."""
    tab(page, "Люди и закон")
    page.fill("[name=pseudonym]", "Алекс")
    page.select_option("[name=consent] >> nth=-1", "known")
    follow(page, "button:text-is('Добавить')")
    follow(page, "section a:has-text('Что рассказано')")
    for words, who in (("1993-05", "сам Алекс"), ("1994", "бумага")):
        follow(page, "main a[href$='/facts/person/']")
        page.locator("details:has([name='f.birth_date'])").locator("summary").first.click()
        page.fill("[name='f.birth_date']", words)
        page.fill("[name=said_by]", who)
        assert fits(page)
        follow(page, "text=Записать")
    follow(page, "main a[href$='/facts/person/']")
    for name in ("f.citizenships", "f.sex"):
        page.locator(f"details:has([name='{name}'])").locator("summary").first.click()
    page.fill("[name='f.citizenships']", "RU")
    page.check("[name='f.sex'][value=male]")
    page.fill("[name=said_by]", "сам Алекс")
    follow(page, "text=Записать")
    assert "бумага" in page.inner_text("main")
    page.click("summary:has-text('Записать событие')")
    follow(page, "main a[href$='/events/new/left_unit/']")
    page.fill("[name='e.on']", "2022-09-24..2022-10-31")
    page.select_option("[name='e.permission']", "no")
    page.fill("[name=said_by]", "сам Алекс")
    follow(page, "text=Записать")


def position_saved(page):
    follow(page, "main a:text-is('Правовая позиция')")
    assert "XX-" in page.text_content("main")
    assert fits(page)
    follow(page, "text=Сохранить эту позицию")
    assert said(page) == "Позиция сохранена вместе с распиской о расчёте."
    follow(page, "main a:text-is('Шкала времени')")
    assert page.locator("main svg").count() == 1
    tab(page, "Дни")
    page.fill("[name=on]", "2026-12-01")
    page.fill("[name=text]", "Спросить про бумагу")
    follow(page, "text=Сохранить день")
    assert "Спросить про бумагу" in page.inner_text("main")


def law_changed(page):
    """A page of law came to be: the case is listed, with what and why, until somebody says that they know."""
    page.goto("/inbox/")
    page.goto("/law-changed/")
    assert page.inner_text("h1") == "Дела, которых касается изменение закона"
    assert "XX-FORM-1" in page.text_content("main")
    assert "Человек из Алматы" in page.inner_text("main")
    assert fits(page)
    follow(page, "text=Мне это известно")
    assert page.locator("main a:has-text('Человек из Алматы')").count() == 0


def seen_by_a_lawyer(page):
    """A lawyer's view beside an answer of the saved position, and what changed since."""
    page.goto("/cases/")
    follow(page, "main a:has-text('Человек из Алматы')")
    tab(page, "Люди и закон")
    follow(page, "section a:has-text('Правовая позиция')")
    follow(page, "main a[href*='/positions/']:not([href$='/compare/'])")
    page.select_option("[name=finding]", index=1)
    page.select_option("[name=opinion]", "doubtful")
    page.fill("[name=reason]", "Суд читает иначе")
    follow(page, "text=Сохранить мнение")
    assert said(page) == "Ваше мнение сохранено рядом с ответом."
    assert "Суд читает иначе" in page.inner_text("main")
    assert fits(page)
    follow(page, "main a[href$='/compare/']")
    assert "XX-FORM-1" in page.text_content("main")


def given_and_taken(page, boris, clara):
    """Assigned to a colleague, referred to another with a reason, and taken from one of them."""
    tab(page, "Кто ведёт дело")
    assert "Дело ведёт только один участник" in page.inner_text("main")
    page.select_option("form[action$='/assign/'] select", str(boris.member))
    follow(page, "form[action$='/assign/'] button")
    assert "Борис" in page.inner_text("main ul:not(.tabs)")
    page.select_option("form[action$='/refer/'] select", str(clara.member))
    page.fill("form[action$='/refer/'] [name=reason]", "Клара знает суды в Алматы")
    follow(page, "form[action$='/refer/'] button")
    assert said(page) == "Передано. Причина стоит среди заметок."
    follow(page, f"a[href$='/withdraw/{boris.member}/']")
    follow(page, "text=Отозвать сейчас")
    assert page.locator(f"a[href$='/withdraw/{boris.member}/']").count() == 0
    assert page.locator(f"a[href$='/withdraw/{clara.member}/']").count() == 1
    tab(page, "Заметки")
    assert "Клара знает суды в Алматы" in page.inner_text(".thread")


def closed_and_shredded(page):
    tab(page, "Завершение")
    page.check("[value=helped]")
    follow(page, "form[action$='/close/'] button")
    assert "закрыто" in page.inner_text(".badge >> nth=0")
    tab(page, "Журнал")
    trail = page.inner_text(".timeline")
    for verb in ("берёт дело", "записывает рассказанное", "назначает дело участнику Борис", "отзывает участника Борис"):
        assert verb in trail
    assert fits(page)
    tab(page, "Завершение")
    follow(page, "main a.grave")
    # The password was typed minutes ago: an end without return asks for it again.
    if page.locator("main form").count() == 0:
        follow(page, "main a.button")
        page.fill("[name=password]", PASSWORD)
        follow(page, "main form button")
    follow(page, "text=Уничтожить сейчас")
    assert "Дело уничтожено" in said(page)
    assert page.locator("main a:has-text('Человек из Алматы')").count() == 0


def test_somebody_joins_by_a_link_with_telephone_and_printed_code_and_does_the_drill(page, office):
    from base64 import b32decode

    from safeconduct.desk.members.actions.invite_member import first_administrator
    from safeconduct.desk.members.actor import Operator
    from safeconduct.desk.members.totp import code_at, step_of
    from safeconduct.values.secret import Secret
    from tests.desk.office.at_work import link_to

    page.goto(link_to(first_administrator(Operator(), now=office.clock.moment)))
    page.fill("[name=login]", "root")
    page.fill("[name=new]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    follow(page, "text=Go on")
    assert page.locator("main svg").count() == 1
    letters, printed, door = page.locator(".code").all_inner_texts()
    assert len(door.replace("\n", "").replace(" ", "")) == 12
    letters += "=" * (-len(letters) % 8)
    page.fill("[name=code]", code_at(Secret(b32decode(letters)), step_of(office.clock.moment)))
    follow(page, "text=Finish")
    assert page.inner_text("h1") == "Try your printed code once"
    page.fill("[name=printed]", "1" * 42)
    follow(page, "button:has-text('Compare')")
    assert page.locator("[role=alert]").count() == 1
    page.fill("[name=printed]", printed)
    follow(page, "button:has-text('Compare')")
    assert page.inner_text("h1") == "Members"
    assert "Lock" not in page.inner_text("tbody")


def test_an_administrator_invites_names_custodians_and_opens_a_way_in_but_no_case(page, office):
    root, anna = office.admin(), office.member("anna")
    for login in ("k1", "k2", "k3"):
        office.member(login, Role.CUSTODIAN)
    case, _ = office.case(anna)
    sign_in(page, office, root)
    page.fill("[name=name]", "Boris")
    page.check("[name=roles][value=lawyer]")
    follow(page, "text=Make a one-time link")
    assert "/join/" in page.inner_text(".code")
    follow(page, "header a:has-text('Custodians')")
    for place, login in (("one", "K1"), ("two", "K2"), ("three", "K3")):
        page.select_option(f"[name={place}]", label=login)
    follow(page, "text=Name them")
    assert page.locator("dt").count() == 3
    page.goto("/channels/")
    page.fill("[name=name]", "Safe Harbour")
    follow(page, "text=Open it")
    page.check("text=Anna")
    follow(page, "text=Keep")
    assert "Safe Harbour" in page.inner_text("main")
    page.goto(f"/cases/{case}/")
    assert page.inner_text("h1") == "No such page"


def test_a_lost_password_comes_back_by_the_printed_code(page, office):
    anna = office.member("anna")
    page.goto("/recover/code/")
    for name, value in {"login": "anna", "printed": anna.printed, "new": "a kestrel in spring"}.items():
        page.fill(f"[name={name}]", value)
    page.fill("[name=again]", "a kestrel in spring")
    office.clock.on(seconds=60)
    page.fill("[name=code]", office.browser().code(anna))
    follow(page, "main form button")
    assert "You have a new password" in said(page)
    anna.password = "a kestrel in spring"
    office.clock.on(seconds=60)
    sign_in(page, office, anna)
    assert page.inner_text("h1") == "Inbox"


def test_a_lost_key_comes_back_by_two_custodians(chromium, where, page, office):
    from base64 import b32decode

    from safeconduct.desk.members.totp import code_at, step_of
    from safeconduct.values.secret import Secret

    anna = office.member("anna")
    keepers = [office.member(login, Role.CUSTODIAN) for login in ("k1", "k2", "k3")]
    office.case(anna, text="I left the base")
    named = tuple(one.member for one in keepers)
    name_custodians(office.admin().actor, members=named, now=office.clock.moment)
    sign_in(page, office, anna)
    follow(page, "header a:has-text('Custodians')")
    follow(page, "text=Seal my key to these three")
    assert "Your key is sealed to them." in page.inner_text("main")
    follow(page, "text=Sign out")
    page.goto("/recover/ask/")
    page.fill("[name=login]", "anna")
    follow(page, "main form button")
    token, fingerprint = page.locator("main .code").all_inner_texts()
    assert [helped(chromium, where, office, one, fingerprint) for one in keepers[:2]] == [
        "Your part is done. A second custodian has to do theirs.",
        "Both parts are done. The member can finish now.",
    ]
    follow(page, "text=They have helped: finish")
    page.fill("[name=token]", token)
    for name in ("new", "again"):
        page.fill(f"[name={name}]", "a kestrel in spring")
    follow(page, "main form button")
    letters = page.locator(".code.whole").first.inner_text()
    letters += "=" * (-len(letters) % 8)
    page.fill("[name=code]", code_at(Secret(b32decode(letters)), step_of(office.clock.moment)))
    follow(page, "text=Finish")
    page.goto("/inbox/")
    follow(page, "main table a")
    assert "I left the base" in page.inner_text(".thread")


def helped(chromium, where, office, keeper, fingerprint):
    """A custodian in their own browser sees the same fingerprint and does their part: what the page says."""
    page = open_page(chromium, where, language="en", width=320)
    page.set_default_timeout(20_000)
    sign_in(page, office, keeper)
    page.goto("/custodians/")
    assert page.inner_text(".notice .code") == fingerprint
    follow(page, "text=The fingerprint is this one: do my part")
    words = said(page)
    page.context.close()
    return words
