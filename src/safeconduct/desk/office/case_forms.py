"""Forms of a case and of the members. Choices are given by the view that knows them."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.cases.actions.close import Outcome
from safeconduct.desk.cases.values import Consent, Opinion
from safeconduct.desk.members.roles import Role
from safeconduct.desk.office.sentences import WORDS
from safeconduct.packs.translating import parts_of
from safeconduct.values.days import FIRST_DAY, LAST_DAY

# The first and the last day that the engine knows, with a day on either side.
_FIRST, _LAST = date.fromordinal(FIRST_DAY + 1), date.fromordinal(LAST_DAY - 1)
_LONGEST_LINE, _LONGEST_REASON = 200, 20_000
Choices = Iterable[tuple[UUID, str]]


def _day(label: Any) -> forms.DateField:  # noqa: ANN401 -- a text of gettext
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    bounds = (MinValueValidator(_FIRST), MaxValueValidator(_LAST))
    return forms.DateField(label=label, input_formats=["%Y-%m-%d"], widget=widget, validators=bounds)


def _line(label: Any, *, required: bool = True) -> forms.CharField:  # noqa: ANN401 -- as above
    attrs = {"autocomplete": "off"}
    return forms.CharField(
        label=label, max_length=_LONGEST_LINE, required=required, widget=forms.TextInput(attrs=attrs)
    )


def _reason(label: Any) -> forms.CharField:  # noqa: ANN401 -- as above
    return forms.CharField(label=label, max_length=_LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 4}))


def _words(values: Iterable[Any]) -> list[tuple[str, Any]]:
    return [(value.value, WORDS[value]) for value in values]


class _Short(forms.Form):
    """A short form; its fields have ids of their own, because a page holds several of them."""

    use_required_attribute = False

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 -- Django's form
        *,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, auto_id=f"{type(self).__name__.lower()}-%s")


class LabelForm(_Short):
    """What members call a case."""

    label = _line(_("Label, never a name of a person"), required=False)


class DueForm(_Short):
    """A day on which something is due."""

    on = _day(_("Day"))
    text = _line(_("What is due"))


class PersonForm(_Short):
    """A person of a case."""

    pseudonym = _line(_("Pseudonym, never their name"))
    consent = forms.ChoiceField(
        label=_("Does this person agree that something about them leaves the case?"),
        choices=_words((Consent.NOT_KNOWN, Consent.KNOWN, Consent.REFUSED)),
    )


class ConsentForm(_Short):
    """Consent of a person."""

    consent = forms.ChoiceField(label=_("Consent"), choices=_words((Consent.NOT_KNOWN, Consent.KNOWN, Consent.REFUSED)))


class MemberForm(_Short):
    """A member to whom something is given."""

    member = forms.TypedChoiceField(label=_("Member"), coerce=UUID)

    def __init__(self, members: Choices, data: Any = None) -> None:  # noqa: ANN401 -- Django's form
        super().__init__(data)
        self.fields["member"].choices = [(str(pk), name) for pk, name in members]  # type: ignore[attr-defined]  # of choices


class AssignForm(MemberForm):
    """A colleague to whom a case is given although somebody in it refused, and why."""

    reason = _line(_("Why, for the trail of the case"), required=False)


class ReferForm(MemberForm):
    """A member to whom a case is referred, and why."""

    reason = _reason(_("Why, for the notes"))


class CloseForm(_Short):
    """How a case ended."""

    outcome = forms.ChoiceField(label=_("How did it end?"), choices=_words(Outcome), widget=forms.RadioSelect)


class DayForm(_Short):
    """The day asked."""

    on = _day(_("Day asked"))


class CarriedForm(_Short):
    """What a person brought here, as it was scanned or copied."""

    block = forms.CharField(
        label=_("Parts that begin with SC1"),
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
    )


class DaysForm(_Short):
    """The days between which a timeline is drawn."""

    first = _day(_("First day"))
    last = _day(_("Last day"))


class _Titles(forms.Select):
    """Titles of law to choose among, each marked where it is English."""

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **told: Any) -> dict[str, Any]:  # noqa: ANN401 -- Django's widget
        """A title, with its language."""
        option = super().create_option(name, value, label, *args, **told)
        if any(said.lang for said in parts_of(label)):
            option["attrs"]["lang"] = "en"
        return option


class JudgeForm(_Short):
    """A lawyer's view of a finding."""

    finding = forms.ChoiceField(label=_("Finding"), widget=_Titles)
    opinion = forms.ChoiceField(label=_("Your view"), choices=_words(Opinion))
    reason = _reason(_("Reason"))

    def __init__(self, findings: Iterable[tuple[str, str]], data: Any = None) -> None:  # noqa: ANN401 -- Django's form
        super().__init__(data)
        self.fields["finding"].choices = list(findings)  # type: ignore[attr-defined]  # a field of choices


class InviteForm(_Short):
    """Somebody who is invited."""

    name = _line(_("What colleagues call them"))
    roles = forms.MultipleChoiceField(label=_("Roles"), choices=_words(Role), widget=forms.CheckboxSelectMultiple)


class CustodiansForm(_Short):
    """Three custodians."""

    one = forms.TypedChoiceField(label=_("First custodian"), coerce=UUID)
    two = forms.TypedChoiceField(label=_("Second custodian"), coerce=UUID)
    three = forms.TypedChoiceField(label=_("Third custodian"), coerce=UUID)

    def __init__(self, members: Choices, data: Any = None) -> None:  # noqa: ANN401 -- Django's form
        super().__init__(data)
        choices = [(str(pk), name) for pk, name in members]
        for field in self.fields.values():
            field.choices = choices  # type: ignore[attr-defined]  # a field of choices


class ChannelForm(_Short):
    """A way in."""

    name = _line(_("What contacts read"))
    days = forms.IntegerField(label=_("Days between closing and shredding"), min_value=1, max_value=3650, initial=90)


class ChannelMembersForm(_Short):
    """Who gets the new cases of a way in."""

    members = forms.TypedMultipleChoiceField(
        label=_("Members who get new cases"), coerce=UUID, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        members: Choices,
        data: Any = None,  # noqa: ANN401 -- Django's form
        *,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["members"].choices = [(str(pk), name) for pk, name in members]  # type: ignore[attr-defined]  # of choices
