"""People in the check and members at work, over real connections, all at once. Used by `desk.py` and by `make slow`."""

import random
import re
import threading
import time
from base64 import b32decode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser
from typing import Any

from bench.desk_browser import Answer, Browser
from bench.desk_site import Served
from safeconduct.desk.members.totp import code_at, step_of
from safeconduct.values.secret import Secret

LEAST_SECONDS, MOST_SECONDS = 4, 12
"""How long a page is read."""
STEPS = 12
_GOOD = (200, 302, 303)
_NOT_SO = 422
_ANSWER, _TOLD, _UNKNOWN = "answer", "told", "unknown"
_HIDDEN = ("csrfmiddlewaretoken", "asked")
_PAGES = ("/inbox/", "/cases/", "/settings/", "/members/")
_RESULT = re.compile(r'href="(/c/[0-9a-f-]+/result)"')


@dataclass(slots=True)
class Seen:
    """What everybody saw together.

    Args:
        times: Seconds of each request, by what it was.
        failed: What did not bring what it should, with its status.
    """

    times: dict[str, list[float]] = field(default_factory=dict)
    failed: list[tuple[str, int]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, what: str, seconds: float, answer: Answer) -> None:
        """Note a request."""
        with self._lock:
            self.times.setdefault(what, []).append(seconds)
            if answer.status not in _GOOD:
                self.failed.append((what, answer.status))

    def all_times(self) -> list[float]:
        """Seconds of all requests, the shortest first."""
        return sorted(one for times in self.times.values() for one in times)


def percentile(times: Sequence[float], share: float) -> float:
    """The time within which a share of the requests came back, in the unit of the times."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class _Form(HTMLParser):
    """The form with the most fields on a page, as a browser without script or style sees it."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.radios: dict[str, list[str]] = {}
        self.boxes: dict[str, list[str]] = {}
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a field in."""
        told = {name: value or "" for name, value in attrs}
        name, value = told.get("name", ""), unescape(told.get("value", ""))
        if tag != "input" or not name:
            return
        match told.get("type", "text"):
            case "hidden":
                self.hidden[name] = value
            case "radio":
                self.radios.setdefault(name, []).append(value)
            case "checkbox":
                self.boxes.setdefault(name, []).append(value)
            case _:
                self.texts.append(name)


def filled_in(page: str, dice: random.Random) -> dict[str, str]:
    """What somebody sends who chooses at random among what a page offers, and types nothing."""
    form = _Form()
    form.feed(page)
    sent = dict(form.hidden)
    for name, values in form.radios.items():
        sent[name] = dice.choice(values)
    if sent.get(_ANSWER) == _TOLD:
        sent |= {name: dice.choice(values) for name, values in form.boxes.items()}
        if form.texts and not form.boxes:
            sent[_ANSWER] = _UNKNOWN
    return sent


def in_the_check(desk: Served, seen: Seen, ended: threading.Event, dice: random.Random) -> None:
    """One person after the other goes through the check, until it is over."""
    while not ended.is_set():
        with desk.contact() as browser:
            shown = _timed(seen, browser, "begin", "/c/")
            answer = _sent(seen, browser, "/c/", filled_in(shown.page, dice))
            for _ in range(STEPS):
                if ended.wait(dice.uniform(LEAST_SECONDS, MOST_SECONDS)):
                    return  # not all of them ask for their result in the moment in which it is over
                where = answer.goes_to
                if not where or where.endswith("/result"):
                    break
                shown = _timed(seen, browser, "question", where)
                sent = filled_in(shown.page, dice)
                answer = _sent(seen, browser, where, sent)
                if answer.status == _NOT_SO:  # It contradicts what was told before: "I don't know" never does.
                    hidden = {name: value for name, value in sent.items() if name in _HIDDEN}
                    answer = _sent(seen, browser, where, {**hidden, _ANSWER: _UNKNOWN})
            result = _RESULT.search(shown.page)
            if result is not None:
                _timed(seen, browser, "result", result[1])


def at_work(desk: Served, seen: Seen, ended: threading.Event, person: dict[str, Any], dice: random.Random) -> None:
    """A member signs in and reads page after page, until it is over."""
    digits = code_at(Secret(b32decode(person["totp"])), step_of(datetime.now(UTC)))  # noqa: TID251 -- a real telephone
    with desk.members() as browser:
        answer = browser.sign_in(person["login"], person["password"], digits)
        seen.add("sign-in", 0.0, answer)
        while not ended.wait(dice.uniform(LEAST_SECONDS, MOST_SECONDS)):
            _timed(seen, browser, "members", dice.choice(_PAGES))


def together(desk: Served, *, visitors: int, seconds: float, seed: int = 60) -> Seen:
    """People in the check beside all members of a desk.

    Args:
        desk: A desk that is served.
        visitors: How many people are in the check at once.
        seconds: For how long they are measured, once all members have signed in.
        seed: Of their choices.
    """
    ended, seen = threading.Event(), Seen()
    dice = [random.Random(seed + number) for number in range(visitors + len(desk.staff["people"]))]  # noqa: S311 -- choices
    members = [
        threading.Thread(target=at_work, args=(desk, seen, ended, person, dice.pop()))
        for person in desk.staff["people"][1:]
    ]
    for thread in members:
        thread.start()
        time.sleep(1.1)  # sixty strangers a minute may sign in: this is how many a minute come here
    seen.times.clear()
    people = [threading.Thread(target=in_the_check, args=(desk, seen, ended, dice.pop())) for _ in range(visitors)]
    for thread in people:
        thread.start()
        time.sleep(seconds / visitors / 4)  # they do not come all in one moment
    time.sleep(seconds)
    ended.set()
    for thread in (*members, *people):
        thread.join()
    return seen


def _timed(seen: Seen, browser: Browser, what: str, path: str) -> Answer:
    began = time.perf_counter()
    answer = browser.get(path)
    seen.add(what, time.perf_counter() - began, answer)
    return answer


def _sent(seen: Seen, browser: Browser, path: str, fields: dict[str, str]) -> Answer:
    began = time.perf_counter()
    answer = browser.send(path, fields)
    is_fair = answer.status == _NOT_SO  # a page that says what cannot be so is what should come
    seen.add("reply", time.perf_counter() - began, Answer(status=_GOOD[0]) if is_fair else answer)
    return answer
