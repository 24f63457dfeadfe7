"""Somebody who answers the check from a situation file: each question is answered with what the file says of it."""

from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.check.asks import Look, sheet_of
from safeconduct.desk.check.course import COUNTRIES
from safeconduct.desk.check.run import Reply, draft_in
from safeconduct.rules.asking import AGAIN, Subject
from safeconduct.rules.questions import base_name
from safeconduct.rules.reach import reach
from safeconduct.rules.replying import Silence
from safeconduct.rules.telling import read_situation
from safeconduct.rules.telling.draft import draft_of

UNKNOWN = Reply(silence=Silence.UNKNOWN)
SILENT = {silence.value: silence for silence in Silence}


def plain(value):
    """A value without the reason why it is assumed."""
    return value["is"] if isinstance(value, dict) and "is" in value else value


class Teller:
    """Answers from a file.

    Args:
        content: The bytes of a situation file, in YAML.
        vocabulary: The words of the law pages.
        is_strict: Whether nothing is said that the file does not say: of a list of things of which one is unknown, "I
            don't know" is the answer, and each is asked about by itself. If not, what is not so is taken as not so.
    """

    def __init__(self, content, vocabulary, *, is_strict=True):
        self.content, self.vocabulary, self.is_strict = content, vocabulary, is_strict
        draft = draft_of(content, "yaml")
        self.person = {name: plain(value) for name, value in draft.person.items()}
        self.history = [{key: plain(value) for key, value in event.items()} for event in draft.history]
        self.closed = {
            (line.get("event") if isinstance(line, dict) else line.split()[0])
            for part in ("not_happened", "complete")
            for line in draft.others.get(part, [])
        }

    def reply(self, run):
        """The reply to the question that is put now."""
        put = run.put
        match put.subject:
            case Subject.FACT | Subject.NONE_OF:
                return self._fact(put)
            case Subject.WHICH:
                return self._several(put, run)
            case Subject.EVENT:
                return self._event(put, run)
            case _:
                return self._part(put, run)

    def _countries(self):
        """The countries whose law is looked at for this file."""
        corpus = law_in_use()
        looked_at = {code for codes in corpus.looked_at.values() for code in codes}
        kept = looked_at - set(reach(corpus, read_situation(self.content, self.vocabulary, form="yaml")).left_out)
        return Reply(value=sorted(kept)) if kept else Reply(words="none")

    def _fact(self, put):
        if put.name == COUNTRIES and COUNTRIES not in self.person:
            return self._countries()
        if put.name == "birth_date" and "age" in self.person:
            return Reply(words=self.person["age"], is_age=True)
        value = self.person.get(put.name)
        if value is None:
            return UNKNOWN
        if isinstance(value, str) and value in SILENT:
            return Reply(silence=SILENT[value])
        if put.subject is Subject.NONE_OF:
            return Reply(none_applies=value == "none")
        return Reply(words=value) if isinstance(value, str) else Reply(value=value)

    def _several(self, put, run):
        if self.is_strict and not all(self._is_known(name, run) for name in put.of):
            return UNKNOWN
        return Reply(names=tuple(name for name in put.of if self._is_so(name, run)))

    def _is_known(self, name, run):
        if name in self.vocabulary.facts:
            return self.person.get(name, "unknown") not in SILENT
        kind, _, part = name.removesuffix(AGAIN).partition(".")
        if part:
            event = self._silent_event(kind, part, run)
            return event is not None and event.get(part, "unknown") not in SILENT
        return kind in self.closed or self._is_so(name, run)

    def _is_so(self, name, run):
        if name in self.vocabulary.facts:
            return self.person.get(name) not in (None, "no", "none", [], "unknown", "withheld")
        kind, _, part = name.removesuffix(AGAIN).partition(".")
        if part:
            event = self._silent_event(kind, part, run)
            return event is not None and event.get(part) == "yes"
        return len(self._of(kind)) > (self._told(run, kind) if name.endswith(AGAIN) else 0)

    def _of(self, kind):
        return [event for event in self.history if event["event"] == kind]

    def _told(self, run, kind):
        """How many events of a kind were told so far."""
        return sum(event["event"] == kind for event in draft_in(run, law_in_use()).history)

    def _event(self, put, run):
        kind = base_name(put.name)
        told = self._told(run, kind)
        if told < len(self._of(kind)):
            event = self._of(kind)[told]
            key = self.vocabulary.events[kind].key
            return Reply(happened=True, on=event.get("on", ""), where=event.get(key, "") if key else "")
        return Reply(happened=False) if kind in self.closed else UNKNOWN

    def _silent_event(self, kind, part, run):
        """The event that is meant by a question for a part: the latest told that does not say it."""
        told = [event for event in draft_in(run, law_in_use()).history if event["event"] == kind]
        silent = [place for place, event in enumerate(told) if part not in event or part == "on"]
        return self._of(kind)[silent[-1]] if silent and silent[-1] < len(self._of(kind)) else None

    def _part(self, put, run):
        kind, _, part = put.name.partition(".")
        event = self._silent_event(kind, part, run)
        value = None if event is None else event.get(part)
        return UNKNOWN if value in (None, "unknown", "withheld") else Reply(words=value)


def sent(reply, put, vocabulary):
    """What a page sends for a reply: the names and values of its fields."""
    sheet = sheet_of(put, vocabulary)
    found = chosen(reply, sheet)
    return filled(reply, sheet) if found is None else found


def chosen(reply, sheet):
    """What is sent for a reply that is chosen; None for one that is filled in."""
    if reply.silence is not None:
        return {"answer": reply.silence.value}
    if reply.names is not None:
        return {"v": list(reply.names)} if reply.names else {"answer": "none"}
    if reply.none_applies is not None:
        return {"answer": "yes" if reply.none_applies else "no"}
    if reply.happened is not None:
        if not reply.happened:
            return {"answer": "no"}
        return {"answer": "yes", **day(reply.on, "on"), **country(reply.where, "where")}
    return {"answer": reply.words} if reply.words in sheet.choices else None


def filled(reply, sheet):
    """What is sent for a reply that is filled in."""
    if reply.value is not None and not sheet.is_record:
        return {"answer": "told", **words(reply.value, sheet)} if reply.value else {"answer": "none"}
    if reply.value is not None:
        rows = reply.value if sheet.is_many else [reply.value]
        return dict(pair for number, row in enumerate(rows, start=sheet.is_many) for pair in fields(row, number, sheet))
    if reply.is_age:
        years, _, _day = reply.words.partition(" on ")
        first, dots, last = years.partition("..")
        return {"v-age": str((int(first) + int(last)) // 2), "v-about": "on"} if dots else {"v-age": first}
    return value_sent(reply.words, sheet.asks[0])


def value_sent(text, ask):
    if ask.look is Look.DAY:
        return day(text, ask.name)
    if ask.look is Look.COUNTRY:
        return country(text, ask.name)
    return {ask.name: text.removesuffix(" days").removesuffix(" day")}


def fields(row, number, sheet):
    asks = {(ask.field, ask.row): ask for ask in sheet.asks}
    for name, told in row.items():
        yield from value_sent(told, asks[name, number]).items()


def words(told, sheet):
    ask = sheet.asks[0]
    return {ask.name: list(told)} if ask.look is Look.BOXES else {f"{ask.name}-other": ", ".join(told)}


def country(code, name):
    return {f"{name}-other": code} if code else {}


def day(text, name):
    """The fields of a day, or of a first and a last one."""
    first, dots, last = text.partition("..")
    parts = dict(zip(("year", "month", "day"), first.split("-"), strict=False)) if first else {}
    found = {f"{name}-{part}": value for part, value in parts.items()}
    if dots and last:
        found |= {
            f"{name}-last-{part}": value for part, value in zip(("year", "month", "day"), last.split("-"), strict=False)
        }
    return found
