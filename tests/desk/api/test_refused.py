"""What is refused: which problem it is, at which place, what to do; and never a word that was sent."""

import json
from io import BytesIO

import pytest

from tests.desk.api.calling import ASSESS, CALL, DESCRIPTION, NEXT, TOLD, problem


def text(**changed):
    return json.dumps({**CALL, **changed}).encode()


NESTED = b'{"on": "2023-12-12", "situation": ' + b"[" * 10_000 + b"]" * 10_000 + b"}"
BIG = b'{"on": "2023-12-12", "situation": {"person": {"age": ' + b"9" * 5_000 + b"}}}"
TWICE = b'{"on": "2023-12-12", "situation": {"person": {}}, "on": "2023-12-13"}'
TWICE_INSIDE = b'{"on": "2023-12-12", "situation": {"person": {"sex": "male", "sex": "female"}}}'

#   body                                                            status  kind          codes
BODIES = [
    (b"",                                                            422,    "call",       ["API01"]),
    (b"{",                                                           400,    "not-json",   ["SIT005"]),
    (b"[]",                                                          422,    "call",       ["API01"]),
    (b'"text"',                                                      422,    "call",       ["API01"]),
    (b"null",                                                        422,    "call",       ["API01"]),
    (NESTED,                                                         400,    "not-json",   ["SIT009"]),
    (b'{"on": NaN}',                                                 400,    "not-json",   ["SIT005"]),
    (b'{"on": -Infinity}',                                           400,    "not-json",   ["SIT005"]),
    (b"{'on': 1}",                                                   400,    "not-json",   ["SIT005"]),
    (b'{"on": "2023-12-12",}',                                       400,    "not-json",   ["SIT005"]),
    (b'{"on": "\xff"}',                                              400,    "not-json",   ["SIT002"]),
    ('{"on": "2023-12-12"}'.encode("utf-16"),                        400,    "not-json",   ["SIT002"]),
    (b'{"on": "a\x00b"}',                                            400,    "not-json",   ["SIT002"]),
    (b'{"on": "\\ud800"}',                                           400,    "not-json",   ["SIT003"]),
    ('{"on": "a\u202eb"}'.encode(),                                  400,    "not-json",   ["SIT003"]),
    (TWICE,                                                          400,    "not-json",   ["SIT010"]),
    (TWICE_INSIDE,                                                   400,    "not-json",   ["SIT010"]),
    (BIG,                                                            400,    "not-json",   ["SIT016"]),
    (text(onn="2023-12-12"),                                         422,    "call",       ["API02"]),
    (b'{"on": "2023-12-12"}',                                        422,    "call",       ["API03"]),
    (json.dumps({"situation": TOLD}).encode(),                       422,    "call",       ["API03"]),
    (text(on=20231212),                                              422,    "call",       ["API04"]),
    (text(on=None),                                                  422,    "call",       ["API04"]),
    (text(on="12.12.2023"),                                          422,    "call",       ["DAY01"]),
    (text(on="2023-02-30"),                                          422,    "call",       ["DAY02"]),
    (text(on="0001-01-01"),                                          422,    "call",       ["DAY03"]),
    (text(on="Today"),                                               422,    "call",       ["DAY01"]),
    (text(language="de"),                                            422,    "call",       ["API05"]),
    (text(language=["en"]),                                          422,    "call",       ["API04"]),
    (text(all="yes"),                                                422,    "call",       ["API04"]),
    (text(all=1),                                                    422,    "call",       ["API04"]),
    (text(situation=[]),                                             422,    "call",       ["API04"]),
    (text(situation="person: {}"),                                   422,    "call",       ["API04"]),
    (text(situation={}),                                             422,    "situation",  ["SIT004"]),
    (text(situation={"persons": {}}),                                422,    "situation",  ["SIT012"]),
    (text(situation={"person": {"agee": "30"}}),                     422,    "situation",  ["SIT020"]),
    (text(situation={"person": {"in_reserve": True}}),               422,    "situation",  ["SIT023"]),
    (text(situation={"history": [{"event": "summons"}] * 31}),       422,    "call",       ["API06"]),
    (text(situation={"person": {"sex": "x" * 3_000}}),               400,    "not-json",   ["SIT016"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "status", "kind", "codes"), BODIES)
@pytest.mark.parametrize("address", [ASSESS, NEXT])
def test_a_bad_body_is_a_problem_with_its_kind_and_code(partner, address, body, status, kind, codes):
    if address == NEXT and b'"all"' in body:
        codes = ["API02"]
    assert problem(partner.send(address, body)) == (status, kind, codes)


#   member and value                                                                    codes
QUESTIONS = [
    ({"about": "RU-CON-02"},                                                             ["API04"]),
    ({"about": [1.5]},                                                                   ["API04"]),
    ({"about": ["RU-CON-022"]},                                                          ["API07"]),
    ({"about": ["RU-CON-02"] * 51},                                                      ["API06"]),
    ({"asked": {"a": "b"}},                                                              ["API04"]),
    ({"asked": ["x" * 201]},                                                             ["API06"]),
    ({"asked": ["x"] * 501},                                                             ["API06"]),
    ({"reply": "yes"},                                                                   ["API04"]),
    ({"reply": {}},                                                                      ["API04"]),
    ({"reply": {"question": {"subject": "fact", "name": "sex"}, "said": "male"}},        ["API02"]),
    ({"reply": {"question": {"subject": "fact", "name": "sexx"}, "told": "male"}},       ["API08"]),
    ({"reply": {"question": {"subject": "facts", "name": "sex"}, "told": "male"}},       ["API08"]),
    ({"reply": {"question": {"subject": "event", "name": "sex"}, "told": "yes"}},        ["API08"]),
    ({"reply": {"question": {"subject": "event", "name": "entered.x"}, "told": "yes"}},  ["API08"]),
    ({"reply": {"question": {"subject": "field", "name": "summons.x"}, "told": "yes"}},  ["API08"]),
    ({"reply": {"question": {"subject": "day", "name": "summons.x"}, "told": "2022"}},   ["API08"]),
    ({"reply": {"question": {"subject": "which", "name": "all"}, "told": []}},           ["API08"]),
    ({"reply": {"question": {"subject": "which", "name": "events", "of": [{"name": "x"}]}, "told": []}}, ["API08"]),
    ({"reply": {"question": {"subject": "which", "name": "events", "of": ["x"]}, "told": []}}, ["API08"]),
    ({"reply": {"question": {"subject": "which", "name": "events", "of": []}, "told": ["summons"]}}, ["API09"]),
    ({"reply": {"question": {"subject": "which", "name": "events", "of": []}, "told": "yes"}}, ["API09"]),
    ({"reply": {"question": {"subject": "fact", "name": "sex"}, "told": ["male"]}},      ["API09"]),
    ({"reply": {"question": {"subject": "fact", "name": "sex"}, "told": 1}},             ["API09"]),
    ({"reply": {"question": {"subject": "none_of", "name": "exemptions"}, "told": "no"}}, ["API09"]),
    ({"reply": {"question": {"subject": "event", "name": "summons"}, "told": "maybe"}},  ["API09"]),
    ({"reply": {"question": {"subject": "fact", "name": "sex", "key": 1}, "told": "male", "on": 1}}, ["API04"]),
]  # fmt: skip


@pytest.mark.parametrize(("more", "codes"), QUESTIONS)
def test_a_bad_question_or_reply_is_a_problem_with_its_code(partner, more, codes):
    status, kind, found = problem(partner.send(NEXT, {**CALL, **more}))
    assert (status, kind, found) == (422, "call", codes)


def test_a_reply_that_contradicts_what_was_told_is_refused_without_a_place_of_its_own(partner):
    reply = {"question": {"subject": "fact", "name": "sex"}, "told": "mail"}
    response = partner.send(NEXT, {**CALL, "reply": reply})
    assert problem(response) == (422, "situation", ["SIT023"])
    (fault,) = response.json()["faults"]
    assert fault["nearest"] == "male"
    assert "line" not in fault


@pytest.mark.parametrize("address", [ASSESS, NEXT])
def test_facts_that_contradict_a_provision_are_refused_by_both_calls(partner, address):
    person = {"sex": "male", "citizenships": ["RU"], "mobilisation_deferrals": "none", "fitness": "G"}
    response = partner.send(address, text(situation={"person": person}))
    assert problem(response) == (422, "situation", ["SIT060"])


def test_a_misspelt_word_is_answered_with_the_known_one_its_place_and_never_with_itself(partner):
    body = b'{\n "on": "2023-12-12",\n "situation": {"person": {"citizenshps": ["KZ"]}}\n}'
    response = partner.send(ASSESS, body)
    (fault,) = response.json()["faults"]
    assert (fault["line"], fault["nearest"]) == (3, "citizenships")
    assert b"citizenshps" not in response.content


def test_a_misspelt_member_is_answered_with_the_known_one(partner):
    (fault,) = partner.send(ASSESS, text(lanuage="ru")).json()["faults"]
    assert fault["nearest"] == "language"


def test_all_faults_of_a_situation_are_told_at_once_up_to_twenty(partner):
    person = {f"no_such_fact_{number}": "yes" for number in range(30)}
    assert len(partner.send(ASSESS, text(situation={"person": person})).json()["faults"]) == 20


def test_a_mark_at_the_beginning_of_a_text_does_no_harm(partner):
    assert partner.send(ASSESS, b"\xef\xbb\xbf" + text()).status_code == 200


#   what is sent with the call                                   status  kind
HEADERS = [
    ({"CONTENT_TYPE": "text/plain"},                             415,    "media-type"),
    ({"CONTENT_TYPE": "application/x-www-form-urlencoded"},      415,    "media-type"),
    ({"CONTENT_TYPE": "application/json; charset=utf-16"},       415,    "media-type"),
    ({"CONTENT_TYPE": ""},                                       415,    "media-type"),
    ({"HTTP_CONTENT_ENCODING": "gzip"},                          415,    "media-type"),
    ({"HTTP_TRANSFER_ENCODING": "chunked"},                      411,    "length"),
    ({"CONTENT_LENGTH": ""},                                     411,    "length"),
    ({"CONTENT_LENGTH": "-1"},                                   411,    "length"),
    ({"CONTENT_LENGTH": "65537"},                                413,    "too-large"),
    ({"CONTENT_LENGTH": "9" * 5_000},                            413,    "too-large"),
    ({"CONTENT_LENGTH": "60000", "wsgi.input": BytesIO(b"{}")},  400,    "cut-off"),
    ({"HTTP_COOKIE": "a=b"},                                     400,    "cookie"),
    ({"HTTP_HOST": "elsewhere.example"},                         400,    "host"),
    ({"QUERY_STRING": "on=2023-12-12"},                          400,    "query"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "status", "kind"), HEADERS)
def test_a_call_that_is_not_a_plain_one_is_refused_before_it_is_read(partner, more, status, kind):
    assert problem(partner.send(ASSESS, CALL, **more))[:2] == (status, kind)


def test_a_charset_that_is_ours_may_be_named(partner):
    assert partner.send(ASSESS, CALL, CONTENT_TYPE="application/json; charset=UTF-8").status_code == 200


def test_a_body_that_does_not_arrive_in_time_is_given_up(partner):
    class Slow(BytesIO):
        def read(self, *_size):
            raise TimeoutError

    response = partner.send(ASSESS, CALL, **{"wsgi.input": Slow()})
    assert problem(response)[:2] == (408, "too-slow")


#   method     address                  status  allowed
METHODS = [
    ("GET",     ASSESS,                  405,    "POST"),
    ("HEAD",    ASSESS,                  405,    "POST"),
    ("OPTIONS", ASSESS,                  405,    "POST"),
    ("PUT",     NEXT,                    405,    "POST"),
    ("DELETE",  NEXT,                    405,    "POST"),
    ("TRACE",   NEXT,                    405,    "POST"),
    ("POST",    DESCRIPTION,             405,    "GET, HEAD"),
    ("OPTIONS", DESCRIPTION,             405,    "GET, HEAD"),
    ("GET",     "/api/",                 404,    None),
    ("POST",    f"{ASSESS}/",            404,    None),
    ("POST",    "/api/assess.json",      404,    None),
]  # fmt: skip


@pytest.mark.parametrize(("method", "address", "status", "allowed"), METHODS)
def test_a_method_that_does_not_fit_is_told_which_does(partner, method, address, status, allowed):
    response = partner.client.generic(method, address)
    assert response.status_code == status
    assert response.headers.get("Allow") == allowed
    assert response.content == b"" if method == "HEAD" else problem(response)


def test_the_head_of_the_description_is_that_of_its_whole(partner):
    whole, head = (partner.client.generic(method, DESCRIPTION) for method in ("GET", "HEAD"))
    assert head.content == b""
    assert head["Content-Length"] == whole["Content-Length"] == str(len(whole.content))
