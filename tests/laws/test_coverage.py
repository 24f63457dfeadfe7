"""Every row of the dossiers stands on a page, or is left out with a reason; the facts are shared among findings."""

from safeconduct.packs.assembly import assemble
from safeconduct.packs.coverage import MOST_UNTRANSLATABLE, Treatment, coverage, is_enough
from safeconduct.packs.store import packaged_pages

FOUND = coverage(assemble(packaged_pages()))


def test_no_row_of_the_dossiers_is_missing() -> None:
    assert [row.id for row in FOUND.rows if row.treatment is Treatment.MISSING] == []
    assert is_enough(FOUND)


def test_what_is_left_out_has_a_reason_and_what_a_lawyer_must_answer_a_question() -> None:
    silent = {Treatment.LEFT_OUT, Treatment.UNTRANSLATABLE}
    assert [row.id for row in FOUND.rows if row.treatment in silent and not row.reason] == []
    assert 0 < FOUND.untranslatable_share <= MOST_UNTRANSLATABLE


def test_at_most_a_third_of_the_facts_serve_one_finding_only() -> None:
    assert len(FOUND.used_once) <= FOUND.facts / 3
