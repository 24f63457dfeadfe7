"""Words of the law that a page explains where it first uses them: which they are, how they are found, what they mean.

A word is found by its stem, because Russian, Ukrainian and Kazakh bend it. What it means is said in a fold after the
passage that uses it first; a page says it once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise
else:
    Words = object  # a text that is translated when it is shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of the glossary.

    Args:
        word: As the glossary has it.
        means: What it means, in one or two short sentences.
        stems: By language, the pattern of its forms; a language that is left out has no text with it.
    """

    word: Words
    means: Words
    stems: Mapping[str, str]

    def is_in(self, text: str, language: str) -> bool:
        """Whether a text uses the word in some form."""
        stem = self.stems.get(language)
        return stem is not None and re.search(rf"\b(?:{stem})", text, flags=re.IGNORECASE) is not None


def _term(word: Words, means: Words, **stems: str) -> Term:
    return Term(word=word, means=means, stems=stems)


TERMS = (
    _term(
        _("summons"),
        _("A notice that tells somebody to come to the recruitment office. It is on paper or electronic."),
        en=r"summons", ru=r"повест[ко]", uk=r"повіст[ко]", kk=r"шақыру қағаз",
    ),
    _term(
        _("recruitment office"),
        _("The office of the army where men are registered, and where they have to come when called."),
        en=r"recruitment office", ru=r"военкомат", uk=r"військкомат", kk=r"әскери комиссариат",
    ),
    _term(
        _("conscription, call-up"),
        _("The call to the service that young men have to do in peace too. Mobilisation is another thing."),
        en=r"conscript|call-up", ru=r"призыв", uk=r"призов|призив", kk=r"әскерге шақыр",
    ),
    _term(
        _("reserve"),
        _("All who can be called up by mobilisation, by rank and age."),
        en=r"reserve\b", ru=r"запас(?:а|у|е|ом)?\b", uk=r"запас(?:у|і|ом)?\b", kk=r"запас",
    ),
    _term(
        _("mobilisation"),
        _("The call of people from the reserve to the army. A decree begins it and ends it."),
        en=r"mobilis", ru=r"мобилиз", uk=r"мобіліз", kk=r"жұмылдыр",
    ),
    _term(
        _("exemption"),
        _("By the law on conscription this person is not called up."),
        en=r"exempt", ru=r"освобождени\w* (?:от призыва|или отсрочк)", uk=r"звільнення від призову",
        kk=r"шақырудан босат",
    ),
    _term(
        _("deferment"),
        _("For some time this person is not called up."),
        en=r"defer", ru=r"отсрочк", uk=r"відстрочк", kk=r"кейінге қалдыр",
    ),
    _term(
        _("draft board"),
        _("The people who decide whether somebody is called up."),
        en=r"draft board", ru=r"призывн\w+ комисси", uk=r"призовн\w+ комісі", kk=r"шақыру комиссия",
    ),
    _term(
        _("alternative civilian service"),
        _("Work that somebody does in place of military service, because of conscience or religion."),
        en=r"alternative (?:civilian )?service", ru=r"альтернативн\w+ гражданск", uk=r"альтернативн\w+ цивільн",
        kk=r"баламалы азаматтық",
    ),
    _term(
        _("absence without leave"),
        _("Being away from the army for some time without permission."),
        en=r"(?<!in )absence", ru=r"самовольн|(?<!в )отсутстви", uk=r"самовільн", kk=r"бөлімді (?:өз бетінше )?тастап",
    ),
    _term(
        _("desertion"),
        _("Leaving the army, or not coming to it, in order not to serve any more at all."),
        en=r"desert", ru=r"дезертир", uk=r"дезертир", kk=r"қашқын",
    ),
    _term(
        _("limitation period"),
        _("The time after which nobody is charged. It can stand still, for example while a person hides."),
        en=r"limitation", ru=r"срок\w* давности", uk=r"давн[іо]ст", kk=r"ескіру мерзім",
    ),
    _term(
        _("wanted"),
        _("The police look for this person. Several states can share one list."),
        en=r"wanted\b(?! to)", ru=r"розыск|разыскива", uk=r"розшук", kk=r"іздеуде|іздеу тізім",
    ),
    _term(
        _("extradition"),
        _("One state hands a person over to another, for a criminal case there."),
        en=r"extradit", ru=r"экстрадици|выда(?:ть|ч)", uk=r"екстрадиці", kk=r"экстрадици",
    ),
    _term(
        _("expulsion"),
        _("An order to leave the country. For some time the person may not come back."),
        en=r"expel|expulsion", ru=r"выдвор", uk=r"видвор", kk=r"шығарып жібер",
    ),
    _term(
        _("checkpoint"),
        _("A place where a border may be crossed, and where papers are looked at."),
        en=r"checkpoint", ru=r"пункт\w* пропуска", uk=r"пункт\w* пропуску", kk=r"өткізу пункт",
    ),
    _term(
        _("certificate of asylum seeker"),
        _("A paper for somebody who asked for protection and waits for the decision."),
        en=r"certificate of (?:an )?asylum seeker", ru=r"свидетельств\w* лица", uk=r"посвідк\w* шукача",
        kk=r"пана іздеуші адамның куәлі",
    ),
    _term(
        _("refugee"),
        _("Somebody who needs protection in another country, as the Refugee Convention says."),
        en=r"refugee\b", ru=r"бежен[це]", uk=r"біжен[це]", kk=r"босқын",
    ),
    _term(
        _("Commissioner for Human Rights"),
        _("An official in Ukraine who takes complaints of discrimination."),
        en=r"Commissioner for Human", ru=r"уполномоченн\w+ по правам", uk=r"уповноважен\w+ (?:з прав|верховної)",
        kk=r"адам құқықтары жөніндегі уәкіл",
    ),
    _term(
        _("background knowledge"),
        _("We know it without a source of our own. Nobody has verified it."),
        en=r"background knowledge", ru=r"общи\w+ сведени", uk=r"загальн\w+ відомост", kk=r"жалпы мәлімет",
    ),
)  # fmt: skip


def first_used(text: str, language: str, explained: set[int]) -> tuple[Term, ...]:
    """The words that a passage uses and that its page has not explained yet; from now on it has.

    Args:
        text: The passage, without markup.
        language: en, ru, uk or kk.
        explained: Places in `TERMS` of what the page has explained; those found are added.
    """
    found = [number for number, term in enumerate(TERMS) if number not in explained and term.is_in(text, language)]
    explained.update(found)
    return tuple(TERMS[number] for number in found)
