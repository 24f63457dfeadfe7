"""What somebody who searches the machine afterwards finds of a visit: no address, no agent, no word, no code."""

import logging
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from safeconduct.desk.project.logs import ScrubbingFormatter
from tests.desk.contact.visiting import Visitor, code_in, contact_site, open_site, reading, rows

__all__ = ["contact_site", "open_site"]
pytestmark = pytest.mark.security
ADDRESS, AGENT, REFERER = "127.0.0.2", "Agent-of-the-test/7.1", "https://elsewhere.example/story"
TEXT, BODY, NAME = "marker-text-Ысыах", b"marker-body-" * 20, "marker-name.pdf"


@pytest.fixture
def written(contact_site):
    """Everything that lies in the folder of the desk, after the stores were closed and while they are open."""

    def read():
        return b"".join(path.read_bytes() for path in sorted(contact_site.folder.rglob("*")) if path.is_file())

    return read


def a_whole_visit():
    """Somebody writes, sends a file, comes back, writes again, opens a file, goes astray: the code and the visitor."""
    visitor = Visitor("ru", **{"user-agent": AGENT, "referer": REFERER, "x-forwarded-for": ADDRESS})
    visitor.client.defaults["REMOTE_ADDR"] = ADDRESS
    code = code_in(visitor.write(TEXT, files=[SimpleUploadedFile(NAME, BODY)]))
    visitor.come_back("1234")
    visitor.come_back(code)
    visitor.send("/4", "text", text=TEXT, files=[SimpleUploadedFile(NAME, BODY)])
    links = [link["href"] for link in reading(visitor.get("/4")).links if link["href"].startswith("/4/")]
    assert len(links) == 2
    b"".join(visitor.get(links[0]).streaming_content)
    visitor.get(f"/{AGENT}")
    visitor.client.post("/4", {"text": TEXT})
    return code, visitor


def traces(code):
    """What must not be found, in every form in which it might lie there."""
    plain = [ADDRESS, AGENT, REFERER, TEXT, NAME, code, code.replace(" ", "")]
    return [*(text.encode() for text in plain), TEXT.encode("utf-16-le"), BODY, BODY[:12]]


def test_neither_address_nor_agent_nor_words_lie_in_the_stores_while_they_are_open(open_site, written):
    code, _ = a_whole_visit()
    assert [trace for trace in traces(code) if trace in written()] == []


def test_neither_address_nor_agent_nor_words_lie_in_the_stores_after_they_were_closed(open_site, written):
    code, _ = a_whole_visit()
    connections.close_all()
    assert [trace for trace in traces(code) if trace in written()] == []


def test_the_search_finds_what_was_written_where_it_lies_open(open_site, contact_site, written):
    (contact_site.folder / "leak").write_bytes(ADDRESS.encode())
    assert ADDRESS.encode() in written()


class Kept(logging.Handler):
    """Keeps the lines that our formatter writes."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.setFormatter(ScrubbingFormatter())
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture
def talkative():
    """Every logger of Django and the root write everything they have to say."""
    kept = Kept()
    names = ("", "django", "django.request", "django.security.csrf", "django.db.backends", "django.template")
    before = [(logging.getLogger(name), logging.getLogger(name).level) for name in names]
    for logger, _ in before:
        logger.setLevel(logging.DEBUG)
        logger.addHandler(kept)
    yield kept
    for logger, level in before:
        logger.removeHandler(kept)
        logger.setLevel(level)


def test_logs_at_their_most_talkative_hold_nothing_of_a_visit(open_site, talkative, capsys):
    code, _ = a_whole_visit()
    printed = capsys.readouterr()
    told = "\n".join((*talkative.lines, printed.out, printed.err)).encode()
    assert talkative.lines
    assert [trace for trace in traces(code) if trace in told] == []


def test_after_the_end_no_row_of_the_thread_is_left(open_site):
    code, visitor = a_whole_visit()
    form = reading(visitor.get("/6")).forms[0]["fields"]
    visitor.client.post("/6", form)
    left = rows()
    for table in ("Contact", "IntakeReceipt", "KeptSession", "FileBody", "Piece"):
        assert left[table] == []
    assert [row for row in left["Record"] if "'thread'" in row] == []
    assert [row for table in ("DataKey", "Grant") for row in left[table] if "'thread'" in row] == []
    assert Visitor().come_back(code).status_code == 422


def test_a_stolen_table_of_sessions_opens_no_conversation(open_site):
    from safeconduct.desk.keyring.models import KeptSession

    a_whole_visit()
    for row in KeptSession.objects.all():
        thief = Visitor()
        for stolen in (row.lookup, row.pk, bytes(row.kept).hex(), str(row.owner)):
            thief.client.cookies["__Host-contact"] = stolen
            assert thief.get("/4").status_code == 403


def test_a_session_planted_before_the_code_was_typed_opens_nothing_after_it(open_site):
    visitor = Visitor()
    code = code_in(visitor.write())
    visitor.client.cookies["__Host-contact"] = "A" * 43
    visitor.come_back(code)
    assert visitor.client.cookies["__Host-contact"].value != "A" * 43
    planted = Visitor()
    planted.client.cookies["__Host-contact"] = "A" * 43
    assert planted.get("/4").status_code == 403


def test_the_session_of_before_opens_nothing_after_the_visit_was_closed(open_site):
    _, visitor = a_whole_visit()
    kept = visitor.client.cookies["__Host-contact"].value
    form = next(form for form in reading(visitor.get("/4")).forms if form["action"] == "/8")
    visitor.client.post("/8", form["fields"])
    again = Visitor()
    again.client.cookies["__Host-contact"] = kept
    assert again.get("/4").status_code == 403


def test_every_session_of_a_conversation_ends_with_it(open_site):
    code, visitor = a_whole_visit()
    other = Visitor()
    other.come_back(code)
    visitor.client.post("/6", reading(visitor.get("/6")).forms[0]["fields"])
    assert other.get("/4").status_code == 403


def test_a_cookie_of_the_members_site_is_nothing_here(open_site):
    visitor = Visitor()
    visitor.come_back(code_in(visitor.write()))
    other = Visitor()
    other.client.cookies["__Host-members"] = visitor.client.cookies["__Host-contact"].value
    assert other.get("/4").status_code == 403


@pytest.mark.parametrize("address", ["/1", "/2", "/3", "/4", "/5", "/9", "/nothing-here"])
def test_no_page_repeats_what_the_browser_says_of_itself(open_site, address):
    visitor = Visitor("en", **{"user-agent": AGENT, "referer": REFERER})
    visitor.client.defaults["REMOTE_ADDR"] = ADDRESS
    page = visitor.get(address).content.decode()
    assert not re.search("|".join(map(re.escape, (AGENT, REFERER, ADDRESS))), page)
