"""Whatever is sent to the check, a page comes back: never an error of ours, and never more than a page."""

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeconduct.desk.check.asks import sheet_of
from safeconduct.desk.check.run import Put, Run
from safeconduct.rules.asking import Subject
from tests.desk.check.browsing import TextBrowser
from tests.desk.check.small_law import small_law
from tests.desk.check.small_site import contact_site, open_site, small_site

__all__ = ["contact_site", "open_site", "small_site"]
pytestmark = [pytest.mark.security, pytest.mark.usefixtures("small_site")]
MEBIBYTE = 1024 * 1024
FINE = (200, 400, 404, 405, 410, 413, 422)
WORDS = st.one_of(
    st.text(max_size=80),
    st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")),
    st.sampled_from([
        "", "told", "yes", "no", "none", "unknown", "withheld", "on", "0", "-1", "1" * 40, "9999", "2022", "02", "31",
        "autumn", "KZ", "RU, KZ", "[", "{a: b}", "*a", "&a x", "..", "2022..2021", "\x00", "<script>alert(1)</script>",
        "%s%n", "{{ 7|add:7 }}", "'; drop table x; --", "\u202e", "\ud7ff", "A", "V", "left_unit", "events",
    ]),
)  # fmt: skip
SOME = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@cache
def questions():
    """One question of every kind that the small law has."""
    vocabulary = small_law().vocabulary
    facts = [Put(subject=Subject.FACT, name=name) for name, fact in vocabulary.facts.items() if not fact.lawyer]
    events = [Put(subject=Subject.EVENT, name=name) for name in vocabulary.events]
    fields = [
        Put(subject=Subject.FIELD, name=f"{kind.name}.{field.name}")
        for kind in vocabulary.events.values()
        for field in kind.fields
    ]
    several = [
        Put(subject=Subject.WHICH, name="events", of=("left_unit", "entered")),
        Put(subject=Subject.WHICH, name="facts", of=("in_reserve", "permit")),
        Put(subject=Subject.WHICH, name="again", of=("left_unit.again",)),
        Put(subject=Subject.WHICH, name="left_unit.*", of=("left_unit.permission", "left_unit.aim")),
    ]
    days = [Put(subject=Subject.DAY, name="left_unit.on"), Put(subject=Subject.NONE_OF, name="grounds")]
    return (*facts, *events, *fields, *several, *days)


def at(put, language="ru"):
    """A browser that stands before a question, after it was told that the unit was left."""
    from safeconduct.desk.check import keeping
    from safeconduct.desk.check.run import Reply, Step
    from safeconduct.desk.project.clock import now, today

    visitor = TextBrowser(language)
    run = visitor.begin()
    left = Step(put=Put(subject=Subject.EVENT, name="left_unit"), reply=Reply(happened=True, on="2022"))
    steps = () if put.name in ("left_unit", "events") else (left,)
    made = Run(id=run.rpartition("/")[2], day=today(), until=now() + keeping.LASTS, steps=steps, put=put)

    from uuid import UUID

    from django.http import HttpResponse

    answer = HttpResponse()
    keeping.keep(answer, Run(**{**{name: getattr(made, name) for name in made.__slots__}, "id": UUID(str(made.id))}))
    visitor.jar["__Secure-c", f"{run}/"] = answer.cookies["__Secure-c"].value
    visitor.open(f"{run}/{len(steps) + 1}")
    assert visitor.asked == put.name
    return visitor


@pytest.mark.parametrize("put", questions(), ids=lambda put: f"{put.subject.name}-{put.name}")
def test_every_kind_of_question_has_a_page_in_every_language(put):
    for language in ("en", "ru", "uk", "kk"):
        visitor = at(put, language)
        assert visitor.answer.status_code == 200
        assert len(visitor.answer.content) < 20_000
        visitor.send()
        assert visitor.answer.status_code in (200, 422)


@pytest.mark.parametrize("put", questions(), ids=lambda put: f"{put.subject.name}-{put.name}")
def test_random_words_in_every_field_never_break_it(put):
    visitor = at(put)
    names = [ask.name for ask in sheet_of(put, small_law().vocabulary).asks]
    ends = ("", "-year", "-month", "-day", "-about", "-age", "-other", "-last-year", "-last-month", "-last-day")
    fields = ["answer", "right", "asked", *(f"{name}{end}" for name in names for end in ends)]

    @settings(max_examples=25, deadline=None)
    @given(st.dictionaries(st.sampled_from(fields), st.lists(WORDS, min_size=1, max_size=3), max_size=8))
    def sent(told):
        jar = dict(visitor.jar)
        form = visitor.page.forms[0]["sent"]
        answer = visitor._ask("post", visitor.address, {**form, **told})
        assert answer.status_code in (303, *FINE)
        visitor.jar.clear()
        visitor.jar.update(jar)

    sent()


@pytest.mark.parametrize("field", ["answer", "v", "v-other", "on-year", "asked", "right", "r1-dependent", "nothing"])
def test_a_field_of_a_megabyte_gets_a_page(field):
    for put in questions()[::6]:
        visitor = at(put)
        visitor.send(**{field.replace("-", "__"): "ы" * (MEBIBYTE // 2)})
        assert visitor.answer.status_code in FINE
        assert len(visitor.answer.content) < 20_000 + 2 * MEBIBYTE


@SOME
@given(st.text(max_size=60))
def test_random_steps_never_break_it(tail):
    visitor = TextBrowser()
    answer = visitor._ask("get", f"/c/00000000-0000-4000-8000-000000000000/{tail.replace('?', '')}")
    assert answer.status_code in (301, 303, *FINE)


@SOME
@given(st.binary(max_size=300))
def test_random_bodies_never_break_it(body):
    visitor = TextBrowser()
    run = visitor.begin()
    token = visitor.page.forms[0]["sent"]["csrfmiddlewaretoken"][0]
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json"):
        answer = visitor.client.post(f"{run}/1", body, content_type=kind, headers={"x-csrftoken": token})
        assert answer.status_code in (303, *FINE)


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_are_refused(method):
    visitor = TextBrowser()
    run = visitor.begin()
    for address in ("/c/", f"{run}/1", f"{run}/x"):
        assert getattr(visitor.client, method)(address).status_code in (403, 405)
