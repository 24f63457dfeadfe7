"""Keeps the catalogues of names in step with the vocabulary of the law pages.

Usage: python -m tools.names update       every name in each catalogue, translations kept; what is gone is left out
       python -m tools.names missing ru   the names of ru that have no translation
"""

import sys

import polib  # type: ignore[import-untyped]  # it has no types of its own

from safeconduct.packs.catalogues import CHECKED
from safeconduct.packs.naming import ENGLISH, NAME_LANGUAGES, names_of, names_path
from safeconduct.packs.store import load_corpus
from tools.words import PLURALS, WIDTH


def read_names(language: str) -> polib.POFile:
    """The names in a language; an empty catalogue if there is none."""
    path = names_path(language)
    if path.exists():
        return polib.pofile(str(path), encoding="utf-8", wrapwidth=WIDTH)
    catalogue = polib.POFile(wrapwidth=WIDTH)
    catalogue.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        **({"Plural-Forms": PLURALS[language]} if language != ENGLISH else {}),
        CHECKED: "no",
    }
    return catalogue


def update() -> None:
    """Every name in the order of the vocabulary; an entry for one place follows the entry of its name."""
    needed = names_of(load_corpus().vocabulary)
    for language in NAME_LANGUAGES:
        before = read_names(language)
        known = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in before}
        after = polib.POFile(wrapwidth=WIDTH)
        after.metadata = before.metadata
        for (kind, name), owners in needed.items():
            comment = " ".join(owners[:6])
            text = known.get((kind.value, name), "")
            after.append(polib.POEntry(msgctxt=kind.value, msgid=name, msgstr=text, comment=comment))
            for owner in owners:
                own = known.get((kind.value, f"{owner}.{name}"))
                if own is not None:
                    after.append(polib.POEntry(msgctxt=kind.value, msgid=f"{owner}.{name}", msgstr=own))
        names_path(language).parent.mkdir(parents=True, exist_ok=True)
        after.save(str(names_path(language)))
        print(f"{language}: {len(after.translated_entries())} of {len(after)} named")


def missing(language: str) -> None:
    """The names without a translation."""
    for entry in read_names(language).untranslated_entries():
        print(f"{entry.msgctxt} {entry.msgid}")


def main(arguments: list[str]) -> None:
    """Run one of the two."""
    match arguments:
        case ["update"]:
            update()
        case ["missing", language]:
            missing(language)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
