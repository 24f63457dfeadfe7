"""Sixty first messages a minute beside fifty members at work, for as long as SAFECONDUCT_LOAD_MINUTES says (60)."""

import os
import random
import threading
import time
from base64 import b32decode
from datetime import UTC, datetime

import pytest

from bench.desk_site import served
from safeconduct.desk.members.totp import code_at, step_of
from safeconduct.values.secret import Secret

MINUTES = float(os.environ.get("SAFECONDUCT_LOAD_MINUTES", "60"))  # noqa: TID251 -- how long is the caller's to say
MEMBERS = int(os.environ.get("SAFECONDUCT_LOAD_MEMBERS", "50"))  # noqa: TID251 -- as above
WRITERS = 6
SETTINGS = "least_seconds = 1\nintakes_a_minute = 1000\n"


class Counted:
    """What was seen by everybody together."""

    def __init__(self):
        self.codes, self.failed, self.pages = {}, [], 0
        self._lock = threading.Lock()

    def add(self, answer, what, *, text="", expected=(200, 302, 303)):
        with self._lock:
            self.pages += 1
            if answer.status not in expected:
                self.failed.append((what, answer.status))
            if text:
                self.codes[text] = answer.code()


def write_on(desk, seen, ended, name):
    number = 0
    while not ended.is_set():
        began, number = time.monotonic(), number + 1
        text = f"{name} message {number}"
        with desk.contact() as browser:
            seen.add(browser.write(text), "write", text=text)
        ended.wait(max(0.0, WRITERS - (time.monotonic() - began)))


def work(desk, seen, ended, person, rng):
    digits = code_at(Secret(b32decode(person["totp"])), step_of(datetime.now(UTC)))  # noqa: TID251 -- a real telephone
    with desk.members() as browser:
        seen.add(browser.sign_in(person["login"], person["password"], digits), "sign-in")
        while not ended.wait(rng.uniform(4, 12)):
            seen.add(browser.get(rng.choice(["/inbox/", "/cases/", "/settings/", "/members/"])), "read")


@pytest.mark.loopback
def test_sixty_messages_a_minute_beside_fifty_members_lose_nothing(tmp_path):
    ended, seen, rng = threading.Event(), Counted(), random.Random(60)
    with served(tmp_path / "desk", log=tmp_path / "log", members=MEMBERS, settings=SETTINGS) as desk:
        people = desk.staff["people"][1:]
        busy = [threading.Thread(target=work, args=(desk, seen, ended, person, rng)) for person in people]
        for thread in busy:
            thread.start()
            # Sixty strangers a minute may sign in: this is how many a minute come here.
            time.sleep(1.1)
        writing = [threading.Thread(target=write_on, args=(desk, seen, ended, f"w{one}")) for one in range(WRITERS)]
        for thread in writing:
            thread.start()
        time.sleep(MINUTES * 60)
        ended.set()
        for thread in (*busy, *writing):
            thread.join()
        # First whether anything was lost; that somebody waited too long is told after it.
        for text, code in seen.codes.items():
            with desk.contact() as browser:
                assert text in browser.come_back(code).page
        assert len(set(seen.codes.values())) == len(seen.codes)
        assert len(seen.codes) >= 55 * MINUTES
        assert seen.failed == []
