"""What stands on a chart of counts beside the counts: which law, which day, made or real, what not to read from it."""

from datetime import date

from safeconduct.population.group_charts import Said, people_said
from safeconduct.population.intake import Taken
from safeconduct.population.reach import TwoLaws
from safeconduct.population.words import say
from safeconduct.rules.corpus import Corpus
from safeconduct.values.days import iso

_DIGITS = 12
"""Of a digest: enough to tell two bodies of law apart by eye."""


def assess_said(corpus: Corpus, names: tuple[str, ...], on: date, taken: Taken, language: str) -> Said:
    """Beside a count of answers.

    Args:
        corpus: The law.
        names: The provisions counted.
        on: The day asked.
        taken: The people.
        language: en or ru.
    """
    return Said(
        title=_title(names, "group assess title", language),
        below=(
            *_what(corpus, names, language),
            say(language, "group on", day=on),
            *_people(taken, language, corpus.digest),
        ),
        notes=(say(language, "group nothing happened"), say(language, "group nobody")),
        left_out="no",
    )


def reform_said(laws: TwoLaws, taken: Taken, language: str) -> Said:
    """Beside a count of changes.

    Args:
        laws: Before and after.
        taken: The people.
        language: en or ru.
    """
    before, after = laws.before, laws.after
    folders = before.corpus.digest != after.corpus.digest
    days = (
        say(language, "group folders", day=iso(after.on))
        if folders
        else say(language, "group days", before=iso(before.on), after=iso(after.on))
    )
    digests = dict.fromkeys(law.corpus.digest for law in (before, after))
    return Said(
        title=_title(laws.names, "group reform title", language),
        below=(*_what(after.corpus, laws.names, language), days, *_people(taken, language, *digests)),
        notes=(say(language, "group nothing happened"), say(language, "group nobody")),
        left_out="never",
    )


def _title(names: tuple[str, ...], text: str, language: str) -> str:
    return say(language, text, id=names[0] if len(names) == 1 else say(language, "group several"))


def _what(corpus: Corpus, names: tuple[str, ...], language: str) -> tuple[str, ...]:
    """The title of the only provision, as the page gives it: in English."""
    found = corpus.provisions.get(names[0])
    return (f"{found.title}.",) if len(names) == 1 and found is not None and language == "en" else ()


def _people(taken: Taken, language: str, *digests: str) -> tuple[str, ...]:
    counted = () if taken.people is None else (people_said(language, taken.people),)
    return (
        " ".join([*counted, say(language, "group made" if taken.made else "group real")]),
        say(language, "group source", digest=" / ".join(digest[:_DIGITS] for digest in digests)),
    )
