"""Fills an empty desk with an invented organisation, in a process of its own, and tells what its members have in hand.

python bench/desk_staff.py FOLDER MEMBERS [CASES] [OFFLINE_PUBLIC_BASE64]
"""

import json
import sys
from base64 import b32decode, b64decode
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run by its path

from safeconduct.desk.operating import starting  # noqa: E402 -- found by the line above

PASSWORD = "kestrel over the water"  # noqa: S105 -- of invented people


def main(folder: str, members: str, cases: str = "0", offline: str = "") -> None:
    """Make members, one channel that all of them read, and cases."""
    starting.make(Path(folder))
    starting.begin(Path(folder))
    starting.bring_up_to_date()
    print(json.dumps(_made(int(members), int(cases), b64decode(offline))))


def _made(members: int, cases: int, offline: bytes) -> dict[str, object]:
    # What knows the tables can be imported only when Django is set up.
    from safeconduct.desk.cases.actions.channels import make_channel, set_channel_members  # noqa: PLC0415
    from safeconduct.desk.cases.actions.take_in import Intake, take_in  # noqa: PLC0415
    from safeconduct.desk.cases.form_token import issue  # noqa: PLC0415
    from safeconduct.desk.members.actions.invite_member import first_administrator, invite_member  # noqa: PLC0415
    from safeconduct.desk.members.actor import Operator  # noqa: PLC0415
    from safeconduct.desk.members.roles import Role  # noqa: PLC0415
    from safeconduct.desk.operating.terminal import at_the_terminal  # noqa: PLC0415
    from safeconduct.desk.project.clock import now  # noqa: PLC0415

    at = now()
    told = [_joined(first_administrator(Operator(), now=at), "admin", at)]
    for number in range(members):
        link = invite_member(at_the_terminal(), name=f"Member {number}", roles=frozenset({Role.CASEWORKER}), now=at)
        told.append(_joined(link, f"member-{number}", at))
    channel = make_channel(Operator(), name="Help", offline_public=offline, now=at)
    readers = [UUID(str(one["member"])) for one in told[1:]]
    set_channel_members(Operator(), channel=channel, members=readers, now=at)
    codes = []
    for number in range(cases):
        text = f"Invented message {number} about a summons in Almaty"
        intake = Intake(channel=channel, text=text, language="ru")
        taken = take_in(intake, token=issue(now=at - timedelta(minutes=1)), now=at)
        codes.append(taken.codename.digits().reveal())
    people = [{**one, "member": str(one["member"])} for one in told]
    return {"channel": str(channel), "people": people, "codes": codes}


def _joined(link: object, login: str, at: datetime) -> dict[str, object]:
    from safeconduct.desk.members.actions.accept_invitation import accept_invitation  # noqa: PLC0415
    from safeconduct.desk.members.actions.confirm_enrolment import confirm_enrolment  # noqa: PLC0415
    from safeconduct.desk.members.actions.print_code import prove_code  # noqa: PLC0415
    from safeconduct.desk.members.actor import Actor  # noqa: PLC0415
    from safeconduct.desk.members.totp import code_at, step_of  # noqa: PLC0415
    from safeconduct.values.secret import Secret  # noqa: PLC0415

    assert isinstance(link, Secret)  # noqa: S101 -- for the type checker
    enrolment = accept_invitation(link=link, login=login, password=Secret(PASSWORD), now=at)
    totp = Secret(b32decode(enrolment.totp_secret.reveal()))
    signed_in = confirm_enrolment(token=enrolment.token, code=code_at(totp, step_of(at) - 1), now=at)
    actor = Actor(member=signed_in.member, roles=frozenset(), private=signed_in.private)
    prove_code(actor, typed=enrolment.recovery_code)
    return {
        "login": login,
        "password": PASSWORD,
        "totp": enrolment.totp_secret.reveal(),
        "printed": enrolment.recovery_code.reveal(),
        "member": signed_in.member,
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
