"""A browser of text: it keeps cookies by their paths, and knows links and forms and nothing else. CSRF is on."""

from html.parser import HTMLParser
from http.cookies import SimpleCookie


class Forms(HTMLParser):
    """The forms of a page with what each field would send, the fields there are, links and words."""

    def __init__(self, page):
        super().__init__()
        self.forms, self.links, self.words, self._form, self._select = [], [], [], None, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "a":
            self.links.append(told.get("href", ""))
        elif tag == "form":
            self._form = {"action": told.get("action", ""), "sent": {}, "offered": {}}
            self.forms.append(self._form)
        elif self._form is not None:
            self._field(tag, told)

    def _field(self, tag, told):
        name, value = told.get("name", self._select), told.get("value", "")
        if tag == "select":
            self._select = name
        if name is None or tag not in {"input", "select", "option", "button"}:
            return
        offered = self._form["offered"].setdefault(name, [])
        if tag == "option" or told.get("type") in {"radio", "checkbox"} or tag == "button":
            value = told.get("value", "on")
            offered.append(value)
            if "selected" in told or "checked" in told:
                self._form["sent"].setdefault(name, []).append(value)
        elif tag == "input":
            self._form["sent"][name] = [value]

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data):
        self.words.append(data)


class TextBrowser:
    """Somebody with a browser of text."""

    def __init__(self, language="en"):
        from django.test import Client

        self.language, self.jar, self.history, self.cookies_set = language, {}, [], []
        self.client = Client(enforce_csrf_checks=True, headers={"accept-language": language})
        self.address, self.answer, self.page = "", None, None

    def twin(self):
        """Another tab of the same browser: the same cookies."""
        other = TextBrowser(self.language)
        other.jar = self.jar
        return other

    def open(self, address):
        """Open an address, and go where it leads."""
        return self._took(address, self._ask("get", address))

    def send(self, form_number=0, /, **told):
        """Send a form of the page: what stands in it, with what is told; a value None takes a field away."""
        form = self.page.forms[form_number]
        fields = {**form["sent"], **{name.replace("__", "-"): value for name, value in told.items()}}
        address = form["action"] or self.address
        return self._took(address, self._ask("post", address, {n: v for n, v in fields.items() if v is not None}))

    def _ask(self, method, address, data=None):
        self.client.cookies = SimpleCookie()
        for (name, path), value in self.jar.items():
            if address.startswith(path):
                self.client.cookies[name] = value
        answer = getattr(self.client, method)(address, data)
        for name, morsel in answer.cookies.items():
            self.cookies_set.append((name, morsel["path"]))
            if morsel["max-age"] == 0:
                self.jar.pop((name, morsel["path"]), None)
            else:
                self.jar[name, morsel["path"]] = morsel.value
        return answer

    def _took(self, address, answer):
        if answer.status_code in (302, 303):
            return self.open(answer.headers["Location"])
        self.address, self.answer, self.page = address, answer, Forms(answer.content.decode())
        self.history.append(address)
        return answer

    @property
    def text(self):
        """The words of the page."""
        return " ".join(" ".join(self.page.words).split())

    @property
    def asked(self):
        """The name of the question that is shown."""
        return self.page.forms[0]["sent"]["asked"][0]

    def begin(self):
        """Begin the check."""
        self.open("/c/")
        self.send()
        return self.address.rpartition("/")[0]
