"""A position beside the last one that was saved, and a position on paper."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from safeconduct.desk.cases.actions.compare_position import compare_position
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.print_position import print_position
from safeconduct.desk.cases.law import law_in_use
from safeconduct.desk.cases.law_words import position_in, translated, words_in
from safeconduct.desk.members.actor import Actor
from safeconduct.desk.office.answering import page_for_members, tried
from safeconduct.desk.office.case_forms import DayForm
from safeconduct.desk.office.case_page import case_page, names_of, person_in
from safeconduct.desk.office.compared_page import differences_of, told_since
from safeconduct.desk.office.law_on_page import law_on_page
from safeconduct.desk.office.printed_page import paper_of
from safeconduct.desk.office.sentences import CONTRADICTS, INCOMPLETE, PROBLEMS
from safeconduct.desk.office.telling_words import words_of_page
from safeconduct.desk.office.warned import warned
from safeconduct.desk.project.clock import now, today
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.values.errors import SituationError


@page_for_members("GET", "POST", works_out=True)
def compare(request: HttpRequest, actor: Actor, case: UUID, position: UUID) -> HttpResponse:
    """What changed since a position was saved: because of the law, of what was told, or of the day."""
    opened = open_case(actor, case=case)
    saved = next((one for one in opened.positions if one.id == position), None)
    if saved is None:
        raise RefusedError(Reason.NOT_HERE)
    person = person_in(opened, saved.person)
    form = DayForm(request.POST or None, initial={"on": today()})
    is_day = request.method == "POST" and form.is_valid()
    on = form.cleaned_data["on"] if is_day else today()
    values: dict[str, object] = {"person": person, "saved": saved, "form": form, "on": on}
    try:
        compared = compare_position(actor, case=case, position=position, on=on)
    except SituationError:
        return case_page(request, actor, "compare", opened, values, problem=CONTRADICTS)
    values |= {
        "compared": compared,
        "differences": differences_of(compared, law_in_use(), words_in(get_language())),
        "told_since": told_since(compared, person, words_of_page()),
    }
    problem = INCOMPLETE if request.method == "POST" and not is_day else ""
    return case_page(request, actor, "compare", opened, values, problem=problem)


@page_for_members("POST", stands_on="position", works_out=True)
def on_paper(request: HttpRequest, actor: Actor, case: UUID, person: UUID) -> HttpResponse:
    """A position with all its reasons and sources, to be printed; noted in the trail. The day stands in no address."""
    form = DayForm(request.POST)

    def refused(problem: object) -> HttpResponse:
        opened = open_case(actor, case=case)
        values = {"person": person_in(opened, person), "form": DayForm(initial={"on": today()}), "on": today()}
        return case_page(request, actor, "position", opened, values, problem=problem)

    if not form.is_valid():
        return refused(INCOMPLETE)
    on, moment = form.cleaned_data["on"], now()
    try:
        done = tried(lambda: print_position(actor, case=case, person=person, on=on, now=moment))
    except SituationError:
        return refused(CONTRADICTS)
    if isinstance(done, Reason):
        return refused(PROBLEMS[done])
    found, told = position_in(done, get_language()), person_in(open_case(actor, case=case), person)
    law = law_on_page()
    values = {
        "id": case,
        "person": told,
        "found": found,
        "paper": paper_of(found, told, law),
        "warned": warned(done.warnings, translated(get_language(), grave=True), get_language()),
        "changes": [(change, law.title(change.id), law.cause(change.cause)) for change in found.changes],
        "names": names_of(actor),
        "by": actor.member,
        "at": moment,
    }
    return render(request, "office/printed_position.html", values)
