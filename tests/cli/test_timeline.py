"""`safeconduct timeline` from the outside: text, data, a calendar that says nothing, a picture without colour."""

import json
import re
from datetime import date, timedelta
from functools import cache
from itertools import count, pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from safeconduct.cli import main
from safeconduct.cli.layout import WIDTH
from safeconduct.cli.timeline import STORED_NAMES, day_of, stored, written
from safeconduct.cli.timeline_ics import calendar
from safeconduct.cli.timeline_svg import picture
from safeconduct.rules.finding import Answer
from safeconduct.rules.marks import MarkKind
from safeconduct.rules.telling import read_situation
from safeconduct.rules.timeline import timeline
from safeconduct.rules.tree import Kind
from safeconduct.values.errors import QuestionError
from tests.cli.invented import ALEX, corpus

ROOT = Path(__file__).resolve().parents[2]
STAY = str(ROOT / "examples" / "stay-ends.yaml")
DAYS = ["--from", "2023-01-01", "--to", "2023-06-30"]
TOLD = "person:\n  sex: male\n  citizenships: [KZ]\n"
NAMES = re.compile(r"XX-|absence|asylum|application|harbour|exposure", re.IGNORECASE)
SVG = "{http://www.w3.org/2000/svg}"


def run(*arguments, told=None):
    return CliRunner().invoke(main, ["timeline", *arguments], input=told)


@cache
def made(first=date(2022, 9, 1), last=date(2024, 12, 31), told=ALEX):
    situation = read_situation(told.encode(), corpus().vocabulary, form="yaml")
    return timeline(corpus(), situation, first=first, last=last, engine="0.0.1")


def text_of(form, *, detail=False, **days):
    return written(made(**days), form, detail=detail, strong=False)


# --- the command -----------------------------------------------------------------------------------------------


def test_the_answer_is_text_unless_another_form_is_asked_for():
    result = run("-", *DAYS, told=TOLD)
    assert result.exit_code == 0
    assert result.stdout.startswith("Position in law from 2023-01-01 to 2023-06-30\n")


#    options                                          code     place in the message
REFUSED = [
    (["--from", "2023-01-01"],                        "DAY04", "--to"),
    (["--to", "2023-01-01"],                          "DAY04", "--from"),
    (["--from", "1 May 2023", "--to", "2023-01-01"],  "DAY01", "--from"),
    (["--from", "2023-01-01", "--to", "2023-02-30"],  "DAY02", "--to"),
    (["--from", "2023-01-02", "--to", "2023-01-01"],  "DAY05", "--to"),
]  # fmt: skip


@pytest.mark.parametrize(("options", "code", "place"), REFUSED)
def test_days_that_cannot_be_asked_are_bad_input(options, code, place):
    result = run("-", *options, told=TOLD)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"[{code}]" in result.stderr
    assert place in result.stderr
    assert "to fix:" in result.stderr


def test_one_day_can_be_asked():
    assert run("-", "--from", "2023-01-01", "--to", "2023-01-01", told=TOLD).exit_code == 0


def test_a_day_of_an_option_is_read():
    assert day_of("--from", "2023-12-12") == date(2023, 12, 12)


def test_a_file_that_others_can_read_gets_a_warning_that_does_not_name_it(tmp_path):
    path = tmp_path / "somebody.yaml"
    path.write_text(TOLD)
    path.chmod(0o644)
    result = run(str(path), *DAYS)
    assert result.exit_code == 0
    assert "Warning" in result.stderr
    assert "somebody" not in result.stderr + result.stdout


def test_help_has_an_example():
    assert "safeconduct timeline examples/alex.yaml --from 2022-09-01 --to 2026-12-31" in run("--help").stdout


# --- text ------------------------------------------------------------------------------------------------------


def test_text_fits_eighty_columns_and_the_same_input_gives_the_same_text():
    text = text_of("text")
    assert max(map(len, text.splitlines())) <= WIDTH
    assert text == text_of("text")


def test_text_says_first_that_it_holds_if_nothing_else_happens():
    assert "\n- This holds if nothing else happens" in text_of("text")


def test_each_day_names_what_happens_and_what_it_changes():
    day = text_of("text").split("\n2024-06-01\n")[1].split("\n\n")[0]
    assert "Law: in force from this day (Harbour Act art. 7)" in day
    assert "from no to unknown" in day or "from no to yes" in day


def test_a_deadline_is_said_to_run_and_never_to_be_missed():
    text = text_of("text")
    assert "2023-12-01" in text
    assert re.search(r"XX-D-1 .*?running", text, re.DOTALL)
    assert "missed" not in text


def test_a_time_without_any_day_says_so():
    assert "No answer changes between these days" in text_of(
        "text", first=date(1990, 1, 1), last=date(1990, 1, 1), told="person: {}"
    )


def test_headings_are_bold_on_a_terminal_only():
    assert "\x1b[1m" in written(made(), "text", detail=False, strong=True)
    assert "\x1b" not in text_of("text")
    assert "\x1b" not in run("-", *DAYS, told=TOLD).stdout


# --- data ------------------------------------------------------------------------------------------------------


def test_json_holds_the_same_segments_and_days():
    found = json.loads(text_of("json"))
    assert list(found) == ["from", "to", "receipt", "warnings", "findings", "days"]
    lanes = {lane.id: lane for lane in made().lanes}
    assert [one["id"] for one in found["findings"]] == list(lanes)
    for one in found["findings"]:
        segments = [(part["from"], part["to"], part["answer"]) for part in one["segments"]]
        assert segments == [(str(part.first), str(part.last), part.answer.value) for part in lanes[one["id"]].segments]
    assert [(one["id"], one["earliest"], one["act"]) for one in found["days"]] == [
        (one.id, str(one.earliest) if one.earliest else None, one.act) for one in made().marks
    ]


# --- calendar --------------------------------------------------------------------------------------------------


def entries(text):
    return [block.split("\r\nEND:VEVENT")[0].split("\r\n") for block in text.split("BEGIN:VEVENT\r\n")[1:]]


def test_a_calendar_says_nothing_but_days():
    text = text_of("ics")
    assert NAMES.search(text) is None
    names = {line.split(":")[0].split(";")[0] for entry in entries(text) for line in entry}
    assert names == {"UID", "DTSTAMP", "DTSTART", "DTEND"}
    assert "PRODID:-//calendar//EN\r\n" in text
    assert "safeconduct" not in text.lower()


def test_the_ids_of_a_calendar_are_random():
    one, other = (re.findall(r"UID:(.*)\r\n", text_of("ics")) for _ in range(2))
    assert len(set(one)) == len(one) > 0
    assert not set(one) & set(other)


def test_the_stamp_of_an_entry_does_not_tell_when_the_file_was_made():
    for entry in entries(text_of("ics")):
        found = dict(re.split(r"[:;]", line, maxsplit=1) for line in entry)
        day = found["DTSTART"].removeprefix("VALUE=DATE:")
        assert found["DTSTAMP"] == f"{day}T000000Z"


def test_a_calendar_holds_every_day_of_change_and_every_end_once():
    days = [re.search(r"DTSTART;VALUE=DATE:(\d+)", "\n".join(entry))[1] for entry in entries(text_of("ics"))]
    wanted = {segment.first for lane in made().lanes for segment in lane.segments[1:]}
    wanted |= {one.act_by or one.earliest for one in made().marks if one.kind in (MarkKind.DEADLINE, MarkKind.STAY)}
    assert days == sorted(f"{day:%Y%m%d}" for day in wanted if day <= made().last)


def test_an_entry_lasts_one_day():
    for entry in entries(text_of("ics")):
        first, after = (
            date.fromisoformat(re.search(rf"{name};VALUE=DATE:(\d+)", "\n".join(entry))[1])
            for name in ("DTSTART", "DTEND")
        )
        assert after - first == timedelta(days=1)


def test_lines_of_a_calendar_are_at_most_75_octets_and_unfold_to_the_whole():
    numbers = count()
    text = calendar(made(), detail=True, new_id=lambda: f"id-{next(numbers)}")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    unfolded = text.replace("\r\n ", "")
    assert (
        "SUMMARY:absence or desertion: from no to unknown (any of XX-A-1\\, XX-A-2: can no longer be told)" in unfolded
    )


def test_detail_is_written_only_after_a_question(tmp_path):
    path = tmp_path / "somebody.yaml"
    path.write_text((ROOT / "examples" / "stay-ends.yaml").read_text())
    path.chmod(0o600)
    said_yes, said_no = (run(str(path), *DAYS, "--format", "ics", "--detail", told=answer) for answer in ("y\n", "n\n"))
    assert (said_yes.exit_code, said_no.exit_code) == (0, 1)
    assert "SUMMARY" in said_yes.stdout
    assert "locked screens" in said_yes.stderr
    assert said_no.stdout == ""


def test_detail_is_refused_where_nobody_can_be_asked():
    result = run("-", *DAYS, "--format", "ics", "--detail", told=TOLD)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "[OUT01]" in result.stderr


def test_line_ends_of_a_calendar_reach_a_pipe_as_they_are():
    assert run("-", *DAYS, "--format", "ics", told=TOLD).stdout_bytes.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")


# --- files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", list(STORED_NAMES))
def test_a_stored_file_has_a_neutral_name_and_is_for_its_owner_alone(tmp_path, form):
    result = run(STAY, *DAYS, "--format", form, "--save", str(tmp_path))
    assert (result.exit_code, result.stdout) == (0, "")
    (path,) = tmp_path.iterdir()
    assert path.name == STORED_NAMES[form]
    assert path.stat().st_mode & 0o777 == 0o600
    assert str(tmp_path) not in result.stderr
    assert path.read_bytes()
    assert b"\x1b" not in path.read_bytes()


def test_nothing_that_stands_there_is_replaced(tmp_path):
    (tmp_path / "days.txt").write_text("mine")
    with pytest.raises(QuestionError, match="OUT02"):
        stored("new", tmp_path, "days.txt")
    assert (tmp_path / "days.txt").read_text() == "mine"


def test_a_link_that_stands_there_is_not_followed(tmp_path):
    (tmp_path / "days.txt").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(QuestionError):
        stored("new", tmp_path, "days.txt")
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_that_is_not_there_is_refused_without_being_named(tmp_path):
    with pytest.raises(QuestionError, match="OUT03") as caught:
        stored("new", tmp_path / "nowhere", "days.txt")
    assert "nowhere" not in str(caught.value)


# --- picture ---------------------------------------------------------------------------------------------------


def drawn(**days):
    return ET.fromstring(picture(made(**days)))  # noqa: S314 -- our own picture


def lanes_of(root):
    return [one for one in root.iter(f"{SVG}g") if one.get("role") == "listitem"]


def test_a_picture_has_a_title_a_description_and_no_metadata():
    root = drawn()
    assert root.find(f"{SVG}title").text == "Position in law from 2022-09-01 to 2024-12-31"
    assert "if nothing else happens" in root.find(f"{SVG}desc").text
    assert root.get("aria-labelledby") == "title desc"
    names = {one.tag.removeprefix(SVG) for one in root.iter()}
    assert names <= {
        "svg", "title", "desc", "defs", "pattern", "rect", "circle", "line", "path", "g", "text", "tspan"
    }  # fmt: skip
    assert "http" not in picture(made()).replace("http://www.w3.org/2000/svg", "")


def test_each_lane_says_its_answers_and_days_to_a_screen_reader():
    labels = [one.get("aria-label") for one in lanes_of(drawn())]
    settled = {Answer.YES, Answer.DISPUTED}
    shown = [
        lane
        for lane in made().lanes
        if lane.kind is Kind.DEADLINE or settled & {segment.answer for segment in lane.segments}
    ]
    left_out = [lane.id for lane in made().lanes if lane not in shown]
    assert 0 < len(labels) == len(shown) < len(made().lanes)
    notes = " ".join("".join(text.itertext()) for text in drawn().iter(f"{SVG}text"))
    assert all(name in notes for name in left_out)
    for label, lane in zip(labels, shown, strict=True):
        assert label.startswith(f"{lane.id}, {lane.title}: ")
        for segment in lane.segments:
            assert f"from {segment.first} to {segment.last}" in label


def test_answers_differ_by_pattern_in_black_and_white():
    text = picture(made())
    assert {Answer.YES, Answer.UNKNOWN, Answer.DISPUTED, Answer.NO} <= {
        segment.answer for lane in made().lanes for segment in lane.segments
    }
    colours = set(re.findall(r"(?:fill|stroke)=\"(#[0-9a-f]+)\"", text))
    assert colours == {"#000", "#fff", "#ccc"}
    for fill in ('fill="#000"', 'fill="url(#dots)"', 'fill="url(#lines)"'):
        assert fill in text


def test_every_change_of_law_is_a_numbered_line_with_its_act_below():
    text = picture(made())
    days = sorted({one.day for one in made().marks if one.kind is MarkKind.LAW})
    assert text.count("stroke-dasharray") == len(days) > 0
    assert f'>1.</tspan><tspan x="46">{days[0]}: Harbour Act art. 7 (XX-R-5)' in text


def test_bars_of_a_lane_fill_its_width_without_gaps():
    for lane in lanes_of(drawn()):
        spans = []
        for bar in lane.findall(f"{SVG}g/*"):
            if bar.tag == f"{SVG}rect":
                spans.append((float(bar.get("x")), float(bar.get("x")) + float(bar.get("width"))))
            elif bar.tag == f"{SVG}line":
                spans.append((float(bar.get("x1")), float(bar.get("x2"))))
        assert (spans[0][0], spans[-1][1]) == (20.0, pytest.approx(780.0))
        for before, after in pairwise(spans):
            assert after[0] == pytest.approx(before[1], abs=0.05)


def test_no_text_leaves_the_picture():
    root = drawn()
    for text in root.iter(f"{SVG}text"):
        for part in [text, *text]:
            if part.text and part.text.strip() and part.get("x") and part.get("text-anchor") != "middle":
                assert float(part.get("x")) + 6.6 * len(part.text) <= 800


def test_numbers_of_lines_that_stand_close_do_not_overlap():
    several = "person: {}"
    text = picture(made(told=several, first=date(1950, 1, 1), last=date(2050, 1, 1)))
    places = [
        (float(x), float(y)) for x, y in re.findall(r'<text x="([\d.]+)" y="([\d.]+)" text-anchor="middle" font', text)
    ]
    assert len(set(places)) == len(places)


def test_no_line_runs_through_a_number():
    text = picture(made(told="person: {}", first=date(1950, 1, 1), last=date(2050, 1, 1)))
    numbers = re.findall(
        r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="12" fill="#fff"/>'
        r'<text x="([\d.]+)" y="([\d.]+)" text-anchor="middle" font-weight="bold">(\d+)</text>',
        text,
    )
    assert [int(number) for *_, number in numbers] == list(range(1, text.count("stroke-dasharray") + 1))
    assert text.rindex("stroke-dasharray") < text.index('font-weight="bold">1</text>')
    for x, y, width, middle, base, number in numbers:
        assert float(x) < float(middle) - 3 * len(number) < float(middle) + 3 * len(number) < float(x) + float(width)
        assert float(y) < float(base) - 8 < float(base) < float(y) + 12


def test_what_is_said_beside_the_picture_stands_apart_from_the_changes_of_law_and_no_line_is_empty():
    root = drawn()
    lines = [one for one in root.iter(f"{SVG}text") if one.get("role") == "listitem"]
    assert all("".join(one.itertext()).strip() for one in lines)
    gaps = [float(after.get("y")) - float(before.get("y")) for before, after in pairwise(lines)]
    assert set(gaps) == {16.0, 32.0}


def test_the_key_tells_what_a_pattern_means_of_a_deadline():
    text = picture(made())
    assert [part in text for part in ("holds, or is running", "unknown, or may run", "no, or not running")] == [
        True
    ] * 3


def test_a_title_that_is_too_long_is_cut_in_the_picture_and_whole_for_a_screen_reader():
    from dataclasses import replace

    long = replace(made().lanes[0], title="a <very> long title & more " * 8)
    root = ET.fromstring(picture(replace(made(), lanes=(long,), marks=())))  # noqa: S314 -- our own picture
    (lane,) = lanes_of(root)
    assert lane.find(f"{SVG}text").text.endswith("…")
    assert long.title.strip() in lane.get("aria-label")


def test_years_stand_on_the_axis_and_not_too_many():
    few, many = (
        re.findall(r'text-anchor="middle">(\d{4})</text>', picture(made(last=last)))
        for last in (date(2025, 6, 1), date(2090, 1, 1))
    )
    assert few == ["2023", "2024", "2025"]
    assert 5 <= len(many) <= 14
