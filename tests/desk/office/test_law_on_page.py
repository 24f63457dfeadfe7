"""What the law says on members' pages: in the reader's language, English marked as English, and nothing left out."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from uuid import UUID

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from safeconduct.desk.cases import law_words
from safeconduct.desk.cases.actions.position import position
from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.office.law_on_page import LawOnPage, law_on_page
from safeconduct.desk.office.position_page import shown_of
from safeconduct.desk.office.warned import warned
from safeconduct.packs.naming import Named, name_in
from safeconduct.packs.translating import Said
from safeconduct.packs.words import Words, texts_of
from safeconduct.rules import timeline, warnings
from safeconduct.rules.finding import Assumption, Cause, DayRange, DeadlineFound, Reason, State, Turn
from safeconduct.rules.marks import Mark, MarkKind, MarkWhat
from safeconduct.rules.tree import Stay
from safeconduct.values.citation import Confidence
from safeconduct.values.truth import Truth
from tests.desk.office.at_work import Page
from tests.desk.office.whole_case import TODAY, at_work

__all__ = ["at_work"]
OTHERS = ("ru", "uk", "kk")
VOID = {"br", "input", "link", "meta", "img", "rect", "line", "circle"}


class Outside(HTMLParser):
    """The words of a page's main part that stand in its own language: not marked as English, and typed by nobody."""

    def __init__(self, page):
        super().__init__()
        self.words, self._open = [], []
        self.feed(re.sub(r"<defs>.*?</defs>", "", page, flags=re.DOTALL))

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag not in VOID:
            self._open.append(
                (tag, told.get("lang") == "en" or "dir" in told or tag in {"style", "script", "textarea"})
            )

    def handle_endtag(self, tag):
        while tag not in VOID and self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if "main" in {tag for tag, _ in self._open} and not any(left_out for _, left_out in self._open):
            self.words.append(data)

    @property
    def latin(self):
        text = re.sub(r"\b[A-Z]{2,4}(?:-[A-Z0-9]+)+\b|\b[0-9a-f]{12,64}\b|\(XX\)", " ", " ".join(self.words))
        return set(re.findall(r"[A-Za-z]{2,}", text))


NAMES = {"anna", "Anna", "XX"}
"""Names of members, and of the invented country, which is called so in every language."""


@pytest.fixture(params=["with words", "without words"])
def _half_translated(request, monkeypatch):
    """The invented law, every second sentence of it translated; or none."""
    found = {}
    if request.param == "with words":
        texts = list(texts_of(law_in_use()))
        found = {text: f"слово {number}" for number, text in enumerate(texts) if number % 2}
    for module in (law_words,):
        monkeypatch.setattr(module, "load_words", lambda language: Words(language=language, texts=found, checked=False))


def unnamed(language):
    """Facts and events of the invented law that the catalogues of names leave out."""
    vocabulary = law_in_use().vocabulary
    found = " ".join(
        [name_in(language, Named.FACT, name) for name in vocabulary.facts]
        + [name_in(language, Named.EVENT, name) for name in vocabulary.events]
    )
    words = set(re.findall(r"[A-Za-z]{2,}", found))
    return words | {word.capitalize() for word in words}


def pages_of(at_work, language):
    browser, parts = at_work.browser("anna", language=language), at_work.parts
    case = f"/cases/{parts['case']}/"
    person = f"{case}people/{parts['person']}/"
    saved = f"{case}positions/{parts['position']}/"
    # A lawyer who reads another day meets other answers.
    yield "position", browser.get(f"{person}position/")
    yield "position before", browser.post(f"{person}position/", on="2010-01-01")
    yield "timeline", browser.post(f"{person}timeline/", first="1990-01-01", last="2027-11-22")
    yield "saved", browser.get(saved)
    yield "compare", browser.post(f"{saved}compare/", on="2010-01-01")
    yield "paper", browser.post(f"{person}print/", on="2026-11-22")


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.usefixtures("_half_translated")
def test_english_stands_nowhere_but_where_it_is_marked(at_work, language):
    for name, answer in pages_of(at_work, language):
        page = answer.content.decode()
        assert answer.status_code == 200, name
        assert "[English:" not in page, name
        assert Outside(page).latin - NAMES - unnamed(language) == set(), name


def found_now(at_work, on=TODAY):
    parts, actor = at_work.parts, at_work.people["anna"].actor
    return position(actor, case=UUID(parts["case"]), person=UUID(parts["person"]), on=on)


@pytest.mark.parametrize("language", ["en", *OTHERS])
def test_every_warning_stands_on_the_position_and_on_its_paper(at_work, language):
    browser, parts = at_work.browser("anna", language=language), at_work.parts
    person = f"/cases/{parts['case']}/people/{parts['person']}/"
    found = found_now(at_work)
    say = law_words.translated(language, grave=True)
    assert len(found.warnings) > 2
    for answer in (browser.get(f"{person}position/"), browser.post(f"{person}print/", on=TODAY.isoformat())):
        text = Page(answer).text
        for warning in found.warnings:
            for said in getattr(say(warning), "parts", (Said(text=warning),)):
                assert said.text in text
                assert said.english in text


def test_the_glance_leads_to_every_heading_with_its_number(at_work):
    parts = at_work.parts
    page = at_work.browser("anna").get(f"/cases/{parts['case']}/people/{parts['person']}/position/").content.decode()
    links = dict(re.findall(r'<a href="#(\w+)">[^<]+<strong>(\d+)</strong>', page))
    findings = [one for one in found_now(at_work).findings if one.concerns]
    assert {"deadlines", "no"} <= links.keys()
    assert set(links) == set(re.findall(r'<h3 id="(\w+)">', page)) - {"glance"}
    of_findings = {name: int(number) for name, number in links.items() if name not in {"questions", "changes"}}
    silent = [one for one in findings if one.practice and one.deadline is None and one.answer.value == "no"]
    assert sum(of_findings.values()) == len(findings) - len(silent)


# --- warnings ------------------------------------------------------------------------------------------------------

KNOWN = [warnings.KNOWN_UNTIL.format(folder=folder, until=day) for folder, day in (
    ("KZ", "2026-11-22"), ("INT", "2026-11-22"), ("RU", "2026-03-31"), ("ECHR", "2026-03-31"),
)]  # fmt: skip
NOT_LOOKED_AT = warnings.NOT_LOOKED_AT.format(countries="AE, AM")


def test_the_draft_what_was_told_and_how_far_the_law_is_known_stand_above_the_rest_in_the_fold():
    given = [warnings.DRAFT, warnings.PARTIAL, *KNOWN, NOT_LOOKED_AT, "Check both days.", timeline.NOTHING_ELSE]
    with override("ru"):
        found = warned([*given, warnings.NOTHING_ELSE], str, "ru")
    assert found.first == (warnings.DRAFT, "Check both days.", timeline.NOTHING_ELSE)
    assert found.folded == (warnings.PARTIAL, *KNOWN, NOT_LOOKED_AT, warnings.NOTHING_ELSE)
    assert found.known == (
        (date(2026, 11, 22), "Казахстан (KZ), международное право (INT)"),
        (date(2026, 3, 31), "Россия (RU), Европейский суд по правам человека (ECHR)"),
    )


#   warning                  folder and day
UNTIL = [
    (KNOWN[0],               ("KZ", date(2026, 11, 22))),
    (warnings.DRAFT,         None),
    ("KZ: the pages know the law up to now; what changed after it is not in this answer.", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), UNTIL)
def test_how_far_the_law_is_known_is_read_from_the_warning(text, found):
    assert warnings.known_until(text) == found


# --- cards ---------------------------------------------------------------------------------------------------------

LATE, TELLS, MISSED = "A late act is still heard.", "See a lawyer first.", "The right is lost."
NOTHING = DayRange(earliest=None, latest=None)


def card(at_work, language="en", *, state=State.UNKNOWN, act_by=None, late=LATE, tells=TELLS, confidence=Confidence.A):
    finding = next(one for one in found_now(at_work).findings if one.deadline is not None)
    term = DeadlineFound(
        starts=NOTHING, ends=NOTHING, act_by=act_by, state=state, if_missed=MISSED, late=late, tells=tells
    )
    made = replace(finding, deadline=term, confidence=confidence, says="What it says.")
    with override(language):
        shown = shown_of(made, law_on_page(), TODAY)
        page = render_to_string("office/finding.html", {"shown": shown})
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


BEFORE, AFTER = date(2026, 11, 1), date(2026, 12, 1)
ENDED = "The last day has passed."
MAY_BE_OPEN = "That does not say that the deadline was missed"
#   state               act by   in this order
ORDER = [
    (State.RUNNING,     AFTER,   ("Is running.", "Act by 2026-12-01", TELLS, LATE, MISSED, "What it says.")),
    (State.RUNNING,     BEFORE,  ("Is running.", "Act by 2026-11-01", "the deadline still runs", TELLS, LATE)),
    (State.UNKNOWN,     AFTER,   ("It is not known whether it runs.", "Act by 2026-12-01", TELLS, LATE)),
    (State.UNKNOWN,     BEFORE,  ("It is not known whether it runs.", "Act by 2026-11-01", MAY_BE_OPEN, TELLS, LATE)),
    (State.NOT_STARTED, BEFORE,  ("Has not begun.", "the deadline has not begun", TELLS, LATE)),
    (State.MET,         BEFORE,  ("Was met.", "The safe day to act by was 2026-11-01", TELLS)),
    # Where a ground to act late is open, it is said before that the day has passed.
    (State.MISSED,      BEFORE,  (TELLS, LATE, ENDED, "The safe day to act by was 2026-11-01", MISSED)),
]  # fmt: skip


@pytest.mark.parametrize(("state", "act_by", "order"), ORDER)
def test_where_a_deadline_stands_comes_first_and_a_day_that_passed_is_not_called_missed(at_work, state, act_by, order):
    text = card(at_work, state=state, act_by=act_by)
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert (MAY_BE_OPEN in text) is (state is State.UNKNOWN and act_by is BEFORE)


def test_a_missed_deadline_without_a_ground_says_so_first(at_work):
    text = card(at_work, state=State.MISSED, late="", tells="")
    assert text.index(ENDED) < text.index(MISSED)
    assert "Act by" not in text


#   language   badge
UNSURE = [("en", "not verified"), ("ru", "не проверено"), ("uk", "не перевірено"), ("kk", "тексерілмеген")]


@pytest.mark.parametrize(("language", "badge"), UNSURE)
def test_what_nobody_has_verified_carries_a_badge_outside_the_fold(at_work, language, badge):
    sure, unsure = (card(at_work, language, confidence=mark) for mark in (Confidence.B, Confidence.C))
    assert badge not in sure
    assert unsure.index(badge) < unsure.index(TELLS)


# --- reasons, causes, days -----------------------------------------------------------------------------------------


@pytest.fixture
def law(at_work):
    """What words a Russian page."""
    with override("ru"):
        yield law_on_page()


def said(line):
    return [part.text for part in line.said]


FORCE = {
    (date(2024, 1, 1), date(2024, 2, 1)): "Текст действует с 2024-01-01 по 2024-02-01",
    (date(2024, 1, 1), None): "Текст действует с 2024-01-01",
    (None, date(2024, 2, 1)): "Текст действует по 2024-02-01",
}


@pytest.mark.parametrize(("days", "words"), FORCE.items())
def test_the_days_of_a_text_are_said_and_need_no_english(law: LawOnPage, days, words):
    force = DayRange(earliest=days[0], latest=days[1])
    (line,) = law.lines([Reason(role="force", text="in force", holds=Truth.NO, force=force)])
    assert (said(line), str(line.badge), line.english) == ([words], "не действует", "")


INSTEAD = "Вместо этого действует другая норма"
#   role          facts                   id          what is said                                  badge
REASONS = [
    ("if",        ("sex",),               "",         ["Пол по документам"],                        "выполнено"),
    ("if",        ("left_unit", "sex"),   "",         ["Оставление части, пол по документам"],      "выполнено"),
    ("unless",    ("sex",),               "",         ["Пол по документам"],                        "говорит против"),
    ("rests on",  (),                     "XX-GONE",  ["XX-GONE"],                                  "выполнено"),
    ("exception", ("sex",),               "the feast", ["Исключение", "the feast", "Пол по документам"], "применяется"),
    ("displaced", (),                     "XX-GONE",  [INSTEAD, "XX-GONE"],                         "применяется"),
]  # fmt: skip


@pytest.mark.parametrize(("role", "facts", "name", "words", "badge"), REASONS)
def test_a_reason_names_its_facts_says_whether_it_is_met_and_keeps_the_line(law, role, facts, name, words, badge):
    reason = Reason(role=role, text="the line", holds=Truth.YES, facts=facts, id=name)
    (line,) = law.lines([reason])
    assert (said(line), str(line.badge), line.english) == (words, badge, "the line")
    with override("en"):
        (line,) = law_on_page().lines([reason])
        assert (said(line), line.english) == (["the line"], "")


def test_a_reason_without_facts_is_the_line_of_the_page_marked_as_english(law):
    (line,) = law.lines([Reason(role="if", text="day asked is a Sunday", holds=Truth.UNKNOWN)])
    assert line.said == (Said(text="day asked is a Sunday", lang="en"),)
    assert str(line.badge) == "неизвестно"


def test_what_is_taken_as_given_is_named_and_stands_as_it_was_written(law):
    taken = (Assumption(of="sex", why="so he said"), Assumption(of="left_unit", why="he hides", never=True))
    (line,) = law.lines([Reason(role="if", text="the line", holds=Truth.YES, facts=("sex",), taken=taken)])
    assert line.taken == (("пол по документам", "so he said"), ("этого не было: оставление части", "he hides"))


GROWN = Cause(turn=Turn.LINE, line="grown", holds=Truth.YES, facts=("sex",))
#   what changes it            Russian                                            English
CAUSES = [
    (Cause(turn=Turn.BEGINS),  ["текст вступает в силу"],                         "the text comes into force"),
    (Cause(turn=Turn.ENDS),    ["текст перестаёт действовать"],                   "the text is no longer in force"),
    (Cause(turn=Turn.DAY),     ["наступает этот день"],                           "a day is reached"),
    (GROWN,                    ["Пол по документам", "с этого дня выполнено"],    "grown: now holds"),
    (replace(GROWN, facts=(), holds=Truth.NO), ["с этого дня не выполнено"],      "grown: no longer holds"),
]  # fmt: skip


@pytest.mark.parametrize(("cause", "words", "english"), CAUSES)
def test_what_changes_an_answer_is_said_in_the_language_of_the_page(law, cause, words, english):
    line = law.cause(cause)
    assert (said(line), line.english) == (words, cause.line)
    with override("en"):
        assert said(law_on_page().cause(cause)) == [english]


LAST_LAWFUL = "последний законный день пребывания при способе подсчёта F"
#   what happens           id           value   act          what is said
MARKS = [
    (MarkWhat.BEGINS,      "XX-GONE",   "",     "act 5",     ["XX-GONE", "действует с этого дня", "act 5"]),
    (MarkWhat.ENDS,        "XX-GONE",   "",     "",          ["XX-GONE", "больше не действует"]),
    (MarkWhat.CHANGES,     "XX-GONE",   "",     "",          ["XX-GONE", "в этот день меняется условие"]),
    (MarkWhat.HAPPENED,    "left_unit", "",     "",          ["оставление части"]),
    (MarkWhat.HAPPENED,    "entered",   "KZ",   "",          ["въезд в страну, Казахстан"]),
    (MarkWhat.FIRST_DAY,   "sex",       "",     "",          ["пол по документам", "первый день"]),
    (MarkWhat.LAST_DAY,    "sex",       "",     "",          ["пол по документам", "последний день"]),
    (MarkWhat.AGE,         "birth_date", "21",  "",          ["исполняется 21 год"]),
    (MarkWhat.LAST_TO_ACT, "XX-GONE",   "",     "",          ["XX-GONE", "последний день, чтобы действовать"]),
    (MarkWhat.LAST_LAWFUL, "XX-GONE",   "F",    "",          ["XX-GONE", LAST_LAWFUL]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "name", "value", "act", "words"), MARKS)
def test_a_day_that_matters_is_said_in_the_language_of_the_page(law, what, name, value, act, words):
    mark = Mark(kind=MarkKind.LAW, earliest=None, latest=None, id=name, text="x", what=what, value=value, act=act)
    line = law.mark(mark)
    assert said(line) == words
    assert all(part.lang == ("en" if part.text == act else "") for part in line.said)


def test_a_rule_of_stay_is_said_with_its_numbers(law):
    name, provision = next((name, one) for name, one in law.provisions.items() if one.stay is not None)
    within = replace(provision, stay=replace(provision.stay, most_days=90, window_days=180))
    each = replace(provision, stay=replace(provision.stay, most_days=30, window_days=None))
    assert isinstance(provision.stay, Stay)
    assert replace(law, provisions={name: within}).stay_rule(name) == "Разрешено дней в каждые 180: 90."
    assert replace(law, provisions={name: each}).stay_rule(name) == "Разрешено дней с каждого въезда: 30."
    assert replace(law, provisions={}).stay_rule(name) == ""
