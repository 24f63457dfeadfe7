"""The page that shows a code: after the commit, once, in digits and in words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from safeconduct.desk.contact.forms import TRIAL_HINT, CodeForm
from safeconduct.vault.codename import Codename
from safeconduct.vault.wording import Language

# Languages without a list of words of their own are served by the digits.
_WORDS = {"en": Language.ENGLISH, "ru": Language.RUSSIAN}


def code_page(request: HttpRequest, codename: Codename, *, token: str, form: CodeForm | None = None) -> HttpResponse:
    """The code, how to keep it, and a field to try what was written down.

    Args:
        request: What was asked.
        codename: The code.
        token: The token of the form that brought it: a slip in the trial shows this page again.
        form: The trial that failed.
    """
    language = _WORDS.get(get_language() or "en")
    trial = form or CodeForm()
    trial.fields["code"].help_text = TRIAL_HINT
    page = {
        "digits": codename.digits().reveal().split(),
        "words": codename.words(language).reveal().split() if language else (),
        "token": token,
        "form": trial,
    }
    return render(request, "contact/code.html", page, status=422 if form else 200)
