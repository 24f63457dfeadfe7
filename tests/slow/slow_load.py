"""Sixty first messages a minute beside fifty members at work, for as long as SAFECONDUCT_LOAD_MINUTES says (60)."""

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bench.desk_site import served
from tests.slow.members_at_work import Seen, at_work

MINUTES = float(os.environ.get("SAFECONDUCT_LOAD_MINUTES", "60"))  # noqa: TID251 -- how long is the caller's to say
MEMBERS = int(os.environ.get("SAFECONDUCT_LOAD_MEMBERS", "50"))  # noqa: TID251 -- as above
WRITERS = 6
SETTINGS = "least_seconds = 1\nintakes_a_minute = 1000\n"


def write_on(desk, seen, ended, name):
    number = 0
    while not ended.is_set():
        began, number = time.monotonic(), number + 1
        text = f"{name} message {number}"
        with desk.contact() as browser:
            answer = browser.write(text)
        if seen.add(answer, "first message", expected=(200, 302, 303), took=time.monotonic() - began):
            seen.wrote(text, answer.code())
        ended.wait(max(0.0, WRITERS - (time.monotonic() - began)))


def lost(desk, seen, text):
    """What a contact does not find exactly once behind their code: their message, and each answer to it.

    A try to come back that fails is told as such, and made once more.
    """
    for _ in range(2):
        with desk.contact() as browser:
            answer = browser.come_back(seen.codes[text])
        if seen.add(answer, "come back", expected=(200,)):
            break
    page = answer.page
    return [(one, page.count(f"{one}<")) for one in (text, *seen.answers[text]) if page.count(f"{one}<") != 1]


def told(seen):
    slowest = {what: round(took, 1) for what, took in seen.slowest.items()}
    return (
        f"{seen.requests} requests; {dict(seen.done)}; the slowest, in seconds: {slowest}; failed: {seen.failed[:20]}"
    )


@pytest.mark.loopback
def test_sixty_messages_a_minute_beside_fifty_members_at_work_lose_nothing(tmp_path):
    ended, seen = threading.Event(), Seen()
    with served(tmp_path / "desk", log=tmp_path / "log", members=MEMBERS, settings=SETTINGS) as desk:
        people = enumerate(desk.staff["people"][1:])
        busy = [threading.Thread(target=at_work, args=(desk, seen, ended, one, seed)) for seed, one in people]
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
        print(told(seen))  # noqa: T201 -- what was measured
        # First whether anything was lost; that somebody waited too long is told after it.
        with ThreadPoolExecutor(4) as pool:
            wrong = [one for one in pool.map(lambda one: lost(desk, seen, one), list(seen.codes)) if one]
        assert wrong == []
        assert len(set(seen.codes.values())) == len(seen.codes)
        assert len(seen.codes) >= 55 * MINUTES
        assert seen.done["answer"] >= MINUTES * MEMBERS / 2
        assert seen.failed == []
