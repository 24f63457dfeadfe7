"""Words for what an action refuses: what happened, and what to do next."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from safeconduct.desk.refusals import Reason

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise
else:
    Words = object  # a text that is translated when it is shown

WRITING: dict[Reason, Words] = {
    Reason.NOTHING_SAID: _("Nothing is written yet. Write a few words, then send again."),
    Reason.TOO_LONG: _("The text is too long. Shorten it, or send the rest as a second message."),
    Reason.TOO_MANY: _("These are too many files. Choose fewer now and send the others later."),
    Reason.TOO_FAST: _("That was very fast. Wait a few seconds, then send again."),
    Reason.FORM_EXPIRED: _("This page is too old, or was sent before. Look at your text, then send it again."),
    Reason.NO_CHANNEL: _("Nobody can receive this at the moment. Keep your text and try again tomorrow."),
    Reason.NO_HOLDER: _("Nobody here can open this conversation any more. It was not sent."),
    Reason.CLOSED: _("This conversation is closed. To write again, start a new one."),
}
FILE_TOO_LONG = _("A file is too large. Choose a smaller one. Your text is still here.")
CUT_OFF = _("Not everything arrived. The files may be too large. Choose smaller ones and send again.")
HONEYPOT = _("One field must stay empty, and something was in it. We emptied it. Send again.")
NOT_STORED = _("We could not store this. Nothing was kept. Your text is still here: send it again in a minute.")
FILES_AGAIN = _("Please choose your files again: a page cannot keep them.")

RETURNING: dict[Reason, Words] = {
    Reason.WRONG: _("This code opens nothing here. Compare every sign with what you kept, and type it again."),
    Reason.NOT_SIGNED_IN: _("Nothing is open here now. Type your code to open your conversation."),
    Reason.RENEWED: _("The keys of your conversation were renewed. Please type your code again."),
    Reason.ENDED: _("This conversation was ended and erased. You can start a new one."),
}
