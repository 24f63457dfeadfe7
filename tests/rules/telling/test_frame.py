"""The frame of a file: bytes, text, YAML, JSON, and the outline they give."""

import json

import pytest

from safeconduct.rules.telling import read_situation
from safeconduct.rules.telling.faults import MOST_FAULTS, Code
from safeconduct.rules.telling.node import MAX_DEPTH, MAX_ITEMS
from safeconduct.rules.telling.text import MAX_BYTES, MAX_SIGNS
from safeconduct.values.errors import SituationError
from tests.rules.telling.words import VOCABULARY, faults, read, refusal, words

DEEP = MAX_DEPTH + 1


def refused(content: bytes, form: str = "yaml") -> SituationError:
    with pytest.raises(SituationError) as caught:
        read_situation(content, VOCABULARY, form=form)
    return caught.value


#    content                                          code      line column
FRAMES = [
    (b"#" * (MAX_BYTES + 1), "SIT001", 0, 0),
    (b"person:\n  sex: \xff\n", "SIT002", 2, 0),
    ("person: {sex: male}".encode("utf-16"), "SIT002", 1, 0),
    ("person: {sex: male}".encode("utf-16-le"), "SIT002", 1, 0),
    (b"\x7fELF\x00\x00", "SIT002", 1, 0),
    (b"person:\n  se\x1bx: male\n", "SIT003", 2, 5),
    ("person: {sex: m\u202eale}".encode(), "SIT003", 1, 16),
    ("person:\r\n  sex: m\u2028ale".encode(), "SIT003", 2, 9),
    ("person:\r  sex: m\ufeffale".encode(), "SIT003", 2, 9),
    (b'person:\n  sex: "m\\x07ale"\n', "SIT003", 2, 8),
    (b'person:\n  sex: "m\\uD800ale"\n', "SIT003", 2, 8),
    (b'person:\n  "s\\x00x": male\n', "SIT003", 2, 3),
    (b"", "SIT004", 0, 0),
    (b"\n\n", "SIT004", 0, 0),
    (b"# nothing told\n", "SIT004", 0, 0),
    (b"---\n...\n", "SIT004", 0, 0),
    (b"{}", "SIT004", 0, 0),
    (b"person: [a", "SIT005", 1, 11),
    (b"person:\n\t sex: male", "SIT005", 2, 1),
    (b"person: sex: male", "SIT005", 1, 12),
    (b"person:\n  sex: 'male\n", "SIT005", 3, 1),
    (b'person: {sex: "\\UFFFFFFFF"}', "SIT005", 0, 0),
    (b"%YAML 2.0\n---\nperson: {}", "SIT007", 1, 1),
    (b"person: &anchor {sex: male}", "SIT006", 1, 9),
    (b"person:\n  sex: *male", "SIT006", 2, 8),
    (b"person:\n  sex: &a\n", "SIT006", 2, 8),
    (b"person: !!map {sex: male}", "SIT007", 1, 9),
    (b"person:\n  sex: ! male", "SIT007", 2, 8),
    (b"person:\n  sex: !!python/name:os.system male", "SIT007", 2, 8),
    (b"%YAML 1.1\n---\nperson: {sex: male}", "SIT007", 1, 1),
    (b"%TAG ! tag:example.org,2023:\n---\nperson: {sex: male}", "SIT007", 1, 1),
    (b"person: {sex: male}\n...\n%TAG ! x:\n---\n{}", "SIT007", 3, 1),
    (b"person: {sex: male}\n---\nperson: {sex: female}\n", "SIT008", 2, 1),
    (b"[" * 400_000, "SIT009", 1, DEEP),
    (b"".join(b" " * level + b"a:\n" for level in range(100)), "SIT009", DEEP, DEEP),
    (b"- " * 400_000, "SIT009", 1, 2 * DEEP - 1),
    (b"person: {}\nperson: {}\n", "SIT010", 2, 1),
    (b"person:\n  sex: male\n  sex: female\n", "SIT010", 3, 3),
    (b"person: {sex: male, sex: male}", "SIT010", 1, 21),
    (b"- person\n", "SIT011", 1, 1),
    (b"Alex", "SIT011", 1, 1),
    (b'""', "SIT004", 0, 0),
    (b"people:\n  sex: male\n", "SIT012", 1, 1),
    (b"<<: {sex: male}", "SIT012", 1, 1),
    (b"? [person]\n: {}\n", "SIT013", 1, 3),
    (b"person: male", "SIT013", 1, 9),
    (b"person:\n", "SIT014", 1, 1),
    (b"history:\nperson: {}", "SIT014", 1, 1),
    (b"person:\n  sex:\n\n  served: no", "SIT014", 2, 3),
    (b"person:\n  sex: '  '\n", "SIT014", 2, 8),
    (b"history: mobilised", "SIT013", 1, 10),
    (b"not_happened: {event: arrested}", "SIT013", 1, 15),
    (b"person:\n  citizenships: [" + b"RU, " * MAX_ITEMS + b"RU]", "SIT016", 2, 17),
    (b"person:\n" + b"".join(b"  k%d: v\n" % number for number in range(MAX_ITEMS + 1)), "SIT016", 2, 3),
    (b"person:\n  sex: " + b"x" * (MAX_SIGNS + 1), "SIT016", 2, 8),
]


@pytest.mark.parametrize(("content", "code", "line", "column"), FRAMES)
def test_a_broken_frame_is_refused_with_its_place(content, code, line, column):
    error = refused(content)
    assert faults(error) == [(code, line, column)]
    assert error.message
    assert error.remedy


#    content                                          code      line column
JSON_FRAMES = [
    (b"", "SIT004", 0, 0),
    (b" \n ", "SIT004", 0, 0),
    (b"{}", "SIT004", 0, 0),
    (b'""', "SIT004", 0, 0),
    (b"{", "SIT005", 1, 2),
    (b'{"person": {}', "SIT005", 1, 14),
    (b'{"person"; {}}', "SIT005", 1, 10),
    (b'{"person": {},}', "SIT005", 1, 15),
    (b'{"person": {} {}}', "SIT005", 1, 15),
    (b"{'person': {}}", "SIT005", 1, 2),
    (b'{"person": {"sex": male}}', "SIT005", 1, 20),
    (b'{"person": {"sex": "ma\\qle"}}', "SIT005", 1, 23),
    (b'{"person":\n {"sex": "male}}', "SIT005", 2, 10),
    (b'{"person": {}}\n}', "SIT005", 2, 1),
    (b'{"person": {"sex": "a\tb"}}', "SIT005", 1, 22),
    (b'{"history": [1 2]}', "SIT005", 1, 16),
    (b'{"person": {"sex": 01}}', "SIT005", 1, 21),
    (b'{"person": {"sex": NaN}}', "SIT005", 1, 20),
    (b'{"person": {"sex": "\\ud800"}}', "SIT003", 1, 20),
    (b'{"person": {"sex": "\\u0000"}}', "SIT003", 1, 20),
    (b"[" * 400_000, "SIT009", 1, DEEP),
    (b'{"a":' * 150_000, "SIT009", 1, 5 * DEEP - 4),
    (b'{"person": {"sex": "male", "sex": "male"}}', "SIT010", 1, 28),
    (b"[]", "SIT011", 1, 1),
    (b"12", "SIT011", 1, 1),
    (b'{"people": {}}', "SIT012", 1, 2),
    (b'{"history": {}}', "SIT013", 1, 13),
    (b'{"person": {"sex": true}}', "SIT023", 1, 20),
    (b'{"person": {"weeks": ' + b"9" * (MAX_SIGNS + 1) + b"}}", "SIT016", 1, 22),
    (b'{"person": {"sex": null}}', "SIT023", 1, 20),
]


@pytest.mark.parametrize(("content", "code", "line", "column"), JSON_FRAMES)
def test_broken_json_is_refused_with_its_place(content, code, line, column):
    assert faults(refused(content, "json")) == [(code, line, column)]


def test_true_and_false_are_words_that_mean_yes_and_no():
    assert refused(b'{"person": {"served": true}}', "json").nearest == "yes"
    assert refusal("person: {served: false}").nearest == "no"
    assert refusal("person: {served: ~}").nearest == "unknown"
    assert refusal("person: {sex: true}").nearest == ""


TOLD = {
    "person": {"age": "30 on 2023-12-12", "weeks": 12, "in_reserve": ["no until 2023-06-14", "yes from 2023-06-15"]},
    "history": [
        {"event": "entered", "country": "KZ", "on": "2022-09-24", "assumed": "he s\u00e1id \U0001f642"},
        "enlisted",
    ],
    "not_happened": ["discharged"],
    "complete": ["entered KZ"],
}


def test_json_and_yaml_of_the_same_shape_tell_the_same():
    for dumped in (json.dumps(TOLD), json.dumps(TOLD, indent=2, ensure_ascii=False)):
        from_json = read_situation(dumped.encode(), VOCABULARY, form="json")
        assert from_json == read_situation(json.dumps(TOLD, ensure_ascii=False).encode(), VOCABULARY, form="yaml")
        assert from_json.events[0].assumed == "he s\u00e1id \U0001f642"


def test_a_byte_order_mark_and_either_line_ending_are_read():
    plain = read("person:\n  sex: male\n")
    assert read_situation("\ufeffperson:\r\n  sex: male\r\n".encode(), VOCABULARY, form="yaml") == plain


def test_every_way_of_writing_a_scalar_is_the_same_text():
    told = [read(f"person:\n  sex: {text}\n") for text in ("male", "'male'", '"male"', "|\n    male", ">-\n    male")]
    assert {situation.facts["sex"].periods[0].value for situation in told} == {words("male")}


def test_a_file_of_the_full_size_is_read():
    content = b"person: {sex: male}\n#"
    assert read_situation(content + b"x" * (MAX_BYTES - len(content)), VOCABULARY, form="yaml").facts


def test_all_faults_of_a_file_are_told_at_once_in_their_order():
    error = refusal(
        "persn: {}\nhistory:\n- {event: enlsted}\n- {event: entered, country: kz, on: 30.02.2022, seen: yes}\n"
        "person:\n  sex: mael\n  served: maybe\n"
    )
    assert faults(error) == [
        ("SIT012", 1, 1),
        ("SIT021", 3, 11),
        ("SIT024", 4, 29),
        ("SIT030", 4, 37),
        ("SIT022", 4, 49),
        ("SIT023", 6, 8),
        ("SIT023", 7, 11),
    ]
    assert [each.nearest for each in (error, *error.others)] == ["person", "enlisted", "KZ", "", "", "male", ""]
    assert all(each.others == () for each in error.others)


def test_after_many_faults_the_rest_is_not_looked_at():
    lines = "".join(f"- {{event: wrong{number}, on: x}}\n" for number in range(MAX_ITEMS))
    assert len(refusal("history:\n" + lines).others) == MOST_FAULTS - 1
    facts = "".join(f"  passport{number}: x\n" for number in range(MAX_ITEMS - 1))
    fields = "".join(f"    field{number}: x\n" for number in range(MAX_ITEMS))
    assert len(refusal(f"person:\n{facts}  passport:\n{fields}").others) == MOST_FAULTS - 1


def test_every_code_is_explained_and_none_stands_twice():
    from pathlib import Path

    page = (Path(__file__).parents[3] / "docs" / "reference" / "errors-situation.md").read_text(encoding="utf-8")
    codes = [code.value for code in Code]
    assert len(set(codes)) == len(codes)
    assert [line.split()[1] for line in page.splitlines() if line.startswith("## SIT")] == codes
