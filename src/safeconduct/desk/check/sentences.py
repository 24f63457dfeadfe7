"""What the pages of the check say that stands in no template."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from safeconduct.desk.check.asks import Look
from safeconduct.desk.check.moments import MomentFault

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise
else:
    Words = object  # a text that is translated when it is shown

TOLD = "told"
"""The choice that what was filled in is the reply."""

ANSWER = _("Your reply")
FILLED, TICKED = _("What I wrote above"), _("What I ticked above")
NONE_OF_THESE, NONE_HERE = _("None of these"), _("None")
NONE_APPLIES, NOT_SURE = _("Yes, none applies"), _("No, or I am not sure of each")
YES, NO = _("Yes"), _("No")
DONT_KNOW, RATHER_NOT = _("I don’t know"), _("I would rather not say")
CHOOSE = _("Choose")

COUNTRIES = _("Which countries is it about?")
ONLY_THESE = _(
    "Name the country where you are, and others where you think of asking for protection. "
    "Beside Russian law we look at theirs only."
)
EVENTS = _("Did any of these happen to you?")
FACTS = _("Does any of these apply to you?")
AGAIN = _("Did any of these happen to you more than once?")
FIELDS = _("What of this is so?")
ANOTHER_TIME = _("Did this happen another time, beside what you told?")
WHEN = _("When was it?")

LABELS: dict[Look, Words] = {
    Look.BOXES: _("Tick all that are so"),
    Look.COUNTRIES: _("Tick all that are so"),
    Look.COUNTRY: _("Which country?"),
    Look.DAY: _("When? The year alone helps."),
    Look.AGE: _("Or: how old are you now?"),
    Look.NUMBER: _("A number"),
    Look.LENGTH: _("How many days?"),
    Look.TEXT: _("In a few letters or digits"),
}
FULL_YEARS, FROM_LIST = _("Full years"), _("From the list")
OTHER_COUNTRY = _("Another country: write its name")
OTHER_COUNTRIES = _("Other countries: write their names, with commas between")
YEAR, MONTH, DAY = _("Year"), _("Month or season"), _("Day")
ONLY_MONTH = _("Month")
ABOUT = _("Only about then")
ABOUT_AGE = _("Only about that old")
LAST_YEAR, LAST_MONTH, LAST_DAY = _("Last: year"), _("Last: month"), _("Last: day")
NOT_KNOWN = _("Not known")
BEGINS, ENDS = _("From when?"), _("Until when?")
SEASONS: dict[str, Words] = {
    "spring": _("Spring"), "summer": _("Summer"), "autumn": _("Autumn"), "winter": _("Winter"),
}  # fmt: skip

NOTHING = _("Choose a reply. “I don’t know” is one too.")
BOTH = _("You wrote something and chose another reply. Choose one of them.")
NONE_AND_SOME = _("You ticked something and chose “None of these”. Choose one of them.")
NO_BUT_WHEN = _("You chose “No” and wrote when or where. Choose “Yes”, or take that away.")
NOT_OFFERED = _("That reply is not offered here. Choose one from the list.")
TOO_LONG = _("That is too long. Write it shorter.")
NOT_A_NUMBER = _("Write a number in digits, such as 30.")
NOT_AN_AGE = _("Write the age in full years, such as 30.")
NO_COUNTRY = _("We do not know this country. Write its name, or two letters such as KZ.")
DOES_NOT_FIT = _("This does not fit with what you told before. Change it, or choose “I don’t know”.")
FAULTS: dict[MomentFault, Words] = {
    MomentFault.NO_YEAR: _("Write the year too, or choose “I don’t know”."),
    MomentFault.NOT_A_YEAR: _("Write the year with four digits, such as 2022."),
    MomentFault.NO_MONTH: _("Choose the month of that day, or leave the day empty."),
    MomentFault.NO_SUCH_DAY: _("There is no such day. Look at day, month and year."),
    MomentFault.VAGUE_END: _("Between two days, write each as a year, a month or a day."),
    MomentFault.REVERSED: _("The last day stands before the first. Look at both."),
}
