"""`safeconduct law export`: the site of the law as files, made beside and put in place whole."""

import shutil
import tempfile
from pathlib import Path

from rich.progress import Progress

from safeconduct.packs.assembly import Assembled, assemble
from safeconduct.packs.cases import Result, run
from safeconduct.packs.checking import cases_of
from safeconduct.packs.site.site import site
from safeconduct.packs.store import faulty, load_folder, packaged_pages
from safeconduct.values.errors import QuestionError

_STEP = 100
"""So many cases are put to the law between two looks at the bar."""


def write_site(target: Path, folder: Path | None) -> int:
    """Make the site.

    Args:
        target: The folder to make; new or empty.
        folder: Pages of this folder instead of those shipped with the package.
    Returns:
        How many files it has.
    Raises:
        QuestionError: If the folder holds something, or cannot be written.
        LawPackError: If the pages have faults.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise QuestionError(
            "the folder holds something already",
            remedy="name a new folder, or empty it yourself: nothing is overwritten",
            code="SITE01",
        )
    assembled = load_folder(folder) if folder is not None else assemble(packaged_pages())
    if assembled.faults:
        raise faulty(assembled.faults)
    results = _results(assembled)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Made beside and moved: whoever stops us leaves no half of a site under its name.
        with tempfile.TemporaryDirectory(prefix=".law-site-", dir=target.parent) as beside:
            made = Path(beside) / "site"
            number = _written(made, assembled, results)
            if target.exists():
                target.rmdir()
            shutil.move(made, target)
    except OSError:
        raise QuestionError(
            "the folder cannot be written", remedy="check its permissions and the space on the disk", code="SITE02"
        ) from None
    return number


def _results(assembled: Assembled) -> list[Result]:
    cases, _ = cases_of(assembled)
    results: list[Result] = []
    with Progress(transient=True) as progress:
        bar = progress.add_task("Putting the cases to the law", total=len(cases))
        for start in range(0, len(cases), _STEP):
            results += run(assembled.corpus, cases[start : start + _STEP])[0]
            progress.advance(bar, _STEP)
    return results


def _written(made: Path, assembled: Assembled, results: list[Result]) -> int:
    number = 0
    for name, content in site(assembled, results):
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        number += 1
    return number
