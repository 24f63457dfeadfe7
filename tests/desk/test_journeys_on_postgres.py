"""The whole journey of a contact, and the day of a caseworker, once more where the stores lie on PostgreSQL."""

from tests.desk.contact.test_journey import (
    test_a_person_reads_an_answer_and_takes_a_file_that_was_sent,
    test_a_person_writes_again_with_files,
    test_a_person_writes_first_and_gets_the_code_after,
    test_a_slip_in_the_trial_shows_the_code_again_and_the_right_one_goes_on,
    test_closing_the_visit_leaves_the_conversation_as_it_is,
    test_ending_asks_first_and_then_erases_everything,
    test_going_back_and_sending_again_gives_the_same_code_and_one_case,
    test_the_code_opens_the_conversation_and_the_day_of_the_last_visit_is_told,
)
from tests.desk.contact.visiting import contact_site, open_site
from tests.desk.fixtures import desk_on_postgres as desk
from tests.desk.office.at_work import Page, office
from tests.desk.office.test_journey import test_a_caseworker_goes_from_sign_in_to_a_closed_case
from tests.desk.office.whole_case import a_whole_case, addresses

__all__ = [
    "contact_site",
    "desk",
    "office",
    "open_site",
    "test_a_caseworker_goes_from_sign_in_to_a_closed_case",
    "test_a_person_reads_an_answer_and_takes_a_file_that_was_sent",
    "test_a_person_writes_again_with_files",
    "test_a_person_writes_first_and_gets_the_code_after",
    "test_a_slip_in_the_trial_shows_the_code_again_and_the_right_one_goes_on",
    "test_closing_the_visit_leaves_the_conversation_as_it_is",
    "test_ending_asks_first_and_then_erases_everything",
    "test_going_back_and_sending_again_gives_the_same_code_and_one_case",
    "test_the_code_opens_the_conversation_and_the_day_of_the_last_visit_is_told",
]


def test_every_page_of_a_whole_case_opens_on_postgresql(office, desk):
    from django.db import connections

    assert connections["default"].vendor == connections["keyring"].vendor == "postgresql"
    anna = office.member("anna")
    parts = a_whole_case(office, anna)
    browser = office.browser(anna)
    seen = {name: browser.get(address) for name, address in addresses(parts).items()}
    assert {answer.status_code for answer in seen.values()} <= {200, 302, 404}
    assert sum(answer.status_code == 200 for answer in seen.values()) > 25
    assert "Call him on Monday" in Page(seen["notes"]).text
    assert "The man from Almaty" in Page(seen["thread"]).text
