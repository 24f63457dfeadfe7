"""What the pages of the contact site give away, and to whom: headers, answers, links, words in histories, scripts."""

import re
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.kdf import argon2
from django.core.files.uploadedfile import SimpleUploadedFile

from safeconduct.desk.project.clock import now
from safeconduct.vault.codename import Codename
from tests.desk.builders import AFile, a_case, a_channel, a_member
from tests.desk.check.small_site import contact_site, open_site, small_site
from tests.desk.contact.visiting import (
    LANGUAGES,
    RUN,
    Visitor,
    code_in,
    every_address,
    reading,
    rows,
    same_for_everybody,
    whoever_came_back,
)  # fmt: skip

__all__ = ["contact_site", "open_site", "small_site"]
pytestmark = pytest.mark.security
ADDRESSES = every_address()
# What is only sent, leads away, or is a picture; the first step of a run that was gone through leads on.
NO_PAGES = {"/8", "/x", *(f"/c/{RUN}/{name}" for name in ("1", "l", "x", "square"))}
SHOWN = [address for address in ADDRESSES if address not in NO_PAGES]
PUBLIC = [address for address in ADDRESSES if re.match(r"/a\b", address)]
OF_A_RESULT = {"result", "print", "helper", "square", "continue"}
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{ 7|add:7 }}{% csrf_token %}"

#   header                        what it must say
HEADERS = [
    ("Cache-Control",              r"no-store"),
    ("Referrer-Policy",            r"same-origin"),
    ("X-Content-Type-Options",     r"nosniff"),
    ("X-Frame-Options",            r"DENY"),
    ("X-Robots-Tag",               r".*noindex.*"),
    ("Cross-Origin-Opener-Policy", r"same-origin"),
    ("Content-Security-Policy",    r"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';.*"),
    ("Permissions-Policy",         r".*camera=\(\).*geolocation=\(\).*microphone=\(\).*"),
]  # fmt: skip


@pytest.fixture
def back(small_site):
    """Somebody who came back with their code, and goes through the check."""
    return whoever_came_back()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", [*ADDRESSES, "/nothing-here"])
def test_every_answer_carries_the_headers(back, address, method):
    answer = getattr(back.client, method)(address)
    is_kept = address in PUBLIC and method == "get" and answer.status_code == 200
    told = dict(HEADERS) | ({"Cache-Control": r"public, max-age=\d{1,4}"} if is_kept else {})
    assert [header for header, said in told.items() if not re.fullmatch(said, answer.headers[header])] == []


@pytest.mark.parametrize("address", [*ADDRESSES, "/nothing-here"])
def test_no_answer_says_what_the_server_is_made_of(back, address):
    answer = back.get(address)
    of_copies = set() if address in PUBLIC else {"ETag"}
    assert not {"Server", "X-Powered-By", "Last-Modified", *of_copies} & set(answer.headers)


@pytest.mark.parametrize("address", [*SHOWN, "/nothing-here"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_has_no_script_and_loads_nothing_from_elsewhere(back, address, language):
    page = reading(back.client.get(address, headers={"accept-language": language}))
    assert [told for tag, told in page.tags if tag in {"script", "iframe", "object", "embed", "video", "audio"}] == []
    assert [name for _, told in page.tags for name in told if name.startswith("on") or name == "style"] == []
    assert all(address.startswith("/static/") for address in page.loads)


@pytest.mark.parametrize("address", [*SHOWN, "/nothing-here"])
def test_every_page_has_the_way_out_and_no_other_link_out(back, address):
    page = reading(back.get(address))
    (out,) = [link for link in page.links if re.fullmatch(r"(/c/[0-9a-f-]{36})?/x", link["href"])]
    assert set(out["rel"].split()) == {"noreferrer", "nofollow"}
    assert all(not urlsplit(link["href"]).netloc for link in page.links)
    assert all(not urlsplit(form["action"]).netloc for form in page.forms)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", SHOWN)
def test_addresses_and_titles_tell_no_story(back, address, language):
    answer = back.client.get(address, headers={"accept-language": language})
    (title,) = re.findall("<title>(.*?)</title>", answer.content.decode())
    assert len(title.split()) <= 2
    assert re.fullmatch(r"/[0-9xac]?(/ru|/[0-9a-f-]{36})?(/|/\d+|/x)?", address) or address.split("/")[3] in OF_A_RESULT


def test_the_way_out_empties_the_browser_and_changes_no_row(back, contact_site):
    before = rows(to_the_second=True)
    answer = back.get("/x")
    assert answer.headers["Location"] == contact_site.exit_address
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert {name for name, cookie in answer.cookies.items() if cookie["max-age"] == 0 and cookie["secure"]} == {
        "__Host-contact", "__Host-form-contact", "__Host-language",
    }  # fmt: skip
    assert rows(to_the_second=True) == before
    assert back.get("/4").status_code == 403


@pytest.mark.parametrize("visited", ["/1", "/2", "/3"])
def test_nobody_who_only_looks_gets_a_session(open_site, visited):
    visitor = Visitor()
    visitor.get(visited)
    assert "__Host-contact" not in visitor.client.cookies
    assert rows()["KeptSession"] == []


def test_cookies_go_with_the_browser_and_to_nobody_else(back):
    visitor = Visitor()
    token = reading(visitor.get("/")).forms[0]["fields"]["csrfmiddlewaretoken"]
    visitor.client.post("/", {"csrfmiddlewaretoken": token, "language": "ru"})
    visitor.come_back(code_in(visitor.write()))
    assert len(visitor.client.cookies) == 3
    for name, cookie in visitor.client.cookies.items():
        assert name.startswith("__Host-")
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Strict")
        assert (cookie["path"], cookie["domain"], cookie["max-age"], cookie["expires"]) == ("/", "", "", "")


#   what is typed                                    what it is
CODES = [
    (Codename.new().digits().reveal(),                "well formed and of nobody"),
    (Codename.new().digits().reveal()[:-1] + "x",     "a sign too many"),
    ("1234",                                          "too short"),
    ("",                                              "nothing"),
    ("9" * 26,                                        "a wrong check"),
    ("apple " * 9,                                    "words that do not fit"),
    ("x" * 5000,                                      "far too long"),
    ("\u0000",                                        "a sign that stores refuse"),
]  # fmt: skip


@pytest.mark.parametrize("typed", [code for code, _ in CODES], ids=[what for _, what in CODES])
@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_that_are_unknown_and_codes_that_are_none_get_the_same_bytes(open_site, typed, language):
    unknown = Visitor(language).come_back(Codename.new().digits().reveal())
    answer = Visitor(language).come_back(typed)
    assert answer.status_code == unknown.status_code == 422
    assert same_for_everybody(answer) == same_for_everybody(unknown)
    assert dict(answer.headers) == {**unknown.headers, "Content-Length": answer.headers.get("Content-Length")}


@pytest.fixture
def runs(monkeypatch):
    """The cost of each run of Argon2id, in the order in which they were asked for."""
    counted, real = [], argon2.Argon2id

    def counting(**arguments):
        counted.append({name: arguments[name] for name in ("iterations", "lanes", "memory_cost", "length")})
        return real(**arguments)

    monkeypatch.setattr(argon2, "Argon2id", counting)
    return counted


def test_a_known_and_an_unknown_code_cost_the_same_work(open_site, runs):
    code = code_in(Visitor().write())
    runs.clear()
    assert Visitor().come_back(code).status_code == 303
    assert Visitor().come_back(Codename.new().digits().reveal()).status_code == 422
    assert len(runs) == 2
    assert runs[0] == runs[1]


def test_a_code_with_a_slip_costs_no_work_so_that_typing_nonsense_burdens_nobody(open_site, runs):
    for typed, what in CODES[1:]:
        Visitor().come_back(typed)
        assert runs == [], what


def test_a_wrong_code_is_not_sent_back(open_site):
    typed = Codename.new().digits().reveal()
    assert typed not in Visitor().come_back(typed).content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_stands_once_in_one_page_and_in_no_other(open_site, language):
    visitor = Visitor(language)
    written = visitor.write()
    code, words = code_in(written), re.findall(r"<span>([^\W\d]+)</span>", written.content.decode())
    flat = " ".join(re.sub("<[^>]*>", " ", written.content.decode()).split())
    assert flat.count(code) == 1
    assert not words or flat.count(" ".join(words)) == 1
    assert code.replace(" ", "") not in written.content.decode()
    visitor.come_back(code)
    for address in SHOWN:
        page = visitor.get(address)
        assert code.split()[2] + " " + code.split()[3] not in " ".join(reading(page).words)
    assert not any(code in str(value) or code.replace(" ", "") in str(value) for value in written.headers.values())


def test_what_was_written_stands_once_in_the_page_of_the_conversation(back):
    back.send("/4", "text", text="marker-4711")
    assert back.get("/4").content.count(b"marker-4711") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_that_somebody_writes_stays_text(open_site, language):
    from safeconduct.desk.cases.channels import named
    from safeconduct.desk.cases.models import Channel

    other = a_channel(a_member())
    Channel.objects.filter(pk=other.pk).update(name=named(other.pk, MARKUP))
    visitor = Visitor(language)
    name = MARKUP.replace("/", "") + ".pdf"
    code = code_in(visitor.write(MARKUP, files=[SimpleUploadedFile(name, b"x")], channel=str(other.pk)))
    visitor.come_back(code)
    for address in ("/1", "/2", "/4"):
        page = visitor.get(address)
        told = reading(page)
        assert b"<script" not in page.content
        assert [tag for tag, _ in told.tags if tag == "img"] == []
        assert "alert(1)" in page.content.decode() or address == "/2"


#   the name of a file                                what must not come of it
NAMES = [
    ('a"; filename="b.exe',                           "a second name"),
    ("a\r\nSet-Cookie: x=1",                          "a header"),
    ("../../../etc/passwd",                           "a path"),
    ("\u202efdp.exe",                                 "a name that reads backwards"),
    ("Повестка.pdf",                                  "a loss of letters"),
]  # fmt: skip


@pytest.mark.parametrize("name", [name for name, _ in NAMES], ids=[what for _, what in NAMES])
def test_the_name_of_a_file_stays_a_name(open_site, name):
    _, codename = a_case(open_site, now=now(), files=(AFile(b"<html>", name=name),))
    visitor = Visitor()
    visitor.come_back(codename.digits().reveal())
    (address,) = [link["href"] for link in reading(visitor.get("/4")).links if link["href"].startswith("/4/")]
    answer = visitor.get(address)
    told = answer.headers["Content-Disposition"]
    assert told.startswith("attachment")
    assert not re.search(r"[\r\n\u202e]|\.\./|%E2%80%AE|%0D|%0A", told)
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert b"".join(answer.streaming_content) == b"<html>"


def test_a_file_of_another_conversation_is_not_here(back):
    other = Visitor()
    code = code_in(other.write(files=[SimpleUploadedFile("theirs.pdf", b"theirs")]))
    other.come_back(code)
    (address,) = [link["href"] for link in reading(other.get("/4")).links if link["href"].startswith("/4/")]
    unknown = back.get(ADDRESSES[5])
    foreign = back.get(address)
    assert foreign.status_code == unknown.status_code == 404
    assert same_for_everybody(foreign) == same_for_everybody(unknown)
    assert Visitor().get(address).status_code == 403
