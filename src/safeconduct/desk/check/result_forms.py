"""The form that sends what was told as a first message: the text as it stands, to whom, and that the person agrees."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.contact.forms import FirstForm


class ContinueForm(FirstForm):
    """What was told, as it will be sent."""

    field_order = ("channel", "text", "agreed", "enclosed", "website", "token", "whole")
    agreed = forms.BooleanField(
        label=_("I agree that this text is sent and kept, so that helpers can read it."),
        error_messages={"required": _("Nothing was sent. Say first that you agree.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's form
        super().__init__(*args, **kwargs)
        # The answers are of the one who gave them.
        del self.fields["for_whom"]
        text = self.fields["text"]
        text.widget.attrs["rows"] = 16
        text.label = _("Exactly this will be sent")
        text.help_text = _("Change it or take out what you want. Leave out names and addresses.")
