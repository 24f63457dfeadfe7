"""Forms for signing in, joining and coming back. Whether what was typed is right, an action says."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.office.sentences import NOT_ALIKE
from safeconduct.values.secret import Secret

_LONGEST_PASSWORD, _LONGEST_NAME, _LONGEST_CODE, _LONGEST_TOKEN, _LONGEST_DOOR = 256, 200, 200, 100, 40


def _secret(label: Any, *, autocomplete: str) -> forms.CharField:  # noqa: ANN401 -- a text of gettext
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=_LONGEST_PASSWORD, strip=False, widget=widget)


def _login(label: Any) -> forms.CharField:  # noqa: ANN401 -- as above
    attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
    return forms.CharField(label=label, max_length=_LONGEST_NAME, widget=forms.TextInput(attrs=attrs))


def _six_digits() -> forms.CharField:
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}
    return forms.CharField(
        label=_("Code of six digits from your telephone"), max_length=20, widget=forms.TextInput(attrs=attrs)
    )


def _printed() -> forms.CharField:
    attrs = {"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"}
    return forms.CharField(
        label=_("Printed recovery code, 42 digits"), max_length=_LONGEST_CODE, widget=forms.TextInput(attrs=attrs)
    )


def _door() -> forms.CharField:
    attrs = {"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"}
    label = _("Door code of 12 digits, only if there are too many tries")
    return forms.CharField(label=label, max_length=_LONGEST_DOOR, required=False, widget=forms.TextInput(attrs=attrs))


def _token() -> forms.CharField:
    return forms.CharField(max_length=_LONGEST_TOKEN, widget=forms.HiddenInput)


class _Plain(forms.Form):
    """A form whose secrets are handed on as such."""

    use_required_attribute = False

    def text(self, name: str) -> str:
        """What was typed."""
        return str(self.cleaned_data[name])

    def secret(self, name: str) -> Secret[str]:
        """What was typed and must not be shown."""
        return Secret(self.text(name))


class _Twice(_Plain):
    """A form in which a new password is typed twice."""

    def clean(self) -> dict[str, Any]:
        """Both must be alike."""
        told = super().clean() or {}
        if told.get("new") != told.get("again"):
            self.add_error("again", str(NOT_ALIKE))
        return told


class SignInForm(_Plain):
    """The first step of signing in."""

    login = _login(_("Name you sign in with"))
    password = _secret(_("Password"), autocomplete="current-password")
    door = _door()


class CodeForm(_Plain):
    """The second step."""

    token = _token()
    code = _six_digits()


class JoinForm(_Twice):
    """What somebody chooses who joins."""

    login = _login(_("Name you want to sign in with"))
    new = _secret(_("Password, at least 12 signs"), autocomplete="new-password")
    again = _secret(_("The same password again"), autocomplete="new-password")


class RecoverForm(_Twice):
    """A lost password, with the printed code."""

    login = _login(_("Name you sign in with"))
    printed = _printed()
    code = _six_digits()
    new = _secret(_("New password, at least 12 signs"), autocomplete="new-password")
    again = _secret(_("The same password again"), autocomplete="new-password")


class AskForm(_Plain):
    """Whose key the custodians are asked for."""

    login = _login(_("Name you sign in with"))


class FinishForm(_Twice):
    """A new password for a key that two custodians restored."""

    token = forms.CharField(
        label=_("What this page gave you when you asked"),
        max_length=_LONGEST_TOKEN,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    new = _secret(_("New password, at least 12 signs"), autocomplete="new-password")
    again = _secret(_("The same password again"), autocomplete="new-password")


class PasswordForm(_Plain):
    """The password again, before something that cannot be undone."""

    password = _secret(_("Password"), autocomplete="current-password")
    back = forms.CharField(max_length=300, widget=forms.HiddenInput)
    asked = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)


class ChangeForm(_Twice):
    """A new password in the place of the one that is known."""

    old = _secret(_("Password until now"), autocomplete="current-password")
    new = _secret(_("New password, at least 12 signs"), autocomplete="new-password")
    again = _secret(_("The same password again"), autocomplete="new-password")


class DrillForm(_Plain):
    """The printed code, while it is not needed."""

    printed = _printed()
