"""Catalogues of the desk's sites: take up new strings, check that nothing is missing, compile.

python tools/catalogues.py update     write strings of code and templates into every catalogue; new ones stay empty
python tools/catalogues.py check      say what is missing, left over, empty or in doubt; 1 if anything is
python tools/catalogues.py compile    write what Django reads, where a catalogue changed since

A catalogue belongs to the folder of a site that has a folder `locale`. English is what we
write in: its catalogue repeats it.
"""

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.template import Engine
from django.template.base import Node, NodeList, Template, Token
from django.template.library import InclusionNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from safeconduct.desk.contact.catalogues import CHECKED, checked_by_speaker, compile_catalogues

ROOT = Path(__file__).resolve().parent.parent
DESK = ROOT / "src" / "safeconduct" / "desk"
sys.path.insert(0, str(ROOT))  # the settings stand beside this file

LANGUAGES = ("en", "ru", "uk", "kk")
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip
# Pages that only we see.
NOT_TRANSLATED = {"look/templates/look/style.html"}
_SHOWN_TAGS = re.compile(r"{%-?\s*(?:translate|trans|warning)\b.*?%}|{#.*?#}|{{.*?}}", re.DOTALL)
_BLOCKS = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
_TAGS = re.compile(r"{%.*?%}|<style.*?</style>|<!--.*?-->|<[^>]*>", re.DOTALL)
_SPOKEN = re.compile(r"""\b(?:alt|title|placeholder|aria-label)="([^"]*)\"""")
# In four languages at once, each beside its own name.
_OF_EVERY_LANGUAGE = re.compile(r'<span lang="\w\w">.*?</span>|{% block title %}Contact{% endblock %}')

Key = tuple[str | None, str | tuple[str, ...]]


def sites() -> tuple[Path, ...]:
    """The folders that have catalogues of their own."""
    return tuple(sorted(folder.parent for folder in DESK.glob("*/locale")))


def set_up() -> None:
    """Let Django read our templates."""
    if not settings.configured:
        told = import_module("tools.desk_settings")
        settings.configure(**{name: value for name, value in vars(told).items() if name.isupper()})
        django.setup()


def strings_of(site: Path) -> dict[Key, tuple[str, ...]]:
    """Every string of a site that is shown, with the files it stands in."""
    found: dict[Key, set[str]] = {}
    for path in sorted(site.rglob("*.py")):
        with path.open("rb") as file:
            for _, message, _, context in extract("python", file, keywords=KEYWORDS):
                found.setdefault((context, message), set()).add(_name(path))
    for path in templates_of(site):
        for key in _strings_of_template(path):
            found.setdefault(key, set()).add(_name(path))
    return {key: tuple(sorted(places)) for key, places in found.items() if key[1]}


def templates_of(site: Path) -> tuple[Path, ...]:
    """The templates of a site that people see."""
    return tuple(path for path in sorted(site.rglob("*.html")) if _name(path) not in NOT_TRANSLATED)


def _name(path: Path) -> str:
    return str(path.relative_to(DESK))


def _strings_of_template(path: Path) -> Iterator[Key]:
    set_up()
    engine = Engine.get_default()
    for node in _nodes(Template(path.read_text(encoding="utf-8"), engine=engine).nodelist):
        if isinstance(node, TranslateNode):
            context = node.message_context.var if node.message_context else None
            yield (str(context) if context else None, str(node.filter_expression.var.literal))
        elif isinstance(node, BlockTranslateNode):
            yield (None, _block(node, node.singular) if not node.plural else _both(node))
        elif isinstance(node, InclusionNode) and node.func.__name__ == "warning":
            yield (None, str(node.args[0].var))


def _block(node: BlockTranslateNode, tokens: list[Token]) -> str:
    return str(node.render_token_list(tokens)[0])


def _both(node: BlockTranslateNode) -> tuple[str, ...]:
    return (_block(node, node.singular), _block(node, node.plural))


def _nodes(nodes: NodeList) -> Iterator[Node]:
    for node in nodes:
        yield node
        for name in node.child_nodelists:
            yield from _nodes(getattr(node, name, None) or NodeList())
        for _, inner in getattr(node, "conditions_nodelists", ()):
            yield from _nodes(inner)


def outside(template: str) -> tuple[str, ...]:
    """Words of a template that stand in no catalogue.

    Args:
        template: Its source.
    """
    rest = _OF_EVERY_LANGUAGE.sub(" ", _BLOCKS.sub(" ", _SHOWN_TAGS.sub(" ", template)))
    spoken = [words for words in _SPOKEN.findall(rest) if re.search(r"[^\W\d_]", words)]
    return (*spoken, *re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;", " ", _TAGS.sub(" ", rest).replace("{%", " "))))


def catalogue_path(site: Path, language: str) -> Path:
    """Where a catalogue stands."""
    return site / "locale" / language / "LC_MESSAGES" / "django.po"


def read_catalogue(site: Path, language: str) -> Catalog:
    """A catalogue; an empty one where there is none yet."""
    path = catalogue_path(site, language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def key_of(message: Message) -> Key:
    """What a message is found by."""
    return (message.context, tuple(message.id) if isinstance(message.id, list | tuple) else message.id)


def update(site: Path, language: str) -> None:
    """Write the catalogue of a site anew: what is translated stays, what is new is empty, what is gone goes."""
    before = {key_of(message): message for message in read_catalogue(site, language) if message.id}
    catalogue = Catalog(locale=language, header_comment=f"# {language}: {site.name}", fuzzy=False)
    for key, places in sorted(strings_of(site).items(), key=lambda item: (item[1], str(item[0]))):
        context, text = key
        known = before.get(key)
        string = text if language == "en" else (known.string if known else "")
        catalogue.add(text, string, locations=[(place, 0) for place in places], context=context)
    target = catalogue_path(site, language)
    target.parent.mkdir(parents=True, exist_ok=True)
    checked = "source" if language == "en" else checked_by_speaker(target) if target.exists() else "no"
    _write(catalogue, target, checked=checked)


def _write(catalogue: Catalog, target: Path, *, checked: str) -> None:
    """Write it without hours and names, so that it changes only where words change."""
    file = BytesIO()
    write_po(file, catalogue, width=120, omit_header=True, include_lineno=False)
    head = (
        f'msgid ""\nmsgstr ""\n"Language: {catalogue.locale_identifier}\\n"\n'
        f'"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n"{CHECKED}: {checked}\\n"\n\n'
    )
    target.write_text(head + file.getvalue().decode(), encoding="utf-8")


def faults(site: Path) -> Iterator[str]:
    """What is wrong with the catalogues of a site, one line each."""
    for path in templates_of(site):
        for words in outside(path.read_text(encoding="utf-8")):
            yield f"{_name(path)}: stands in no catalogue: {words}"
    wanted = strings_of(site)
    for language in LANGUAGES:
        name = f"{site.name} {language}"
        held = {key_of(message): message for message in read_catalogue(site, language) if message.id}
        yield from (f"{name}: missing: {key[1]}" for key in wanted if key not in held)
        yield from (f"{name}: left over: {key[1]}" for key in held if key not in wanted)
        yield from (f"{name}: empty or in doubt: {key[1]}" for key, one in held.items() if _is_open(one))


def _is_open(message: Message) -> bool:
    strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return message.fuzzy or not all(strings)


def main(arguments: list[str]) -> int:
    """Do what was asked.

    Returns:
        0 if all is well, 1 if a check found faults, 2 if nothing of this kind can be asked.
    """
    match arguments:
        case ["update"]:
            for site in sites():
                for language in LANGUAGES:
                    update(site, language)
        case ["check"]:
            found = [fault for site in sites() for fault in faults(site)]
            print("\n".join(found) or "Every string is in every catalogue.")
            return 1 if found else 0
        case ["compile"]:
            print(f"{len(compile_catalogues(DESK))} catalogues compiled.")
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
