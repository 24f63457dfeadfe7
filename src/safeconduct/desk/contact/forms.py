"""The forms of the contact site. They say what a field is; whether it may be taken is decided by the actions."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.cases.actions.open_channels import ChannelTold
from safeconduct.desk.cases.keeping import Upload
from safeconduct.desk.cases.values import ForWhom
from safeconduct.desk.project.configuration import Configuration

if TYPE_CHECKING:
    from django.http import QueryDict

FOR_WHOM = (
    (ForWhom.SELF.value, _("For myself")),
    (ForWhom.OTHER.value, _("For somebody else")),
    (ForWhom.MANY.value, _("For several people, up to 100")),
)
UNSEEN = {"autocomplete": "off", "tabindex": "-1"}
_MIB = 1024 * 1024
_FILES_HINT = _(
    "Files at a time, at most: %(most)d. Size of each, at most: %(size)d MB. Photos can hold the place and hour."
)
_WRITING_HINT = _("What happened? In which country are you? What do you need? Write as you can, in any language.")
TRIAL_HINT = _("Type the code from your paper. Then you know that you copied it well.")


class SeveralFiles(forms.FileInput):
    """A field for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, or none."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:  # noqa: ANN401, ARG002 -- Django's form
        """What was sent; the actions look at number and size."""
        return list(data or ())


class WritingForm(forms.Form):
    """A text, files, or both.

    Args:
        configuration: What the desk is set up with: it says how much may be sent.
    """

    text = forms.CharField(
        label=_("Your message"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off", "spellcheck": "false"}),
    )
    enclosed = FilesField(label=_("Files, if you want to send any"), required=False, help_text=_FILES_HINT)
    # What people do not see, and what programs fill in.
    website = forms.CharField(label=_("Leave this field empty"), required=False, widget=forms.TextInput(attrs=UNSEEN))
    token = forms.CharField(required=False, widget=forms.HiddenInput)
    # The last field of the page: where it is missing, the end did not arrive.
    whole = forms.CharField(required=False, widget=forms.HiddenInput, initial="1")

    use_required_attribute = False

    def __init__(self, *args: Any, configuration: Configuration, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's form
        super().__init__(*args, **kwargs)
        limits = {"most": configuration.most_files, "size": configuration.longest_file // _MIB}
        self.fields["enclosed"].help_text = str(_FILES_HINT) % limits

    def refill(self, **values: str) -> None:
        """Show other values than were sent: a fresh token, an emptied field.

        Args:
            values: What to show, by field.
        """
        self.data = {**cast("QueryDict", self.data).dict(), **values}

    def said(self) -> str:
        """The text, with the line ends that everybody else writes."""
        return str(self.cleaned_data.get("text", "")).replace("\r\n", "\n")

    def sent_files(self) -> Sequence[Upload]:
        """The files."""
        return cast("Sequence[Upload]", self.cleaned_data.get("enclosed", ()))


class FirstForm(WritingForm):
    """The first message.

    Args:
        channels: The ways in that are open.
    """

    field_order = ("channel", "for_whom", "text", "enclosed", "website", "token", "whole")
    channel = forms.UUIDField(label=_("To whom do you write?"), widget=forms.RadioSelect)
    for_whom = forms.ChoiceField(
        label=_("For whom do you write?"),
        choices=FOR_WHOM,
        widget=forms.RadioSelect,
        initial=ForWhom.SELF.value,
        help_text=_("If you write for others, give each a made-up name, such as A, B, C. Tell us whether they know."),
    )

    def __init__(self, *args: Any, channels: Sequence[ChannelTold], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's form
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = _WRITING_HINT
        field = self.fields["channel"]
        field.initial = channels[0].id if channels else None
        if len(channels) == 1:
            field.widget = forms.HiddenInput()
        else:
            cast("forms.RadioSelect", field.widget).choices = [(channel.id, channel.name) for channel in channels]


class CodeForm(forms.Form):
    """A code. Lines and spaces in it do not matter."""

    use_required_attribute = False
    code = forms.CharField(
        label=_("Your code"),
        required=False,
        help_text=_("26 digits or nine words. Spaces and lines do not matter, and you may paste it."),
        widget=forms.Textarea(
            attrs={
                "rows": 3,
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
                "class": "code-in",
            }
        ),
    )
    # What was written when the visit ended: it goes along and is not lost.
    draft = forms.CharField(
        label=_("Your text, not sent yet"),
        required=False,
        help_text=_("It is not stored anywhere yet. It comes along when you type the code."),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )

    def hide_code(self) -> None:
        """Show an empty field: what was typed may be most of a code, and is not sent back."""
        self.data = {**cast("QueryDict", self.data).dict(), "code": ""}
