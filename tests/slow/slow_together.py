"""Fifty people in the check beside fifty members at work: every request is answered as it should be."""

import os

import pytest

from bench.desk_people import together
from bench.desk_site import served

PEOPLE = int(os.environ.get("SAFECONDUCT_LOAD_MEMBERS", "50"))  # noqa: TID251 -- how many is the caller's to say
SETTINGS = "least_seconds = 1\n"


@pytest.mark.loopback
def test_people_in_the_check_beside_members_at_work_are_all_answered(tmp_path):
    with served(tmp_path / "desk", log=tmp_path / "log", members=PEOPLE, settings=SETTINGS) as desk:
        seen = together(desk, visitors=PEOPLE, seconds=90)
    assert seen.failed == []
    assert {"begin", "question", "reply", "result", "members"} <= set(seen.times)
    assert len(seen.all_times()) > 10 * PEOPLE
