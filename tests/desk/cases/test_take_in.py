import pytest

from safeconduct.desk.cases.actions.read_thread import read_thread
from safeconduct.desk.cases.actions.return_with_code import return_with_code
from safeconduct.desk.cases.actions.take_in import take_in
from safeconduct.desk.cases.models import Case, Record
from safeconduct.desk.cases.values import ForWhom
from safeconduct.desk.refusals import Reason, RefusedError
from tests.desk.builders import NOW, TODAY, TOMORROW, AFile, a_case, a_channel, a_contact, a_form, a_member, an_intake


@pytest.mark.usefixtures("desk")
def test_a_contact_writes_first_and_comes_back_with_the_code():
    _, codename = a_case(a_member(), text="Я в Алматы")
    thread = read_thread(a_contact(codename))
    assert [message.text for message in thread.messages] == ["Я в Алматы"]
    assert thread.messages[0].by is None
    assert (thread.language, thread.for_whom) == ("ru", ForWhom.SELF)


@pytest.mark.usefixtures("desk")
def test_the_same_form_sent_again_gives_the_same_code_and_writes_nothing():
    intake, token = an_intake(a_channel(a_member())), a_form()
    first = take_in(intake, token=token, now=NOW)
    again = take_in(intake, token=token, now=NOW)
    assert first.codename.digits().reveal() == again.codename.digits().reveal()
    assert Case.objects.count() == 1


@pytest.mark.usefixtures("desk")
def test_a_form_gives_its_code_no_more_once_the_contact_came_back_with_it():
    intake, token = an_intake(a_channel(a_member())), a_form()
    first = take_in(intake, token=token, now=NOW)
    a_contact(first.codename)
    with pytest.raises(RefusedError) as refused:
        take_in(intake, token=token, now=NOW)
    assert refused.value.reason is Reason.FORM_EXPIRED
    assert Case.objects.count() == 1


@pytest.mark.usefixtures("desk")
def test_words_open_the_thread_as_digits_do():
    from safeconduct.vault.wording import Language

    _, codename = a_case(a_member())
    visit = return_with_code(codename.words(Language.RUSSIAN), now=NOW)
    assert read_thread(visit.actor).messages


@pytest.mark.usefixtures("desk")
def test_the_day_of_the_previous_visit_is_shown():
    _, codename = a_case(a_member())
    assert return_with_code(codename.digits(), now=NOW).previous is None
    second = return_with_code(codename.digits(), now=TOMORROW)
    assert second.previous == TODAY
    assert read_thread(second.actor).previous_visit == TODAY


@pytest.mark.usefixtures("desk")
def test_files_come_with_the_first_message():
    _, codename = a_case(a_member(), files=(AFile(b"x" * 300_000, name="../../etc/passwd"),))
    (file,) = read_thread(a_contact(codename)).files
    assert (file.name, file.length) == ("passwd", 300_000)


#   what is wrong                         reason
REFUSED = [
    ({"text": "  \n "},                   Reason.NOTHING_SAID),
    ({"text": "x" * 50_001},              Reason.TOO_LONG),
    ({"files": tuple(AFile() for _ in range(6))}, Reason.TOO_MANY),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "reason"), REFUSED)
@pytest.mark.usefixtures("desk")
def test_what_cannot_be_taken_in_writes_nothing(changed, reason):
    channel = a_channel(a_member())
    with pytest.raises(RefusedError) as refused:
        take_in(an_intake(channel, **changed), token=a_form(), now=NOW)
    assert refused.value.reason is reason
    assert Case.objects.count() == Record.objects.count() == 0


@pytest.mark.usefixtures("desk")
def test_a_channel_that_nobody_reads_takes_nothing_in():
    with pytest.raises(RefusedError) as refused:
        take_in(an_intake(a_channel()), token=a_form(), now=NOW)
    assert refused.value.reason is Reason.NO_CHANNEL


def test_what_exceeds_the_budget_goes_to_the_queue_and_is_not_lost(desk, settings_of):
    from dataclasses import replace

    settings_of(replace(desk, intakes_a_minute=2))
    channel = a_channel(a_member())
    codes = [take_in(an_intake(channel), token=a_form(), now=NOW).codename for _ in range(5)]
    assert Case.objects.filter(in_queue=True).count() == 3
    assert all(read_thread(a_contact(code)).messages for code in codes)
