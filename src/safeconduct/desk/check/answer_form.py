"""The form of one question. It takes what was sent apart into a reply, or says at which field what is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from safeconduct.desk.check import sentences
from safeconduct.desk.check.asks import Ask, Look, Sheet
from safeconduct.desk.check.choices import Labelled, ask_label, countries, field_label, months, replies, words_of
from safeconduct.desk.check.moments import Moment, MomentError, between, in_words
from safeconduct.desk.check.places import country_code, country_codes
from safeconduct.desk.check.sentences import Words
from safeconduct.rules.replying import Silence

ANSWER, ASKED = "answer", "asked"
_LONGEST, _LONGEST_LIST = 60, 300
_PLAIN = {"autocomplete": "off", "spellcheck": "false"}
_DIGITS = {**_PLAIN, "inputmode": "numeric"}


class _Radio(forms.ChoiceField):
    widget = forms.RadioSelect


class _Boxes(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What is shown together.

    Args:
        ask: What is filled in.
        label: Its heading.
        fields: Its fields.
        folded: Fields that few need: the last day, of something that was between two.
    """

    ask: Ask
    label: Words
    fields: tuple[BoundField, ...]
    folded: tuple[BoundField, ...]

    @property
    def is_open(self) -> bool:
        """Whether something stands in the fields that are folded."""
        return any(field.value() for field in self.folded)


class AnswerForm(forms.Form):
    """The form of one question.

    Args:
        sheet: What it is answered with.
        name: The name of the question: a form of a page that shows another question by now is not taken.
        language: The reader's.
    """

    use_required_attribute = False
    asked = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, sheet: Sheet, name: str, language: str, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's form
        kwargs["initial"] = {ASKED: name, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        self._groups: list[tuple[Ask, Words, list[str]]] = []
        for ask in sheet.asks:
            fields = dict(_fields(ask, language))
            self.fields.update(fields)
            self._groups.append((ask, _label(ask, language), list(fields)))
        self.fields[ANSWER] = _Radio(
            label=sentences.ANSWER,
            choices=replies(sheet, language),
            required=False,
            error_messages={"invalid_choice": sentences.NOT_OFFERED},
        )

    @property
    def groups(self) -> tuple[Group, ...]:
        """What is filled in, in order."""
        return tuple(self._group(ask, label, names) for ask, label, names in self._groups)

    def _group(self, ask: Ask, label: Words, names: list[str]) -> Group:
        folded = [name for name in names if "-last-" in name]
        return Group(
            ask=ask,
            label=label,
            fields=tuple(self[name] for name in names if name not in folded),
            folded=tuple(self[name] for name in folded),
        )

    # --- what was sent ---------------------------------------------------------------------------------------------

    def told(self) -> Mapping[str, Any] | None:
        """What was filled in, by the name of the ask; None if it could not be read. Errors stand at their fields."""
        found: dict[str, Any] = {}
        for ask in self.sheet.asks:
            name = f"{ask.name}-age" if ask.look is Look.AGE else ask.name
            told = self._told(ask)
            if told:
                found[name] = told
        return None if self.errors else found

    def answer(self) -> str:
        """The reply that was chosen; "" if none was."""
        return str(self.cleaned_data.get(ANSWER, ""))

    def _told(self, ask: Ask) -> Any:  # noqa: ANN401, PLR0911 -- text or several; one way out for each look
        match ask.look:
            case Look.BOXES:
                return tuple(self.cleaned_data.get(ask.name, ()))
            case Look.COUNTRIES:
                return self._countries(ask)
            case Look.COUNTRY:
                return self._country(ask)
            case Look.DAY:
                return self._day(ask)
            case Look.AGE:
                return self._age(ask)
            case Look.NUMBER | Look.LENGTH:
                return self._number(ask.name)
            case _:
                return self._text(ask.name)

    def _text(self, name: str) -> str:
        return " ".join(str(self.cleaned_data.get(name, "")).split())

    def _number(self, name: str) -> str:
        told = self._text(name)
        if told and not (told.isascii() and told.isdecimal()):
            self.add_error(name, sentences.NOT_A_NUMBER)
        return told

    def _age(self, ask: Ask) -> str:
        name = f"{ask.name}-age"
        told = self._number(name)
        return f"about {told}" if told and self.cleaned_data.get(f"{ask.name}-about") else told

    def _day(self, ask: Ask) -> str:
        first, last = self._moment(ask.name), self._moment(f"{ask.name}-last")
        if first.is_empty and last.is_empty:
            return ""
        try:
            return in_words(first) if last.is_empty else between(first, last)
        except MomentError as error:
            self.add_error(f"{ask.name}-year", sentences.FAULTS[error.fault])
            return ""

    def _moment(self, name: str) -> Moment:
        year, month, day = (self._text(f"{name}-{part}") for part in ("year", "month", "day"))
        return Moment(year=year, month=month, day=day, about=bool(self.cleaned_data.get(f"{name}-about")))

    def _country(self, ask: Ask) -> str:
        written, chosen = self._text(f"{ask.name}-other"), self._text(ask.name)
        code = country_code(written) if written else chosen
        if code is None:
            self.add_error(f"{ask.name}-other", sentences.NO_COUNTRY)
        elif chosen not in {"", code}:
            self.add_error(f"{ask.name}-other", sentences.BOTH)
        return code or ""

    def _countries(self, ask: Ask) -> tuple[str, ...]:
        codes = country_codes(self._text(f"{ask.name}-other"))
        if codes is None:
            self.add_error(f"{ask.name}-other", sentences.NO_COUNTRY)
            return ()
        return tuple(dict.fromkeys((*self.cleaned_data.get(ask.name, ()), *codes)))


def _fields(ask: Ask, language: str) -> Iterator[tuple[str, forms.Field]]:
    """The fields of one ask, by their names."""
    match ask.look:
        case Look.BOXES:
            yield ask.name, _boxes(ask, language)
        case Look.COUNTRIES:
            yield ask.name, _boxes(ask, language)
            yield f"{ask.name}-other", _line(sentences.OTHER_COUNTRIES, longest=_LONGEST_LIST)
        case Look.COUNTRY:
            yield ask.name, _list(sentences.FROM_LIST, [("", sentences.CHOOSE), *countries(language)])
            yield f"{ask.name}-other", _line(sentences.OTHER_COUNTRY)
        case Look.CHOICE:
            yield ask.name, _list(_label(ask, language), [("", sentences.CHOOSE), *words_of(ask, language)])
        case Look.DAY:
            yield from _day(ask, language)
        case Look.AGE:
            yield f"{ask.name}-age", _line(sentences.FULL_YEARS, attrs=_DIGITS)
            yield f"{ask.name}-about", forms.BooleanField(label=sentences.ABOUT_AGE, required=False)
        case Look.NUMBER | Look.LENGTH:
            yield ask.name, _line(_label(ask, language), attrs=_DIGITS)
        case _:
            yield ask.name, _line(_label(ask, language))


def _day(ask: Ask, language: str) -> Iterator[tuple[str, forms.Field]]:
    in_record = bool(ask.field)
    yield f"{ask.name}-year", _line(sentences.YEAR, attrs=_DIGITS)
    label = sentences.ONLY_MONTH if in_record else sentences.MONTH
    yield f"{ask.name}-month", _list(label, months(language, with_seasons=not in_record))
    yield f"{ask.name}-day", _line(sentences.DAY, attrs=_DIGITS)
    if not in_record:
        yield f"{ask.name}-about", forms.BooleanField(label=sentences.ABOUT, required=False)
        yield f"{ask.name}-last-year", _line(sentences.LAST_YEAR, attrs=_DIGITS)
        yield f"{ask.name}-last-month", _list(sentences.LAST_MONTH, months(language, with_seasons=False))
        yield f"{ask.name}-last-day", _line(sentences.LAST_DAY, attrs=_DIGITS)


def _boxes(ask: Ask, language: str) -> _Boxes:
    offered = countries(language) if ask.look is Look.COUNTRIES else words_of(ask, language)
    return _Boxes(
        label=_label(ask, language),
        choices=offered,
        required=False,
        error_messages={"invalid_choice": sentences.NOT_OFFERED, "invalid_list": sentences.NOT_OFFERED},
    )


def _list(label: Words, choices: list[Labelled]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=str(label), choices=choices, required=False, error_messages={"invalid_choice": sentences.NOT_OFFERED}
    )


def _line(label: Words, *, longest: int = _LONGEST, attrs: dict[str, str] = _PLAIN) -> forms.CharField:
    return forms.CharField(
        label=str(label),
        required=False,
        max_length=longest,
        widget=forms.TextInput(attrs=attrs),
        error_messages={"max_length": sentences.TOO_LONG, "null_characters_not_allowed": sentences.NOT_OFFERED},
    )


def _label(ask: Ask, language: str) -> Words:
    return field_label(ask, language) if ask.field else ask_label(ask)


def silence_of(answer: str) -> Silence | None:
    """The silence that was chosen; None if something else was."""
    return next((one for one in Silence if one.value == answer), None)
