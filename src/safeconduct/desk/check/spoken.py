"""Days, ages and ranges of a situation file in the reader's words; digits and days come from the values themselves."""

import re
from datetime import date

from babel.dates import format_date
from django.utils.translation import gettext as _

_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_AGE = re.compile(r"(\d+)(?:\.\.(\d+))? on (\d{4}-\d{2}-\d{2})")
_RANGE = re.compile(r"([\d-]*)\.\.([\d-]*)")

_YEAR = {"ru": ("\u202fг.", " года"), "uk": ("\u202fр.", " року")}


def said(text: str, language: str) -> str:
    """A day, a number, an age or a range of them.

    Args:
        text: As a situation file writes it: "2022-09", "2022-09-01..2022-11-30", "28..32 on 2026-11-22".
        language: Two letters.
    Returns:
        The text itself where it is none of these.
    """
    age = _AGE.fullmatch(text)
    if age is not None:
        values = {"first": age[1], "last": age[2], "day": one_day(age[3], language)}
        if age[2] is None:
            return _("%(first)s years old on %(day)s") % values
        return _("%(first)s to %(last)s years old on %(day)s") % values
    ends = _RANGE.fullmatch(text)
    if ends is None:
        return one_day(text, language)
    first, last = (one_day(end, language) for end in ends.groups())
    if first and last:
        return _("from %(first)s to %(last)s") % {"first": first, "last": last}
    return _("%(day)s or later") % {"day": first} if first else _("%(day)s or earlier") % {"day": last}


def one_day(text: str, language: str) -> str:
    """A day, a month or a year; the text itself if it is none."""
    found = _DAY.fullmatch(text)
    if found is None or found[2] is None:
        return text
    day = date(int(found[1]), int(found[2]), int(found[3] or 1))
    locale = "en_GB" if language == "en" else language
    said = format_date(day, format="long" if found[3] else "LLLL y", locale=locale)
    # The short word for the year ends with a stop, and would stand before that of the sentence.
    short, whole = _YEAR.get(language, ("", ""))
    return f"{said.removesuffix(short)}{whole}" if short and said.endswith(short) else said
