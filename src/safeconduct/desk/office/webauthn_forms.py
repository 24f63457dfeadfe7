"""Forms for security keys. What the browser sends of a key is read by the members' actions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.members.webauthn import LONGEST_ANSWER
from safeconduct.desk.members.webauthn_keys import LONGEST_NAME

_LONGEST_TOKEN = 100


class KeyNameForm(forms.Form):
    """What a member calls a key."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("What you call it, at most 30 signs"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class AnswerForm(forms.Form):
    """What the script of a page sends."""

    token = forms.CharField(max_length=_LONGEST_TOKEN)
    answer = forms.CharField(max_length=LONGEST_ANSWER)


class NamedAnswerForm(AnswerForm, KeyNameForm):
    """The same for a key that is registered."""


class KeyForm(forms.Form):
    """Which key."""

    key = forms.UUIDField()
