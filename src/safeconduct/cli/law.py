"""`safeconduct law list | show | check | coverage | export`: reading and checking the pages of law."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from safeconduct.cli.layout import Line, entry, heading, paragraph
from safeconduct.values.errors import QuestionError

if TYPE_CHECKING:
    from safeconduct.packs.assembly import Assembled
    from safeconduct.packs.checking import CheckReport
    from safeconduct.packs.mutation import PageScore
    from safeconduct.rules.corpus import Corpus
    from safeconduct.values.errors import Fault

FAULTS_FOUND = 1
SHOWN_WARNINGS = 20
_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Output for people or for programs.",
)
_FOLDER = click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Pages of this folder instead of those shipped with the package.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
def law() -> None:
    r"""Read and check the pages of law.

    \b
    Examples:
      safeconduct law list
      safeconduct law show RU-CON-01
      safeconduct law check
      safeconduct law coverage
      safeconduct law export --html law-site
    """


def assembled_from(folder: Path | None) -> "Assembled":
    """The pages of a folder, or those shipped with the package, invented ones included."""
    from safeconduct.packs.assembly import assemble
    from safeconduct.packs.store import load_folder, packaged_pages

    return load_folder(folder) if folder is not None else assemble(packaged_pages(with_invented=True))


def corpus_from(folder: Path | None) -> "Corpus":
    """The law of a folder; or the law shipped with the package, without the invented jurisdiction."""
    from safeconduct.packs.store import compiled, load_corpus, pages_in

    return load_corpus() if folder is None else compiled(pages_in(folder))


def echo(lines: Iterator[Line]) -> None:
    """Print lines; only a terminal gets bold."""
    bold = sys.stdout.isatty()
    for line in lines:
        click.echo(click.style(line.text, bold=True) if bold and line.strong else line.text)


# --- list ------------------------------------------------------------------------------------------------------


@law.command("list")
@_FORMAT
@_FOLDER
def list_command(*, form: str, folder: Path | None) -> None:
    r"""List all provisions, page by page.

    \b
    Examples:
      safeconduct law list
      safeconduct law list --format json
    """
    corpus = corpus_from(folder)
    if form == "json":
        click.echo(json.dumps(_listed(corpus), ensure_ascii=False, indent=1))
        return
    echo(_list_lines(corpus))


def _listed(corpus: "Corpus") -> dict[str, Any]:
    provisions = [
        {
            "id": provision.id,
            "kind": provision.kind.value,
            "title": provision.title,
            "confidence": provision.confidence.value,
            "from": str(provision.span.first) if provision.span.first else None,
            "until": str(provision.span.last) if provision.span.last else None,
            "page": provision.place.name,
        }
        for provision in corpus.provisions.values()
    ]
    reviewed = {name: str(day) for name, day in corpus.reviewed_until.items()}
    return {"corpus": corpus.digest, "reviewed_until": reviewed, "provisions": provisions}


def _list_lines(corpus: "Corpus") -> Iterator[Line]:
    page = ""
    for provision in corpus.provisions.values():
        if provision.place.name != page:
            page = provision.place.name
            yield from heading(page)
        yield from entry(provision.id, f"{provision.title} ({provision.kind.value})", indent=0, strong=False)
    yield Line(text="")
    yield from paragraph(
        f"{len(corpus.provisions)} provisions, drafts that no lawyer has read. Corpus {corpus.digest}."
    )


# --- show ------------------------------------------------------------------------------------------------------


@law.command()
@click.argument("name", metavar="ID")
@_FORMAT
@_FOLDER
def show(*, name: str, form: str, folder: Path | None) -> None:
    r"""Show one provision as its page has it: words, clauses, sources, cases.

    \b
    Examples:
      safeconduct law show RU-CON-01
      safeconduct law show KZ-STAY-2 --format json
    """
    from safeconduct.cli.article import article_of
    from safeconduct.cli.article_text import article_json, article_lines

    assembled = assembled_from(folder)
    if name not in assembled.corpus.provisions:
        raise _no_such(name, assembled.corpus)
    article = article_of(assembled, name)
    if form == "json":
        click.echo(json.dumps(article_json(article), ensure_ascii=False, indent=1))
        return
    echo(article_lines(article))


def _no_such(name: str, corpus: "Corpus") -> QuestionError:
    from difflib import get_close_matches

    near = get_close_matches(name.upper(), list(corpus.provisions), n=1)
    hint = f"write {near[0]}; " if near else ""
    return QuestionError("there is no provision of that id", remedy=f"{hint}safeconduct law list shows all ids")


# --- check -----------------------------------------------------------------------------------------------------


@law.command()
@click.option("--mutate", is_flag=True, help="Also change the law in small ways and see whether a case notices.")
@click.option("--page", help="With --mutate: only pages whose name begins so, such as ru/53-fz.")
@_FORMAT
@_FOLDER
def check(*, mutate: bool, page: str | None, form: str, folder: Path | None) -> None:
    r"""Check the pages and run their cases; ends with 1 if there are faults.

    \b
    Examples:
      safeconduct law check
      safeconduct law check --folder my/pages
      safeconduct law check --mutate --page ru/53-fz
    """
    from safeconduct.packs.checking import check as check_pages

    assembled = assembled_from(folder)
    report = check_pages(assembled)
    found: tuple[PageScore, ...] | None = None
    if mutate and not report.faults:
        from safeconduct.cli.mutating import scored

        found = scored(assembled, report.cases, page or "", show=form == "text")
    if form == "json":
        click.echo(json.dumps(_check_json(report, found), ensure_ascii=False, indent=1))
    else:
        for line in _check_lines(report, found, asked=mutate):
            click.echo(line)
    sys.exit(FAULTS_FOUND if report.faults or not _enough(found) else 0)


def _enough(found: "tuple[PageScore, ...] | None") -> bool:
    from safeconduct.packs.mutation import ENOUGH, whole_share

    return found is None or whole_share(found) >= ENOUGH


def _check_json(report: "CheckReport", found: "tuple[PageScore, ...] | None") -> dict[str, Any]:
    whole: dict[str, Any] = {
        "faults": [_fault_json(fault) for fault in report.faults],
        "warnings": [_fault_json(fault) for fault in report.warnings],
        "cases": len(report.cases),
        "beyond_columns": list(report.beyond_columns),
    }
    if found is not None:
        whole["mutants"] = [
            {
                "page": score.page,
                "noticed": score.noticed,
                "survivors": [
                    {"line": mutant.place.line, "of": mutant.owner, "what": mutant.what} for mutant in score.survivors
                ],
            }
            for score in found
        ]
    return whole


def _fault_json(fault: "Fault") -> dict[str, Any]:
    place = fault.place
    return {
        "code": fault.code,
        "page": place.name,
        "line": place.line,
        "column": place.column,
        "message": fault.message,
        "hint": fault.hint,
    }


def _check_lines(report: "CheckReport", found: "tuple[PageScore, ...] | None", *, asked: bool) -> Iterator[str]:
    yield from (str(fault) for fault in report.faults)
    yield from (f"warning: {fault}" for fault in report.warnings[:SHOWN_WARNINGS])
    if len(report.warnings) > SHOWN_WARNINGS:
        yield f"... and {len(report.warnings) - SHOWN_WARNINGS} more warnings; --format json shows all"
    yield (
        f"{len(report.faults)} faults, {len(report.warnings)} warnings, {len(report.cases)} cases, "
        f"{len(report.beyond_columns)} provisions that many people at once may leave unknown"
    )
    if asked and found is None:
        yield "The law was not changed: first mend the faults above."
    if found is not None:
        yield from _score_lines(found)


def _score_lines(found: "tuple[PageScore, ...]") -> Iterator[str]:
    from safeconduct.packs.mutation import ENOUGH, whole_share

    for score in found:
        whole = score.noticed + len(score.survivors)
        yield f"{score.share:7.1%}  {score.noticed:5} of {whole:5}  {score.page}"
        for mutant in score.survivors:
            yield f"         {mutant.place}: {mutant.owner}: {mutant.what}, and no case notices"
    share = whole_share(found)
    verdict = "enough" if share >= ENOUGH else f"too few: {ENOUGH:.0%} are needed; add cases for the lines above"
    yield f"{share:.1%} of all slips are noticed: {verdict}"


# --- coverage --------------------------------------------------------------------------------------------------


@law.command("coverage")
@_FORMAT
def coverage_command(*, form: str) -> None:
    r"""Say what became of each row of the dossiers; ends with 1 if one is missing.

    \b
    Examples:
      safeconduct law coverage
      safeconduct law coverage --format json
    """
    from safeconduct.cli.coverage_text import coverage_json, coverage_lines
    from safeconduct.packs.coverage import coverage, is_enough

    assembled = assembled_from(None)
    if assembled.faults:
        raise QuestionError("the pages have faults", remedy="safeconduct law check lists them; mend them first")
    found = coverage(assembled)
    if form == "json":
        click.echo(json.dumps(coverage_json(found), ensure_ascii=False, indent=1))
    else:
        echo(coverage_lines(found))
    sys.exit(0 if is_enough(found) else FAULTS_FOUND)


# --- export ----------------------------------------------------------------------------------------------------


@law.command()
@click.option(
    "--html",
    "target",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder to make; it must be new or empty.",
)
@_FOLDER
def export(*, target: Path, folder: Path | None) -> None:
    r"""Make a small static site of the law: pages, facts, questions, review sheets.

    It has no script and asks nothing from elsewhere; index.html opens from the disk.

    \b
    Examples:
      safeconduct law export --html law-site
      safeconduct law export --html law-site --folder my/pages
    """
    from safeconduct.cli.law_site import write_site

    pages = write_site(target, folder)
    click.echo(f"{pages} files. Open index.html in a browser; the review sheets stand in sheets/.")
