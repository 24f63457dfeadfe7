"""What the engine hands over as values, in the words of a page: reasons, causes of a change, days that matter.

The conditions of the law pages are code, in English. A page says which facts they rest on and whether they are met, and
keeps the line itself beside, marked as English, because it is the exact condition.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.cases.law_words import translated
from safeconduct.desk.office.telling_words import InWords, country, words_of_page
from safeconduct.packs.naming import ENGLISH
from safeconduct.packs.position.wording import owners
from safeconduct.packs.translating import Said, parts_of, with_capital
from safeconduct.rules.finding import Cause, DayRange, Question, Reason, Turn
from safeconduct.rules.marks import Mark, MarkWhat
from safeconduct.rules.questions import MOST_TITLES
from safeconduct.rules.tree import Provision, Stay
from safeconduct.values.truth import Truth

_IF = {Truth.YES: gettext_lazy("met"), Truth.NO: gettext_lazy("not met"), Truth.UNKNOWN: gettext_lazy("not known")}
_AGAINST = {
    Truth.YES: gettext_lazy("speaks against it"),
    Truth.NO: gettext_lazy("does not speak against it"),
    Truth.UNKNOWN: gettext_lazy("could speak against it"),
}
_FORCE = {
    Truth.YES: gettext_lazy("in force"),
    Truth.NO: gettext_lazy("not in force"),
    Truth.UNKNOWN: gettext_lazy("not known"),
}
_APPLIES = {
    Truth.YES: gettext_lazy("applies"),
    Truth.NO: gettext_lazy("does not apply"),
    Truth.UNKNOWN: gettext_lazy("not known"),
}
_BADGES = {"force": _FORCE, "unless": _AGAINST, "exception": _APPLIES, "displaced": _APPLIES}
_TURNED = {
    Truth.YES: gettext_lazy("now holds"),
    Truth.NO: gettext_lazy("no longer holds"),
    Truth.UNKNOWN: gettext_lazy("can no longer be told"),
}
_HAPPENS = {
    MarkWhat.BEGINS: gettext_lazy("in force from this day"),
    MarkWhat.ENDS: gettext_lazy("no longer in force"),
    MarkWhat.CHANGES: gettext_lazy("a condition changes on this day"),
    MarkWhat.FIRST_DAY: gettext_lazy("first day"),
    MarkWhat.LAST_DAY: gettext_lazy("last day"),
    MarkWhat.LAST_TO_ACT: gettext_lazy("last day to act"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something that the engine says, in words.

    Args:
        said: What it says; several parts stand beside each other.
        badge: Whether it is so; "" where the line says it.
        english: The exact line of the page, in English, where the words say it otherwise; "" otherwise.
        taken: What it takes as given: of which fact or event, and why, as somebody wrote it.
    """

    said: tuple[Said, ...]
    badge: Promise | str = ""
    english: str = ""
    taken: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, in words.

    Args:
        question: The question.
        bears_on: Titles of the first few provisions that it bears on, where no page says why it is asked.
        more: How many others it bears on.
    """

    question: Question
    bears_on: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LawOnPage:
    """What words a page.

    Args:
        say: The words for facts and events.
        translate: What turns a sentence of the law pages into the language of the page.
        provisions: Of the law in use, by id.
    """

    say: InWords
    translate: Callable[[str], str]
    provisions: Mapping[str, Provision]

    @property
    def is_english(self) -> bool:
        """Whether the page is in the language of the law pages."""
        return (self.say.language or ENGLISH) == ENGLISH

    def title(self, name: str) -> str:
        """The title of a provision; "" if the law in use does not have it."""
        return self.translate(self.provisions[name].title) if name in self.provisions else ""

    def lines(self, reasons: Iterable[Reason]) -> tuple[Line, ...]:
        """Reasons, a line each."""
        return tuple(self._line(reason) for reason in reasons)

    def cause(self, cause: Cause) -> Line:
        """What changes an answer."""
        if self.is_english:
            return Line(said=(Said(text=cause.text),))
        if cause.turn is not Turn.LINE:
            words = {Turn.BEGINS: _("the text comes into force"), Turn.ENDS: _("the text is no longer in force")}
            return Line(said=(Said(text=words.get(cause.turn, _("a day is reached"))),))
        said = (self._named(cause.facts),) if cause.facts else ()
        return Line(said=(*said, Said(text=str(_TURNED[cause.holds]))), english=cause.line)

    def mark(self, mark: Mark) -> Line:
        """A day that matters, without its day."""
        if mark.what is MarkWhat.HAPPENED:
            where = country(mark.value, self.say.language) or mark.value
            named = self.say.name(mark.id)
            return Line(said=(Said(text=f"{named}, {where}" if where else named),))
        if mark.what in {MarkWhat.FIRST_DAY, MarkWhat.LAST_DAY}:
            return Line(said=(Said(text=self.say.name(mark.id)), Said(text=str(_HAPPENS[mark.what]))))
        if mark.what is MarkWhat.AGE:
            years = int(mark.value)
            age = ngettext("%(years)d year old", "%(years)d years old", years) % {"years": years}
            return Line(said=(Said(text=age),))
        if mark.what is MarkWhat.LAST_LAWFUL:
            happens = _("last lawful day of the stay, counted by way %(model)s") % {"model": mark.value}
        else:
            happens = str(_HAPPENS[mark.what])
        act = (Said(text=mark.act, lang="" if self.is_english else "en"),) if mark.act else ()
        return Line(said=(*self._provision(mark.id), Said(text=happens), *act))

    def asked(self, question: Question) -> Asked:
        """A question, with what it bears on."""
        first = question.bears_on[:MOST_TITLES]
        return Asked(question=question, bears_on=first, more=len(question.bears_on) - len(first))

    def stay_rule(self, name: str) -> str:
        """The rule of a provision about stays; "" if it has none."""
        provision = self.provisions.get(name)
        return _rule(provision.stay) if provision is not None and provision.stay is not None else ""

    def _line(self, reason: Reason) -> Line:
        badge = _BADGES.get(reason.role, _IF)[reason.holds]
        taken = tuple((self._of(one.of, never=one.never), one.why) for one in reason.taken)
        if self.is_english:
            return Line(said=(Said(text=reason.text),), badge=badge, taken=taken)
        said = tuple(self._said(reason))
        if not said:
            # It tests no fact: a day, or a list of the page. The line is all there is.
            return Line(said=(Said(text=reason.text, lang="en"),), badge=badge, taken=taken)
        return Line(said=said, badge=badge, english="" if reason.force is not None else reason.text, taken=taken)

    def _said(self, reason: Reason) -> Iterator[Said]:
        if reason.force is not None:
            yield Said(text=_in_force(reason.force))
            return
        if reason.role == "displaced":
            yield Said(text=_("Another provision applies in its place"))
        if reason.role == "exception":
            # It has a name and no title; it may make the answer yes as well as no.
            yield Said(text=_("An exception"))
            yield Said(text=reason.id, lang="en")
        elif reason.id:
            yield from self._provision(reason.id)
        if reason.facts:
            yield self._named(reason.facts)

    def _provision(self, name: str) -> Iterator[Said]:
        yield Said(text=name)
        yield from (with_capital(said) for said in parts_of(self.title(name)))

    def _named(self, facts: Iterable[str]) -> Said:
        """The names of facts and events, each once, the first with a capital letter."""
        return with_capital(Said(text=", ".join(dict.fromkeys(self.say.name(name) for name in owners(facts)))))

    def _of(self, name: str, *, never: bool) -> str:
        named = self.say.name(name)
        return _("%(event)s did not happen") % {"event": named} if never else named


def law_on_page() -> LawOnPage:
    """What words a page, by the law in use and in the language of the request."""
    return LawOnPage(say=words_of_page(), translate=translated(get_language()), provisions=law_in_use().provisions)


def _in_force(days: DayRange) -> str:
    """From when until when a text is in force; one of the two is known."""
    told = {"first": days.earliest, "last": days.latest}
    if days.earliest is None:
        return _("The text is in force until %(last)s") % told
    if days.latest is None:
        return _("The text is in force from %(first)s") % told
    return _("The text is in force from %(first)s until %(last)s") % told


def _rule(stay: Stay) -> str:
    if stay.window_days is None:
        return _("Days allowed from each entry: %(most)d.") % {"most": stay.most_days}
    return _("Days allowed in each %(window)d: %(most)d.") % {"most": stay.most_days, "window": stay.window_days}
