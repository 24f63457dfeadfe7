"""Cases of nobody: made at the start and now and then, so that the number of cases tells a thief less."""

import secrets
from datetime import datetime, timedelta

from safeconduct.desk.cases.channels import holders_of
from safeconduct.desk.cases.form_token import Form
from safeconduct.desk.cases.intake import Intake, made, write
from safeconduct.desk.cases.models import Channel
from safeconduct.desk.cases.values import CaseState
from safeconduct.desk.members.actor import Operator, require
from safeconduct.desk.project.configuration import in_use
from safeconduct.vault.codename import Codename
from safeconduct.vault.contacts import contact_keys
from safeconduct.vault.envelope import new_key

_LONGEST = 6_000
_DAYS = (30, 180)


def make_dummies(operator: Operator, *, number: int, now: datetime) -> None:
    """Make cases that look in the stores like any other, and go by themselves after some months.

    Their code is thrown away; members' lists leave them out.

    Args:
        operator: Whoever runs the server.
        number: How many, over all channels that somebody reads.
        now: The moment, in UTC.
    """
    require(operator, Operator)
    read = [(row, holders) for row in Channel.objects.all() if (holders := holders_of(row))]
    configuration = in_use()
    for _ in range(number if read else 0):
        channel, holders = secrets.choice(read)
        codename = Codename.new()
        keys = contact_keys(
            codename, site=configuration.keys, using=configuration.stretching, floor=configuration.contact_cost
        )
        intake = Intake(channel=channel.pk, text="-" * (1 + secrets.randbelow(_LONGEST)), language="en")
        new = made(
            intake,
            form=Form(nonce=new_key()),
            channel=channel,
            holders=holders,
            codename=(codename, keys),
            now=now,
            state=CaseState.DUMMY,
        )
        least, most = _DAYS
        new.case.shred_on = now.date() + timedelta(days=least + secrets.randbelow(most - least))
        write(new, now=now)
