"""Fifty tries a second at the members' sign-in, and members who sign in meanwhile.

It lasts SAFECONDUCT_FLOOD_SECONDS (60). The attacker knows the names of members, not their passwords, invents names,
and types door codes at random. Members sign in from the browser they used before, or from a new one with their door
code, each within three seconds. Members who are signed in read on. What derivations need of memory stays under 300 MiB.
"""

import os
import random
import re
import threading
import time
from base64 import b32decode
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.desk_people import percentile
from bench.desk_site import OK, served
from safeconduct.desk.members.totp import code_at, step_of
from safeconduct.values.secret import Secret

SECONDS = float(os.environ.get("SAFECONDUCT_FLOOD_SECONDS", "60"))  # noqa: TID251 -- how long is the caller's to say
TRIES_A_SECOND = 50
ATTACKERS = 25
OF_EACH_KIND = 8
MOST_SECONDS = 3
MOST_MIB = 300
SEEN, NOT_LET_IN = 302, {403, 503}
_DOOR = re.compile(r"(?:<span>\d{4}</span>){3}")


class Told:
    """What everybody saw: seconds by kind, and statuses by kind."""

    def __init__(self):
        self.times, self.statuses, self._lock = {}, {}, threading.Lock()

    def add(self, kind, status, seconds):
        with self._lock:
            self.times.setdefault(kind, []).append(seconds)
            self.statuses.setdefault(kind, Counter())[status] += 1

    def line(self, kind):
        times = self.times[kind]
        return (
            f"{kind}: {len(times)}, {dict(self.statuses[kind])}, median {percentile(times, 0.5):.2f} s,"
            f" p95 {percentile(times, 0.95):.2f} s, most {max(times):.2f} s"
        )


def digits_of(person, *, later=0):
    step = step_of(datetime.now(UTC)) + later  # noqa: TID251 -- a real telephone
    return code_at(Secret(b32decode(person["totp"])), step)


def attack(desk, told, ended, names, number):
    """One of those who try; the next try is due at its time, however long the one before took."""
    dice, begin = random.Random(number), time.monotonic() + number / TRIES_A_SECOND
    with desk.members() as browser:
        shown = browser.get("/sign-in/").hidden()
        for tries in range(int(SECONDS * TRIES_A_SECOND / ATTACKERS)):
            if ended.wait(max(0.0, begin + tries * ATTACKERS / TRIES_A_SECOND - time.monotonic())):
                return
            login = dice.choice([*names, f"nobody {dice.random()}"])
            door = dice.choice(["", f"{dice.randrange(10**12):012d}"])
            began = time.monotonic()
            sent = {**shown, "login": login, "password": f"guess {dice.random()}", "door": door}
            told.add("tries of the attacker", browser.send("/sign-in/", sent).status, time.monotonic() - began)


def sign_in(desk, told, kind, person, *, known="", door=""):
    """The whole sign-in, three pages, as a browser does it. The telephone's next code is good, too."""
    with desk.members() as browser:
        if known:
            browser.cookies["__Host-known"] = known
        began = time.monotonic()
        answer = browser.sign_in(person["login"], person["password"], digits_of(person, later=1), door=door)
        told.add(kind, answer.status, time.monotonic() - began)


def read_on(told, ended, browser):
    while not ended.wait(0.5):
        for path in ("/inbox/", "/settings/"):
            began = time.monotonic()
            told.add("pages of members", browser.get(path).status, time.monotonic() - began)


def watch_memory(desk, ended, found):
    """The most that all workers hold at a time, in MiB of their own; what they share is not counted twice."""
    while not ended.wait(0.05):
        found.append(memory(desk))


def memory(desk):
    kib = 0
    for number in desk.workers():
        try:
            told = Path(f"/proc/{number}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        kib += int(re.search(r"^Pss:\s+(\d+)", told, re.MULTILINE)[1])
    return kib / 1024


def say(told, line, *kinds):
    print(line, *map(told.line, kinds), sep="\n")  # noqa: T201 -- what was measured


def introduced(desk, told, people, opened):
    """Each member signs in once in a calm: their cookie, their door code, and the browser that is still signed in."""
    found = []
    for person in people:
        browser = opened.enter_context(desk.members())
        began = time.monotonic()
        answer = browser.sign_in(person["login"], person["password"], digits_of(person))
        told.add("before the flood", answer.status, time.monotonic() - began)
        door = _DOOR.search(browser.get("/settings/").page)[0]
        found.append((person, browser.cookies["__Host-known"], "".join(re.findall(r"\d", door)), browser))
        time.sleep(1.1)
    return found


@pytest.mark.loopback
def test_members_sign_in_and_read_on_while_strangers_try_fifty_times_a_second(tmp_path):
    told, ended, held = Told(), threading.Event(), []
    with ExitStack() as opened:
        desk = opened.enter_context(served(tmp_path / "desk", log=tmp_path / "log", members=2 * OF_EACH_KIND))
        people = introduced(desk, told, desk.staff["people"][1:], opened)
        before, worked = memory(desk), desk.processor_seconds()
        names = [person["login"] for person, *_ in people]
        attackers = [
            threading.Thread(target=attack, args=(desk, told, ended, names, number)) for number in range(ATTACKERS)
        ]
        around = [
            threading.Thread(target=read_on, args=(told, ended, people[0][3])),
            threading.Thread(target=watch_memory, args=(desk, ended, held)),
        ]
        began = time.monotonic()
        for thread in (*attackers, *around):
            thread.start()
        for number, (person, known, door, _) in enumerate(people):
            time.sleep(max(0.0, began + (number + 0.5) * SECONDS / len(people) - time.monotonic()))
            if number % 2:
                sign_in(desk, told, "a new browser with the door code", person, door=door)
            else:
                sign_in(desk, told, "a browser that is known", person, known=known)
        for thread in attackers:
            thread.join()
        lasted = time.monotonic() - began
        ended.set()
        for thread in around:
            thread.join()
        load, worked = os.getloadavg()[0], desk.processor_seconds() - worked
    rate = len(told.times["tries of the attacker"]) / lasted
    say(told, f"{rate:.0f} tries a second, {worked:.0f} s of processor in {lasted:.0f} s, load {load:.1f}")
    say(told, f"memory {before:.0f} MiB before, at most {max(held):.0f} MiB", *told.times)
    honest = ("a browser that is known", "a new browser with the door code")
    assert [told.statuses[kind] for kind in honest] == [{SEEN: OF_EACH_KIND}] * 2
    assert set(told.statuses["pages of members"]) == {OK}
    assert set(told.statuses["tries of the attacker"]) <= NOT_LET_IN
    assert max(held) - before <= MOST_MIB
    assert rate >= TRIES_A_SECOND * 0.9
    assert max(max(told.times[kind]) for kind in honest) <= MOST_SECONDS
