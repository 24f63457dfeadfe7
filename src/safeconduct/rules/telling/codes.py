"""Codes of countries, regions and articles, where the vocabulary allows any: a mistyped one would miss a rule."""

import re

from safeconduct.rules.telling.faults import Code, fault, nearest
from safeconduct.values.errors import Place

# ISO 3166-1 alpha-2, and XK (Kosovo, by common use).
_COUNTRIES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY "
    "BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK "
    "FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR "
    "IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
    "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF "
    "TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW "
)
COUNTRIES = frozenset(re.findall("[A-Z]{2}", _COUNTRIES))
AREA = "EU"
"""The Schengen area, told as one for the crossings of its outer border; ISO 3166 reserves the code for the Union."""
INVENTED = "XX"
"""The invented country of the engine's own tests; ISO 3166 leaves codes that begin with X to their users."""

_OF_COUNTRIES = frozenset({"country", "citizenships", "from", "to"})
_REGION = re.compile(r"([A-Z]{2})-[A-Z0-9]{1,3}")
_ARTICLE = re.compile(r"[0-9]+(?:[.-][0-9]+)*")
_ANY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


def read_code(text: str, name: str, place: Place) -> str:
    """A code, as it is written.

    Args:
        text: The code.
        name: The fact or field that holds it: `country`, `citizenships`, `region`, `article` have forms of their own.
        place: Where it stands.
    Raises:
        SituationError: It has not the form of such a code, or there is no such country.
    """
    if name in _OF_COUNTRIES:
        good = _is_country(text) or (name == "country" and text == AREA)
        expected = "the two capital letters of a country, such as RU or KZ"
        close = nearest(text, COUNTRIES)
    elif name == "region":
        match = _REGION.fullmatch(text)
        good, expected = match is not None and _is_country(match[1]), "the code of a region, such as RU-SA"
        close = ""
    elif name == "article":
        good, expected, close = _ARTICLE.fullmatch(text) is not None, "the number of an article, such as 338.3", ""
    else:
        good, expected, close = _ANY.fullmatch(text) is not None, "a code of letters, digits, dots and hyphens", ""
    if good:
        return text
    raise fault(Code.NOT_A_CODE, place, "no known code stands here", f"write {expected}", offending=text, nearest=close)


def _is_country(text: str) -> bool:
    return text in COUNTRIES or text == INVENTED
