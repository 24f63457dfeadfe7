"""The state of a run as a cookie: compressed, sealed for its run, always of one size, gone with the browser's session.

What does not open is no run: altered, expired, of another run or of other pages of law, the answer is the same, None.
"""

import json
import zlib
from base64 import b64decode, urlsafe_b64encode
from binascii import Error
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.check.run import Put, Reply, Run, Step, Waiting
from safeconduct.desk.project.clock import now
from safeconduct.desk.project.configuration import in_use
from safeconduct.rules.asking import AGAIN, AGAIN_OF, EVENTS, FACTS, FIELDS_OF, Subject
from safeconduct.rules.corpus import Corpus
from safeconduct.rules.replying import Silence
from safeconduct.vault.errors import CannotOpenError
from safeconduct.vault.runs import LONGEST_STATE, open_run, seal_run

COOKIE = "__Secure-c"
LASTS = timedelta(minutes=30)
_SUBJECTS = {
    Subject.FACT: "f",
    Subject.NONE_OF: "n",
    Subject.WHICH: "w",
    Subject.EVENT: "e",
    Subject.FIELD: "p",
    Subject.DAY: "d",
}
_SUBJECT_OF = {letter: subject for subject, letter in _SUBJECTS.items()}
_FORM = "1-"
"""Changes when what stands in a state changes: a run that was begun by another version starts again."""
_DIGEST_LENGTH = 8
_LONGEST_JSON = 64 * 1024


def path_of(run: UUID) -> str:
    """Where the addresses of a run begin; its cookie goes nowhere else."""
    return f"/c/{run}/"


def fits(run: Run) -> bool:
    """Whether the state still fits into the cookie."""
    return len(_packed(run, law_in_use())) <= LONGEST_STATE


def keep(response: HttpResponse, run: Run) -> None:
    """Send the state with an answer.

    Raises:
        TooLargeError: If it does not fit (`fits`).
    """
    sealed = seal_run(in_use().keys, _packed(run, law_in_use()), run=run.id)
    value = urlsafe_b64encode(sealed).decode()
    response.set_cookie(COOKIE, value, path=path_of(run.id), secure=True, httponly=True, samesite="Strict")


def forget(response: HttpResponse, run: UUID) -> None:
    """Take the state away."""
    response.delete_cookie(COOKIE, path=path_of(run), samesite="Strict")
    response.cookies[COOKIE]["secure"] = True
    response.cookies[COOKIE]["httponly"] = True


def kept(request: HttpRequest, run: UUID) -> Run | None:
    """The run that a browser sent; None if it sent none that opens here and now.

    Args:
        request: The request.
        run: The run of the address.
    """
    told = request.COOKIES.get(COOKIE, "")
    try:
        sealed = b64decode(told.encode("ascii"), altchars=b"-_", validate=True)
        if urlsafe_b64encode(sealed).decode() != told:
            return None  # the same state in other letters: a cookie of ours is never written so
        found = _unpacked(open_run(in_use().keys, sealed, run=run), run, law_in_use())
    except (Error, ValueError, CannotOpenError):
        return None
    if found is None or not timedelta(0) < found.until - now() <= LASTS:
        return None
    return found


# --- the state as bytes ----------------------------------------------------------------------------------------


@cache
def _words_before(digest: str) -> bytes:
    """Words of the law pages, so that a state that holds them stays short; both sides of the cookie know them."""
    corpus = law_in_use()
    vocabulary = corpus.vocabulary
    fields = [f"{kind.name}.{part.name}" for kind in vocabulary.events.values() for part in kind.fields]
    words = [
        *corpus.provisions,
        *fields,
        *vocabulary.events,
        *vocabulary.facts,
        EVENTS,
        FACTS,
        AGAIN_OF,
        FIELDS_OF,
        AGAIN,
    ]
    return (digest + " ".join(words) + '["f","yes","no","none"]').encode()


def _mark(corpus: Corpus) -> str:
    """What a state begins with: the form it is written in, and the law pages it was begun with."""
    return f"{_FORM}{corpus.digest[:_DIGEST_LENGTH]}"


def _packed(run: Run, corpus: Corpus) -> bytes:
    waiting = None if run.waiting is None else [run.waiting.step, _reply_out(run.waiting.reply)]
    state = [
        _mark(corpus),
        run.day.toordinal(),
        int(run.until.timestamp()),
        [[_put_out(step.put), _reply_out(step.reply)] for step in run.steps],
        None if run.put is None else _put_out(run.put),
        waiting,
        run.most,
        run.settled,
    ]
    text = json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode()
    packer = zlib.compressobj(9, wbits=-15, zdict=_words_before(corpus.digest)[-32768:])
    return packer.compress(text) + packer.flush()


def _unpacked(packed: bytes, run: UUID, corpus: Corpus) -> Run | None:
    reader = zlib.decompressobj(wbits=-15, zdict=_words_before(corpus.digest)[-32768:])
    try:
        state = json.loads(reader.decompress(packed, _LONGEST_JSON))
    except (zlib.error, ValueError):
        return None  # it was packed beside other pages of law
    if not isinstance(state, list) or state[:1] != [_mark(corpus)]:
        return None
    _mark_of_it, day, until, steps, put, waiting, most, settled = state
    return Run(
        id=run,
        day=date.fromordinal(day),
        until=datetime.fromtimestamp(until, tz=UTC),
        steps=tuple(Step(put=_put_in(one), reply=_reply_in(reply)) for one, reply in steps),
        put=None if put is None else _put_in(put),
        waiting=None if waiting is None else Waiting(step=waiting[0], reply=_reply_in(waiting[1])),
        most=most,
        settled=settled,
    )


def _put_out(put: Put) -> list[Any]:
    return [_SUBJECTS[put.subject], put.name, list(put.offered), list(put.of), list(put.bears_on)]


def _put_in(told: list[Any]) -> Put:
    letter, name, offered, of, bears_on = told
    return Put(subject=_SUBJECT_OF[letter], name=name, offered=tuple(offered), of=tuple(of), bears_on=tuple(bears_on))


def _reply_out(reply: Reply) -> list[Any]:
    """The part that is told, with a letter before it."""
    if reply.silence is not None:
        return ["s", reply.silence.value]
    if reply.names is not None:
        return ["l", list(reply.names)]
    if reply.none_applies is not None:
        return ["n", int(reply.none_applies)]
    if reply.happened is not None:
        return ["e", int(reply.happened), reply.on, reply.where]
    if reply.words is not None:
        return ["a" if reply.is_age else "w", reply.words]
    return ["v", reply.value]


def _reply_in(told: list[Any]) -> Reply:
    match told:
        case ["s", word]:
            return Reply(silence=Silence(word))
        case ["l", names]:
            return Reply(names=tuple(names))
        case ["n", applies]:
            return Reply(none_applies=bool(applies))
        case ["e", happened, on, where]:
            return Reply(happened=bool(happened), on=on, where=where)
        case ["a" | "w" as letter, words]:
            return Reply(words=words, is_age=letter == "a")
        case _:
            return Reply(value=told[1])
