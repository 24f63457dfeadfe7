"""Keeps the catalogues of the law's sentences in step with the pages.

Usage: python tools/words.py update                  every text of the pages in each catalogue, translations kept
       python tools/words.py missing ru [FIRST LAST]  the texts of ru that have no translation, as JSON
       python tools/words.py take ru FILE             translations from a JSON file {"English text": "translation"}
"""

import fcntl
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polib  # type: ignore[import-untyped]  # it has no types of its own

from safeconduct.packs.catalogues import CHECKED, catalogue_path
from safeconduct.packs.store import load_corpus
from safeconduct.packs.words import LANGUAGES, texts_of

PLURALS = {
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "uk": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "kk": "nplurals=2; plural=(n != 1);",
}
WIDTH = 116


def read(language: str) -> polib.POFile:
    """The catalogue of a language; an empty one if there is none."""
    path = catalogue_path(language)
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


def write(language: str, catalogue: polib.POFile) -> None:
    """Put a catalogue in its place."""
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))


@contextmanager
def held(language: str) -> Iterator[None]:
    """The catalogue for oneself: of two who write at once each would lose what the other wrote."""
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def update() -> None:
    """Every text of the pages in each catalogue, in their order; translations are kept, what is gone is left out."""
    corpus = load_corpus()
    for language, folders in LANGUAGES.items():
        texts = texts_of(corpus, folders)
        with held(language):
            before = read(language)
            known = {entry.msgid: entry.msgstr for entry in before}
            after = polib.POFile(wrapwidth=WIDTH)
            after.metadata = before.metadata
            for text, owners in texts.items():
                after.append(polib.POEntry(msgid=text, msgstr=known.get(text, ""), comment=" ".join(owners[:6])))
            write(language, after)
        print(f"{language}: {sum(bool(known.get(text)) for text in texts)} of {len(texts)} translated")


def missing(language: str, *between: str) -> None:
    """The texts without a translation, with what they belong to."""
    first, last = (int(between[0]), int(between[1])) if between else (0, None)
    texts = [entry.msgid for entry in read(language) if not entry.msgstr]
    print(json.dumps(texts[first:last], ensure_ascii=False, indent=1))


def take(language: str, name: str) -> None:
    """Take translations from a JSON file; a text that no page has is an error."""
    given = json.loads(Path(name).read_text(encoding="utf-8"))
    with held(language):
        catalogue = read(language)
        entries = {entry.msgid: entry for entry in catalogue}
        unknown = [text for text in given if text not in entries]
        for text, translation in given.items():
            if text in entries:
                entries[text].msgstr = translation.strip()
        write(language, catalogue)
    print(f"{len(given) - len(unknown)} taken; {sum(not entry.msgstr for entry in catalogue)} left")
    if unknown:
        sys.exit("No page has these texts:\n" + "\n".join(unknown))


def main(arguments: list[str]) -> None:
    """Run one of the three."""
    match arguments:
        case ["update"]:
            update()
        case ["missing", language, *between]:
            missing(language, *between)
        case ["take", language, name]:
            take(language, name)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
