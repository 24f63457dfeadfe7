"""Every sentence of `safeconduct assess`, in English, whole: nothing is glued from pieces that grammar would change.

All of them pass through `say` and `say_number`: the one place at which a catalogue of translations will be looked up.
Nothing here says "you may", and no deadline is called missed while a ground to act late is open.
"""

from collections.abc import Iterable, Sequence

from safeconduct.rules.finding import Answer, Finding, PenaltyFound, Question, Reason
from safeconduct.rules.questions import base_name
from safeconduct.rules.tree import Kind
from safeconduct.values.citation import UNVERIFIED, Confidence
from safeconduct.values.truth import Truth

MONTHS_IN_A_YEAR = 12
_DEFEATS = {"unless", "displaced", "exception"}
_AGAINST = {
    Truth.YES: "Against it: {lines}.",
    Truth.NO: "Does not stand against it: {lines}.",
    Truth.UNKNOWN: "Whether this stands against it is not known: {lines}.",
}


def owners(missing: Iterable[str]) -> tuple[str, ...]:
    """The facts and events behind what is missing, each once: `permit` for `permit.until`."""
    return tuple(dict.fromkeys(base_name(name) for name in missing))


def say(sentence: str, /, **values: object) -> str:
    """A sentence with its values; a catalogue will look the sentence up here."""
    return sentence.format(**values)


def say_number(one: str, many: str, number: int, /, **values: object) -> str:
    """A sentence that depends on a number; a catalogue will choose among a language's plurals here."""
    return say(one if number == 1 else many, number=number, **values)


# --- headings, in the order in which they stand ----------------------------------------------------------------

HEAD = "Position in law on {day}"
ASSUMED = "Taken as given, though nobody told it"
HOLDS_NOW = "What holds on this day"
DISPUTED = "What sources dispute"
UNCERTAIN = "What is uncertain, and on what it depends"
DEADLINES = "Deadlines"
DEADLINES_WITHOUT_DAYS = "Deadlines of which no day is known"
STAYS = "Days of stay"
SHORT = "In short"
WAYS = "Ways to protection, and their conditions"
PRACTICE = "Warnings from practice"
CHANGES = "What changes next"
NOT_REACHING = "What does not reach this person"
NOT_CONCERNING = "What does not concern this person at all"
QUESTIONS = "The most useful questions"
RECEIPT = "Made from"

KINDS = {
    Kind.EXPOSURE: "Criminal exposure",
    Kind.LIABILITY: "Liability to service",
    Kind.RESTRICTION: "Restrictions",
    Kind.DUTY: "Duties",
    Kind.STATUS: "Status",
    Kind.RIGHT: "Rights",
    Kind.PROTECTION: "Protection",
}
GOVERNING = "Rules that govern the answers above without deciding anything themselves"

# --- sentences under the headings ------------------------------------------------------------------------------

UNCERTAIN_INTRO = 'None of these is decided either way: what is named after "depends on" was not told.'
DISPUTED_INTRO = "Sources read the law in different ways. Plan with the reading marked safer."
NOT_REACHING_INTRO = (
    'Each line means "this provision does not reach you" on this day, from what was told. It permits nothing and '
    "promises nothing."
)
WAYS_INTRO = (
    "Each is decided by an office or a court of the country where the person is. What is met here is met in the words "
    "of the rule; see a lawyer before you approach any office."
)
CHANGES_INTRO = "In the two years after this day, if nothing else happens:"
CHANGES_NONE = "No answer changes in the two years after this day, if nothing else happens."
NOTHING_HOLDS = "Nothing of what was told is certain to reach this person on this day."
PRACTICE_INTRO = "What is reported from practice. It can undo the rule it stands beside."
IN_PRACTICE = "In practice, beside this"
SINCE_THEN = "Since then (reported after the day asked)"
MARKS = (
    "Confidence A: an official text or two independent sources; B: one reputable source; C: background knowledge, "
    "unverified. The addresses of the sources: safeconduct law show ID, or --format json."
)
DISPLACED = "Another provision applies in its place"
NOT_IN_FORCE = "Not in force on the day that counts"
OTHERWISE_NO = "Its conditions do not hold"
NO_SENTENCE = "this provision does not reach you"


def overview(holds: int, disputed: int, uncertain: int, no: int) -> str:
    """How many findings there are of each answer."""
    return say(
        "Provisions that hold: {holds}. Disputed: {disputed}. Uncertain: {uncertain}. Not reaching this person: {no}.",
        holds=holds,
        disputed=disputed,
        uncertain=uncertain,
        no=no,
    )


def receipt(corpus: str, engine: str) -> str:
    """The digest, short, and the version."""
    return say("Law pages {corpus}, engine {engine}.", corpus=corpus[:12], engine=engine)


_LEAST_RUN = 3


def id_list(ids: Sequence[str]) -> str:
    """Ids, with a run of numbers shortened: RU-RST-20-1 to RU-RST-20-8."""
    runs: list[list[str]] = []
    for name in ids:
        if runs and _follows(runs[-1][-1], name):
            runs[-1].append(name)
        else:
            runs.append([name])
    parts: list[str] = []
    for run in runs:
        long = len(run) >= _LEAST_RUN
        parts += [say("{first} to {last}", first=run[0], last=run[-1])] if long else run
    return ", ".join(parts)


def _follows(before: str, after: str) -> bool:
    (head, _, number), (other, _, following) = before.rpartition("-"), after.rpartition("-")
    same = head == other and len(number) == len(following)
    return same and number.isdecimal() and following.isdecimal() and int(following) == int(number) + 1


# --- penalties -----------------------------------------------------------------------------------------


def months(penalty: PenaltyFound) -> str:
    """Imprisonment in years where they are whole, else in months; "" where there is none."""
    least, most = penalty.least_months, penalty.most_months
    if most is None:
        return say("imprisonment of {least} or more", least=_duration(least)) if least is not None else ""
    if least is None or least == 0:
        return say("imprisonment of up to {most}", most=_duration(most))
    if least == most:
        return say("imprisonment of {most}", most=_duration(most))
    if least % MONTHS_IN_A_YEAR == 0 and most % MONTHS_IN_A_YEAR == 0:
        years = {"least": least // MONTHS_IN_A_YEAR, "most": most // MONTHS_IN_A_YEAR}
        return say("imprisonment of {least} to {most} years", **years)
    if most % MONTHS_IN_A_YEAR:
        return say("imprisonment of {least} to {most} months", least=least, most=most)
    return say("imprisonment of {least} to {most}", least=_duration(least), most=_duration(most))


def _duration(count: int) -> str:
    if count % MONTHS_IN_A_YEAR == 0:
        return say_number("{number} year", "{number} years", count // MONTHS_IN_A_YEAR)
    return say_number("{number} month", "{number} months", count)


def penalty_line(penalty: PenaltyFound) -> str:
    """What a court may impose; "" if the pages name nothing."""
    parts = [part for part in (months(penalty), *penalty.alternatives) if part]
    return say("Penalty: {penalties}.", penalties="; or ".join(parts)) if parts else ""


def penalty_of(finding: Finding) -> str:
    """What a court may impose for what a finding is about; "" if it is about no offence."""
    return penalty_line(finding.penalty) if finding.penalty is not None else ""


def undecided(parts: tuple[str, ...]) -> str:
    """Which alternatives of a group are open."""
    return say("It holds whichever it is. Not decided: which of {parts}.", parts=" and ".join(parts))


NO_ADDRESS = "the dossier gives no address"

# --- sources and reasons ---------------------------------------------------------------------------------------


def source_line(finding: Finding) -> str:
    """The seat of a finding and how sure we are of it."""
    seats = [" ".join(part for part in (one.act, one.article) if part) for one in finding.citations]
    listed = "; ".join(dict.fromkeys(seat for seat in seats if seat))
    mark = finding.confidence.value
    unread = finding.confidence is Confidence.C or not any(one.sources for one in finding.citations)
    if not listed:
        return f"{UNVERIFIED}" if unread else say("confidence {mark}", mark=mark)
    if unread:
        return say("{seat}; confidence {mark}, {unverified}", seat=listed, mark=mark, unverified=UNVERIFIED)
    return say("{seat}; confidence {mark}", seat=listed, mark=mark)


def assumption(reason: Reason) -> str:
    """The line of a derivation, with what it takes as given."""
    if not reason.assumed:
        return reason.text
    return say("{line} (assumed: {why})", line=reason.text, why=reason.assumed)


def depends(fact: str) -> str:
    """On which fact or event answers depend before any other; "" is a fact that has no name."""
    return say("Depends on {fact}:", fact=fact) if fact else say("Depends on what cannot be asked:")


def also_depends(named: list[str], number: int) -> str:
    """What else an answer depends on; "" if nothing.

    Args:
        named: The facts to be named.
        number: How many there are, those named included.
    """
    if not named:
        return ""
    names = ", ".join(named)
    if number > len(named):
        return say("And on {names} and {more} more.", names=names, more=number - len(named))
    return say("And on {names}.", names=names)


def because_lines(finding: Finding) -> tuple[str, ...]:
    """The lines of the page that hold, and what they take as given."""
    held = [one for one in finding.because if one.holds is Truth.YES and one.role not in _DEFEATS]
    lines = list(dict.fromkeys(one.text for one in held))
    assumed = dict.fromkeys(one.assumed for one in held if one.assumed)
    sentences = [say("Because {line}", line=line) for line in lines[:1]]
    sentences += [say("and because {line}", line=line) for line in lines[1:]]
    sentences += [rests_on_assumed(tuple(assumed))] if assumed else []
    return tuple(sentences)


def condition_lines(finding: Finding) -> tuple[str, ...]:
    """The conditions of a finding that is open: those that are met, those that are not, those that are not known."""
    heads = {Truth.YES: "Met: {lines}.", Truth.NO: "Not met: {lines}.", Truth.UNKNOWN: "Not known: {lines}."}
    found = []
    for truth, head in heads.items():
        lines = dict.fromkeys(
            one.text for one in finding.because if one.holds is truth and one.role in {"if", "rests on"}
        )
        against = dict.fromkeys(one.text for one in finding.because if one.holds is truth and one.role in _DEFEATS)
        found += [say(head, lines="; ".join(lines))] if lines else []
        found += [say(_AGAINST[truth], lines="; ".join(against))] if against else []
    return tuple(found)


def caution_line(text: str, name: str) -> str:
    """A sentence beside an answer, with the row it comes from."""
    return say("Note {name}: {text}", name=name, text=text) if name else say("Note: {text}", text=text)


def cautions_above(names: list[str]) -> str:
    """Which cautions were printed already, word for word."""
    return say("Notes as above: {names}.", names=id_list(names)) if names else ""


def practice_line(state: str) -> str:
    """What is so in practice on the day asked."""
    return say("In practice on this day: {state}", state=state) if state else ""


def rests_on_assumed(assumed: tuple[str, ...]) -> str:
    """What an answer takes as given; "" if nothing."""
    return say("This rests on what is assumed: {what}.", what="; ".join(assumed)) if assumed else ""


def see_practice(notes: tuple[str, ...]) -> str:
    """Which notes of practice stand beside; "" if none."""
    return say("In practice: see {notes}.", notes=id_list(notes)) if notes else ""


def beside_line(rules: tuple[str, ...], title: str) -> str:
    """Beside which rules notes of practice stand.

    Args:
        rules: Their ids.
        title: The title, where it is one rule and it is shown; "" otherwise.
    """
    if not rules:
        return say("Beside no rule in particular:")
    if title:
        return say("Beside {rules} ({title}):", rules=id_list(rules), title=title)
    return say("Beside {rules}:", rules=id_list(rules))


def note_line(note: Finding, missing: tuple[str, ...]) -> str:
    """A note of practice: what is reported, of when, how sure we are, and what is not known of it."""
    parts = [note.says or note.title]
    mark = note.confidence.value
    if note.dated is not None:
        parts.append(say("Reported for {day}, confidence {mark}.", day=note.dated, mark=mark))
    else:
        parts.append(say("Confidence {mark}.", mark=mark))
    if missing:
        parts.append(say("Whether it concerns this person depends on {names}.", names=", ".join(missing)))
    return " ".join(parts)


def notes_above(names: list[str]) -> str:
    """Which notes of practice stand beside a deadline already."""
    return say("Shown beside a deadline above: {names}.", names=id_list(names)) if names else ""


def settles(question: Question) -> str:
    """What a question bears on."""
    ids = id_list(question.settles)
    if question.for_lawyer:
        return say("For a lawyer. In a file: {fact}. Bears on {ids}.", fact=question.fact, ids=ids)
    return say("In a file: {fact}. Bears on {ids}.", fact=question.fact, ids=ids)


def not_reaching_title(finding: Finding, reason: str, ground: str) -> str:
    """A title with, in the same breath, why it does not reach the person and how weak the ground of that is."""
    beside = "; ".join(part for part in (reason, ground) if part)
    return say("{title} ({beside})", title=finding.title, beside=beside) if beside else finding.title


def displaced_by(names: tuple[str, ...]) -> str:
    """What applies in the place of a provision."""
    return say("displaced by {names}", names=id_list(names)) if names else ""


def weak(finding: Finding, notes: tuple[str, ...]) -> str:
    """Why a reassuring answer stands on weak ground; "" if it does not."""
    listed = id_list(notes)
    if finding.confidence is Confidence.C and notes:
        return say(
            "weak ground: {unverified}, and practice may differ: see {notes}", unverified=UNVERIFIED, notes=listed
        )
    if finding.confidence is Confidence.C:
        return say("weak ground: {unverified}", unverified=UNVERIFIED)
    return say("practice may differ: see {notes}", notes=listed) if notes else ""


def weak_line(finding: Finding, notes: tuple[str, ...]) -> str:
    """As `weak`, as a sentence of its own."""
    ground = weak(finding, notes)
    return say("Beware: {ground}.", ground=ground) if ground else ""


# --- other lines -----------------------------------------------------------------------------------------------


def reading_line(name: str, answer: Answer, *, safer: bool) -> str:
    """The answer under one reading."""
    if safer:
        return say('"{name}" (safer to plan with): {answer}', name=name, answer=answer.value)
    return say('"{name}": {answer}', name=name, answer=answer.value)


def change_line(before: Answer, after: Answer, because: str) -> str:
    """A change of an answer."""
    if because:
        return say("from {before} to {after}: {because}", before=before.value, after=after.value, because=because)
    return say("from {before} to {after}", before=before.value, after=after.value)


def not_needed(facts: tuple[str, ...]) -> str:
    """Which facts of a file no answer uses."""
    return say("No answer needs these facts of the file: {names}. They can be deleted from it.", names=", ".join(facts))


# --- languages -------------------------------------------------------------------------------------------------

LANGUAGES = ("en", "ru", "uk", "kk")
_PARTLY = {
    "ru": "Названия, последствия, вопросы и предупреждения переведены; остальное на английском языке.",
    "uk": "Назви, наслідки, питання та попередження перекладено, де є переклад; решта англійською мовою.",
    "kk": "Атаулар, салдарлар, сұрақтар мен ескертулер аудармасы бар жерде аударылған; қалғаны ағылшын тілінде.",
}
_UNCHECKED = {
    "ru": "Ни один носитель языка не проверил этот перевод. При сомнении верьте английскому тексту.",
    "uk": "Жоден носій мови не перевірив цей переклад. У разі сумніву вірте англійському тексту.",
    "kk": "Бұл аударманы тілде сөйлейтін адам тексерген жоқ. Күмәндансаңыз, ағылшын мәтініне сеніңіз.",
}


def partly_translated(language: str, *, checked: bool) -> tuple[str, ...]:
    """What is in another language and what is not, in that language and in English; nothing for English.

    Args:
        language: The language asked for.
        checked: Whether somebody who speaks it has read the translation.
    """
    if language not in _PARTLY:
        return ()
    own = [_PARTLY[language]]
    english = [say("Titles, effects, questions and warnings are translated; the rest is not.")]
    if not checked:
        own.append(_UNCHECKED[language])
        english.append(say("No speaker of the language has checked this translation: in doubt trust the English."))
    return (" ".join(own), " ".join(english))
