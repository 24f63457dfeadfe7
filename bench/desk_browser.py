"""Somebody with a plain browser, over real connections: opens a page, fills in its form, sends it. No script runs."""

import http.client
import re
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from secrets import token_hex
from typing import Any, Self
from urllib.parse import urlencode

AGENT = "PlainBrowser/1.0 (agent of the tests)"
_INPUT = re.compile(r"<input\b[^>]*>")
_ATTRIBUTE = re.compile(r'(\w[\w-]*)="([^"]*)"')
_CODE = re.compile(r"<span>(\d+)</span>")
READING_SECONDS = 1.05
"""A form that is sent sooner was read by nobody: `least_seconds = 1` is the least that a desk may ask."""
_HIDDEN = ("csrfmiddlewaretoken", "token", "whole", "channel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back.

    Args:
        status: Number of the answer; 0 if the connection broke.
        page: The page.
        goes_to: Where it leads, if anywhere else.
    """

    status: int
    page: str = ""
    goes_to: str = ""

    def hidden(self) -> dict[str, str]:
        """Hidden fields of the forms on the page."""
        found = {}
        for tag in _INPUT.findall(self.page):
            told = dict(_ATTRIBUTE.findall(tag))
            if told.get("name") in _HIDDEN:
                found[told["name"]] = unescape(told.get("value", ""))
        return found

    def code(self) -> str:
        """The digits that a page shows, or nothing."""
        return " ".join(_CODE.findall(self.page))


class Loopback(http.client.HTTPConnection):
    """A connection to this machine from an address of our own choice."""

    def __init__(self, port: int, *, timeout: float, source: str) -> None:
        super().__init__("127.0.0.1", port, timeout=timeout, source_address=(source, 0))

    def connect(self) -> None:
        """Connect, and send small packets at once."""
        super().connect()
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


class Browser:
    """A browser with cookies of its own.

    Args:
        port: Port of the site.
        agent: What it calls itself.
        source: The address it comes from.
        timeout: Seconds until it gives up.
    """

    def __init__(self, port: int, *, agent: str = AGENT, source: str = "127.0.0.1", timeout: float = 60) -> None:
        self._connection = Loopback(port, timeout=timeout, source=source)
        self._port, self._agent = port, agent
        self.cookies: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path, b"", {})

    def send(self, path: str, fields: Mapping[str, str], *, files: Sequence[tuple[str, bytes]] = ()) -> Answer:
        """Send a form.

        Args:
            path: Where to.
            fields: What it holds.
            files: Files with their names, for a page that takes any.
        """
        if not files:
            kind = "application/x-www-form-urlencoded"
            return self._ask("POST", path, urlencode(fields).encode(), {"Content-Type": kind})
        border = token_hex(16)
        parts = [_part(border, f'name="{name}"', value.encode()) for name, value in fields.items() if name != "whole"]
        for name, content in files:
            parts.append(_part(border, f'name="enclosed"; filename="{name}"', content))
        parts.append(_part(border, 'name="whole"', fields.get("whole", "1").encode()))
        body = b"".join(parts) + f"--{border}--\r\n".encode()
        return self._ask("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={border}"})

    def write(self, text: str, *, files: Sequence[tuple[str, bytes]] = ()) -> Answer:
        """Open the form of a first message, and send it."""
        shown = self.get("/2")
        if shown.status != http.client.OK:
            return shown
        time.sleep(READING_SECONDS)
        return self.send("/2", {**shown.hidden(), "for_whom": "self", "text": text}, files=files)

    def come_back(self, code: str) -> Answer:
        """Type a code, and open the thread behind it."""
        shown = self.get("/3")
        answer = self.send("/3", {**shown.hidden(), "code": code})
        return self.get(answer.goes_to) if answer.goes_to else answer

    def sign_in(self, login: str, password: str, digits: str, *, door: str = "") -> Answer:
        """Sign in as a member, with the door code if there is one to type."""
        shown = self.get("/sign-in/")
        asked = self.send("/sign-in/", {**shown.hidden(), "login": login, "password": password, "door": door})
        return self.send("/sign-in/code/", {**asked.hidden(), "code": digits})

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        told = {
            "Host": f"127.0.0.1:{self._port}",
            "User-Agent": self._agent,
            "Accept-Language": "en",
            "Origin": f"http://127.0.0.1:{self._port}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            **headers,
        }
        try:
            answer, content = self._once(method, path, body, told)
        except (OSError, http.client.HTTPException):
            return Answer(status=0)
        self._keep(answer.headers.get_all("Set-Cookie") or ())
        goes_to = str(answer.headers.get("Location") or "")
        return Answer(status=answer.status, page=content.decode(errors="replace"), goes_to=goes_to)

    def _once(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """An answer; as browsers do, a page is asked for again where the server had closed an idle connection."""
        was_open = self._connection.sock is not None
        try:
            self._connection.request(method, path, body=body or None, headers=dict(headers))
            answer = self._connection.getresponse()
            return answer, answer.read()
        except (ConnectionError, http.client.RemoteDisconnected):
            self._connection.close()
            if not was_open or method != "GET":
                raise
        except (OSError, http.client.HTTPException):
            self._connection.close()
            raise
        return self._once(method, path, body, headers)

    def _keep(self, cookies: Sequence[Any]) -> None:
        for cookie in cookies:
            name, _, rest = str(cookie).partition("=")
            value = rest.partition(";")[0]
            if value and value != '""':
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)


def _part(border: str, disposition: str, content: bytes) -> bytes:
    head = f"--{border}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n"
    return head.encode() + content + b"\r\n"
