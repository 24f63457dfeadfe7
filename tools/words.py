"""Keeps the catalogues of the law's sentences in step with the pages.

Usage: python tools/words.py update                       every text of the pages in each catalogue, translations kept
       python tools/words.py missing ru law [FIRST LAST]   the texts of ru that have no translation, as JSON
       python tools/words.py take ru law FILE              translations from a JSON file {"English text": "translation"}

A language has two catalogues: law has the sentences of provisions, answers has the questions with their answers.
"""

import fcntl
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polib  # type: ignore[import-untyped]  # it has no types of its own

from safeconduct.packs.answers import read_answers, texts_of_answers, translated_into
from safeconduct.packs.catalogues import ANSWERS, CHECKED, LAW, catalogue_path
from safeconduct.packs.store import load_corpus, packaged_pages
from safeconduct.packs.words import LANGUAGES, texts_of

PLURALS = {
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "uk": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "kk": "nplurals=2; plural=(n != 1);",
}
WIDTH = 116


def wanted(language: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """By catalogue of a language, every text that belongs into it, with the names of what it belongs to."""
    corpus, folders = load_corpus(), LANGUAGES[language]
    answers = translated_into(corpus, read_answers(packaged_pages()), folders)
    return {LAW: texts_of(corpus, folders), ANSWERS: texts_of_answers(answers)}


def read(language: str, name: str = LAW) -> polib.POFile:
    """A catalogue of a language; an empty one if there is none."""
    path = catalogue_path(language, name)
    if path.exists() and path.stat().st_size:
        return polib.pofile(str(path), encoding="utf-8", wrapwidth=WIDTH)
    catalogue = polib.POFile(wrapwidth=WIDTH)
    catalogue.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
        CHECKED: "no",
    }
    return catalogue


def write(language: str, name: str, catalogue: polib.POFile) -> None:
    """Put a catalogue in its place."""
    path = catalogue_path(language, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))


@contextmanager
def held(language: str, name: str) -> Iterator[None]:
    """A catalogue for oneself: of two who write at once each would lose what the other wrote."""
    path = catalogue_path(language, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def update() -> None:
    """Every text of the pages in each catalogue, in their order; translations are kept, what is gone is left out."""
    for language in LANGUAGES:
        for name, texts in wanted(language).items():
            with held(language, name):
                before = read(language, name)
                known = {entry.msgid: entry.msgstr for entry in before}
                after = polib.POFile(wrapwidth=WIDTH)
                after.metadata = before.metadata
                for text, owners in texts.items():
                    after.append(polib.POEntry(msgid=text, msgstr=known.get(text, ""), comment=" ".join(owners[:6])))
                write(language, name, after)
            print(f"{language} {name}: {sum(bool(known.get(text)) for text in texts)} of {len(texts)} translated")


def missing(language: str, name: str, *between: str) -> None:
    """The texts without a translation, with what they belong to."""
    first, last = (int(between[0]), int(between[1])) if between else (0, None)
    texts = [entry.msgid for entry in read(language, name) if not entry.msgstr]
    print(json.dumps(texts[first:last], ensure_ascii=False, indent=1))


def take(language: str, name: str, file: str) -> None:
    """Take translations from a JSON file; a text that no page has is an error."""
    given = json.loads(Path(file).read_text(encoding="utf-8"))
    with held(language, name):
        catalogue = read(language, name)
        entries = {entry.msgid: entry for entry in catalogue}
        unknown = [text for text in given if text not in entries]
        for text, translation in given.items():
            if text in entries:
                entries[text].msgstr = translation.strip()
        write(language, name, catalogue)
    print(f"{len(given) - len(unknown)} taken; {sum(not entry.msgstr for entry in catalogue)} left")
    if unknown:
        sys.exit("No page has these texts:\n" + "\n".join(unknown))


def main(arguments: list[str]) -> None:
    """Run one of the three."""
    match arguments:
        case ["update"]:
            update()
        case ["missing", language, name, *between]:
            missing(language, name, *between)
        case ["take", language, name, file]:
            take(language, name, file)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
