"""Members of a served desk at work: they read lists, take cases over, answer, note, and work out positions."""

import random
import re
import threading
import time
from base64 import b32decode
from collections import defaultdict
from datetime import UTC, datetime

from bench.desk_browser import READING_SECONDS
from safeconduct.desk.members.totp import code_at, step_of
from safeconduct.values.secret import Secret

LISTS = ("/inbox/", "/cases/", "/settings/", "/members/", "/law-changed/")
_CASE = re.compile(r'href="(/[\w-]+/[0-9a-f-]{36}/)"')
_PERSON = re.compile(r'href="(/[^"]+/)position/"')
_FIRST_MESSAGE = re.compile(r"w\d+ message \d+\b")
_DONE, _OK, _CONFLICT = (302, 303), (200,), 409
_WEIGHTS = {"read": 45, "take": 12, "answer": 25, "note": 10, "label": 3, "person": 3, "position": 2}


class Seen:
    """What everybody saw together."""

    def __init__(self):
        self.codes, self.failed, self.requests = {}, [], 0
        self.answers, self.done, self.slowest = defaultdict(list), defaultdict(int), defaultdict(float)
        self._lock = threading.Lock()

    def add(self, answer, what, *, expected, took=0.0):
        with self._lock:
            self.requests += 1
            self.slowest[what] = max(self.slowest[what], took)
            if answer.status in expected:
                self.done[what] += 1
                return True
            self.failed.append((what, answer.status))
            return False

    def wrote(self, text, code):
        with self._lock:
            self.codes[text] = code

    def answered(self, text, answer):
        with self._lock:
            self.answers[text].append(answer)


class Member:
    """A member who has signed in.

    Args:
        browser: Their browser.
        name: Stands in what they write.
        seen: What everybody saw.
        rng: What they choose by.
    """

    def __init__(self, browser, name, seen, rng):
        self._browser, self._name, self._seen, self._rng = browser, name, seen, rng
        self._cases, self._people, self._written = [], [], 0

    def do_something(self):
        """One thing of those that are possible now."""
        what = self._rng.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
        if (what in {"answer", "note", "label", "person"} and not self._cases) or (
            what == "position" and not self._people
        ):
            what = "take"
        getattr(self, f"_{what}")()

    def _get(self, path, what):
        began = time.perf_counter()
        answer = self._browser.get(path)
        self._seen.add(answer, what, expected=_OK, took=time.perf_counter() - began)
        return answer

    def _send(self, path, fields, what, *, expected=_DONE):
        began = time.perf_counter()
        answer = self._browser.send(path, fields)
        is_done = self._seen.add(answer, what, expected=expected, took=time.perf_counter() - began)
        return is_done and answer.status in _DONE

    def _read(self):
        self._get(self._rng.choice(LISTS), "read a list")

    def _take(self):
        waiting = _CASE.findall(self._get("/inbox/", "read a list").page)
        if not waiting:
            return
        case = self._rng.choice(waiting)
        shown = self._get(case, "open a case")
        # Somebody else may have been faster: then the page says so.
        if "/take/" in shown.page and self._send(
            f"{case}take/", shown.hidden(), "take over", expected=(*_DONE, _CONFLICT)
        ):
            self._cases.append(case)

    def _text(self, what):
        self._written += 1
        return f"{what} {self._written} of {self._name}."

    def _answer(self):
        case = self._rng.choice(self._cases)
        shown, text = self._get(case, "open a case"), self._text("Answer")
        first = _FIRST_MESSAGE.search(shown.page)
        time.sleep(READING_SECONDS)
        if first and self._send(case, {**shown.hidden(), "text": text}, "answer"):
            self._seen.answered(first[0], text)

    def _note(self):
        case = self._rng.choice(self._cases)
        shown = self._get(f"{case}notes/", "open notes")
        time.sleep(READING_SECONDS)
        self._send(f"{case}notes/", {**shown.hidden(), "text": self._text("Note")}, "note")

    def _label(self):
        case = self._rng.choice(self._cases)
        shown = self._get(case, "open a case")
        self._send(f"{case}name/", {**shown.hidden(), "label": self._text("Label")}, "label")

    def _person(self):
        case = self._rng.choice(self._cases)
        shown = self._get(f"{case}people/", "open people")
        told = {**shown.hidden(), "pseudonym": self._text("Person"), "consent": "known"}
        if self._send(f"{case}people/", told, "add a person"):
            self._people += _PERSON.findall(self._get(f"{case}people/", "open people").page)

    def _position(self):
        person = self._rng.choice(self._people)
        shown = self._get(f"{person}position/", "work out a position")
        on = datetime.now(UTC).date().isoformat()  # noqa: TID251 -- a member's own clock
        self._send(f"{person}position/save/", {**shown.hidden(), "on": on}, "save a position")


def at_work(desk, seen, ended, person, seed):
    """A member signs in and works until it is over."""
    rng = random.Random(seed)
    digits = code_at(Secret(b32decode(person["totp"])), step_of(datetime.now(UTC)))  # noqa: TID251 -- a real telephone
    with desk.members() as browser:
        if not seen.add(browser.sign_in(person["login"], person["password"], digits), "sign in", expected=_DONE):
            return
        member = Member(browser, person["login"], seen, rng)
        while not ended.wait(rng.uniform(4, 12)):
            member.do_something()
