"""A page as text: front matter, fences, indentation, comments, continuation; and what is wrong with its frame."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.packs.blocks import MAX_PAGE_BYTES, read_page

FRONT = '---\ntitle: "A page"\nact: "xx/act"\n---\n'


def blocks(text):
    page, faults = read_page("xx/page.md", (FRONT + text).encode())
    assert [str(fault) for fault in faults] == []
    return page.blocks


def shape(lines):
    return [(line.text, shape(line.members)) for line in lines]


def codes(text, front=FRONT):
    return [(fault.code, fault.place.line) for fault in read_page("xx/page.md", (front + text).encode())[1]]


def test_front_matter_is_read_with_the_line_of_each_key():
    page, faults = read_page("xx/deep/page.md", FRONT.encode())
    assert faults == []
    assert page.front == {"title": "A page", "act": "xx/act"}
    assert page.front_lines == {"title": 2, "act": 3}
    assert page.jurisdiction == "xx"


#    front matter                                        lines at fault
FRONTS = [
    ("# No front matter\n",                              [1]),
    ('---\ntitle: "never ends"\n',                       [1]),
    ("---\ntitle: not quoted\n---\n",                    [2]),
    ('---\ncolour: "red"\n---\n',                        [2]),
    ('---\ntitle: "one"\ntitle: "two"\n---\n',           [3]),
    ('---\ntitle: "bell \x07"\n---\n',                   [2]),
    ("---\n? complex\n- list\n---\n",                    [2, 3]),
    ("",                                                 [1]),
]  # fmt: skip


@pytest.mark.parametrize(("front", "lines"), FRONTS)
def test_front_matter_holds_only_quoted_strings_under_known_keys(front, lines):
    assert codes("", front=front) == [("LAW011", line) for line in lines]


def test_lines_nest_by_their_indentation_and_keep_their_place():
    (block,) = blocks("# Head\n\nWords of\nthe law.\n\nMore.\n\n```law\na\n    b\n        c\n    d\ne\n```\n")
    assert shape(block.lines) == [("a", [("b", [("c", [])]), ("d", [])]), ("e", [])]
    assert (block.heading, block.prose, block.place.line) == ("Head", "Words of\nthe law.\n\nMore.", 12)
    inner = block.lines[0].members[0].members[0]
    assert (inner.place.line, inner.place.column) == (15, 9)


def test_prose_begins_anew_under_each_heading():
    first, second = blocks("# One\n\nFirst.\n\n```law\na\n```\n\n## Two\n\n```law\nb\n```\n")
    assert (first.prose, second.heading, second.prose) == ("First.", "Two", "")


#    block                                                      lines as read
JOINED = [
    ("a # comment",                                             [("a", [])]),
    ("# comment\na",                                            [("a", [])]),
    ('a "b # c" # d',                                           [('a "b # c"', [])]),
    ("a#b",                                                     [("a#b", [])]),
    ("a\n    source art. 1",                                    [("a source art. 1", [])]),
    ('a\n    ask "b"\n    why "c"',                             [('a ask "b" why "c"', [])]),
    ("a\n    b\n        confidence A",                          [("a", [("b confidence A", [])])]),
    ("a\n    again after b",                                    [("a again after b", [])]),
    ("a\n    again within 5 days",                              [("a", [("again within 5 days", [])])]),
    ("a\n    asks b",                                           [("a", [("asks b", [])])]),
    ("a\n\n\n    b",                                            [("a", [("b", [])])]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), JOINED)
def test_comments_go_and_continuations_join(text, lines):
    (block,) = blocks(f"```law\n{text}\n```\n")
    assert shape(block.lines) == lines


#    body                                                code, line (the front matter takes four)
FRAMES = [
    ("```lwa\na\n```\n",                                 [("LAW012", 5)]),
    ("```\na\n```\n",                                    [("LAW012", 5)]),
    ("```law\na\n",                                      [("LAW012", 5)]),
    ("  ```law\n  a\n  ```\n",                           [("LAW012", 5)]),
    ("- x\n\n  ```law\n  a\n  ```\n",                    [("LAW012", 7)]),
    ("```law\na\n\tb\n```\n",                            [("LAW013", 7)]),
    ("```law\na \x1b[31m\n```\n",                        [("LAW013", 6)]),
    ("```law\na \u202e\n```\n",                          [("LAW013", 6)]),
    ("```law\n" + "a" * 1001 + "\n```\n",                [("LAW013", 6)]),
    ("```law\n  a\nb\n```\n",                            [("LAW014", 6)]),
    ("```law\na\n    b\n  c\n      d\n    e\n```\n",     [("LAW014", 8)]),
    ("```law\n" + "".join(" " * depth + "a\n" for depth in range(12)) + "```\n", [("LAW014", 15)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), FRAMES)
def test_a_fault_in_the_frame_is_reported_once(text, found):
    assert codes(text) == found


def test_a_fault_in_one_block_leaves_the_others():
    page, faults = read_page("xx/page.md", (FRONT + "```lwa\na\n```\n\n```law\nb\n```\n").encode())
    assert ([fault.code for fault in faults], [block.kind for block in page.blocks]) == (["LAW012"], ["law"])


@pytest.mark.parametrize("content", [b"\xff\xfe", b"---\n\x80\n---\n"])
def test_bytes_that_are_no_text_are_no_page(content):
    page, faults = read_page("xx/page.md", content)
    assert ([fault.code for fault in faults], page.blocks) == (["LAW010"], ())


def test_a_page_of_more_than_a_megabyte_is_no_page():
    _, faults = read_page("xx/page.md", FRONT.encode() + b"a" * MAX_PAGE_BYTES)
    assert [fault.code for fault in faults] == ["LAW010"]


@given(st.text(max_size=400))
def test_any_text_is_read_without_a_crash(text):
    page, faults = read_page("xx/page.md", (FRONT + "```law\n" + text + "\n```\n").encode("utf-8", "replace"))
    assert page.name == "xx/page.md"
    assert all(fault.code.startswith("LAW01") for fault in faults)


def test_windows_line_ends_change_nothing():
    text = FRONT + "# Head\n\n```law\na\n    b\n```\n"
    unix, _ = read_page("xx/page.md", text.encode())
    windows, faults = read_page("xx/page.md", text.replace("\n", "\r\n").encode())
    assert (windows.blocks, windows.front, faults) == (unix.blocks, unix.front, [])
