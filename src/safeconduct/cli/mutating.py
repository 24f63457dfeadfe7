"""Runs the slips of `law check --mutate` on a few processors, with a bar that shows how far it is."""

import multiprocessing
import os
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.progress import Progress

from safeconduct.packs.assembly import Assembled
from safeconduct.packs.cases import Case
from safeconduct.packs.mutation import Mutant, PageScore, Watch, mutants, scores

WORKERS = 2
_CHUNK = 8
_HELD: dict[str, tuple[Watch, list[Mutant]]] = {}


def scored(assembled: Assembled, cases: Sequence[Case], page: str, *, show: bool) -> tuple[PageScore, ...]:
    """How many slips the cases notice, for each page.

    Args:
        assembled: The pages, without faults.
        cases: Its cases; they meet it.
        page: Only slips in pages whose name begins so; "" for all.
        show: Whether a bar shows the progress, on standard error.
    """
    chosen = [mutant for mutant in mutants(assembled) if mutant.place.name.startswith(page)]
    # Workers are copies of this process: what they need is there already and nothing large is sent to them.
    _HELD["all"] = (Watch(assembled.corpus, cases), chosen)
    console = Console(file=sys.stderr)
    found: list[tuple[Mutant, bool]] = []
    workers = min(WORKERS, os.cpu_count() or 1)
    with (
        multiprocessing.get_context("fork").Pool(workers) as pool,
        Progress(console=console, disable=not (show and console.is_terminal), transient=True) as bar,
    ):
        task = bar.add_task("Changing the law", total=len(chosen))
        for index, noticed in pool.imap_unordered(_noticed, range(len(chosen)), chunksize=_CHUNK):
            bar.advance(task)
            if noticed is not None:
                found.append((chosen[index], noticed))
    return scores(sorted(found, key=_place))


def _place(pair: tuple[Mutant, bool]) -> tuple[str, int, str, str]:
    mutant = pair[0]
    return mutant.place.name, mutant.place.line, mutant.owner, mutant.what


def _noticed(index: int) -> tuple[int, bool | None]:
    """Whether a case notices the slip; None if it changes nothing for anybody."""
    watch, chosen = _HELD["all"]
    if watch.notices(chosen[index]):
        return index, True
    return index, None if watch.equivalent(chosen[index]) else False
