"""A member at work beside a desk that is served: signs in and writes planted strings wherever a member writes anything.

Run as a program with JSON on standard input: folder, login, password, totp, colleague, and strings to plant.
"""

import json
import sys
from base64 import b32decode
from datetime import timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

from safeconduct.desk.operating import starting

OF_A_CASE = 11


class Enclosed:
    """A file as a form gives it."""

    def __init__(self, name, content):
        self.name, self.content = name, content

    def chunks(self):
        yield self.content


def main():
    told = json.load(sys.stdin)
    starting.begin(Path(told["folder"]))
    sys.stdout.write(str(plant(told, iter(told["strings"]))))


def signed_in(told, now):
    from safeconduct.desk.members.actions.begin_sign_in import begin_sign_in
    from safeconduct.desk.members.actions.finish_sign_in import finish_sign_in
    from safeconduct.desk.members.actor import Actor
    from safeconduct.desk.members.models import Member
    from safeconduct.desk.members.roles import from_text
    from safeconduct.desk.members.totp import code_at, step_of
    from safeconduct.values.secret import Secret

    token = begin_sign_in(login=told["login"], password=Secret(told["password"]), now=now)
    code = code_at(Secret(b32decode(told["totp"])), step_of(now))
    done = finish_sign_in(token=token, code=code, now=now)
    roles = from_text(Member.objects.get(pk=done.member).roles)
    return Actor(member=done.member, roles=roles, private=done.private, is_fresh=True)


def plant(told, strings):
    """Write planted strings, eleven into each case that is held, until there are none left; how many were written."""
    from safeconduct.desk.cases.actions.assign import refer
    from safeconduct.desk.cases.actions.dues import set_due
    from safeconduct.desk.cases.actions.handle import name_case, take_over
    from safeconduct.desk.cases.actions.list_cases import held
    from safeconduct.desk.cases.actions.people import Told, add_person, set_facts
    from safeconduct.desk.cases.actions.position import save_position
    from safeconduct.desk.cases.actions.withdraw import withdraw
    from safeconduct.desk.cases.actions.write_as_member import write_as_member, write_note
    from safeconduct.desk.cases.form_token import issue
    from safeconduct.desk.cases.values import Consent
    from safeconduct.desk.project.clock import now

    at = now()
    token = lambda: issue(now=at - timedelta(minutes=1))  # noqa: E731 -- a word for the lines below
    actor = signed_in(told, at)
    written = 0
    for summary in held(actor):
        these = list(islice(strings, OF_A_CASE))
        if len(these) < OF_A_CASE:
            break
        case = summary.case
        take_over(actor, case=case, now=at)
        name_case(actor, case=case, label=these[0], now=at)
        files = (Enclosed(these[1], these[2].encode()),)
        write_as_member(actor, case=case, text=these[3], files=files, token=token(), now=at)
        write_note(actor, case=case, text=these[4], token=token(), now=at)
        person = add_person(actor, case=case, pseudonym=these[5], consent=Consent.KNOWN, now=at)
        event = {"event": "left_unit", "on": "2022-10", "assumed": these[9]}
        facts = Told(facts={"sex": {"is": "male", "assumed": these[6]}}, events=((None, event),))
        set_facts(actor, case=case, person=person, told=facts, said_by=these[7], on=at.date(), now=at)
        set_due(actor, case=case, on=at.date(), text=these[8], now=at)
        if not written:
            # The answers of a saved position repeat what was assumed. One will do: it takes a second.
            save_position(actor, case=case, person=person, on=at.date(), now=at)
        # The colleague reads the channel too, so goes first: to new keys, and back by the referral.
        withdraw(actor, case=case, member=UUID(told["colleague"]), now=at)
        refer(actor, case=case, member=UUID(told["colleague"]), reason=these[10], now=at)
        written += OF_A_CASE
    return written


if __name__ == "__main__":
    main()
