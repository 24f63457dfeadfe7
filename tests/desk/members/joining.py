"""Members who joined in the desk's own way: by a link, with a password, a telephone and a printed code."""

from dataclasses import dataclass

from safeconduct.desk.members.actions.accept_invitation import accept_invitation
from safeconduct.desk.members.actions.begin_sign_in import begin_sign_in
from safeconduct.desk.members.actions.confirm_enrolment import confirm_enrolment
from safeconduct.desk.members.actions.finish_sign_in import finish_sign_in
from safeconduct.desk.members.actions.invite_member import first_administrator, invite_member
from safeconduct.desk.members.actor import Actor, Operator
from safeconduct.desk.members.models import Member
from safeconduct.desk.members.roles import Role, from_text
from safeconduct.desk.members.totp import code_at, step_of
from safeconduct.values.secret import Secret
from tests.desk.builders import LATER, NOW

PASSWORD = "kestrel over the water"


@dataclass(frozen=True)
class Joined:
    """What a member has in their hands."""

    login: str
    password: str
    totp: Secret
    printed: str
    actor: Actor


def as_actor(signed_in, *, fresh=True):
    roles = from_text(Member.objects.get(pk=signed_in.member).roles)
    return Actor(member=signed_in.member, roles=roles, private=signed_in.private, is_fresh=fresh)


def secret_in(enrolment):
    from base64 import b32decode

    return Secret(b32decode(enrolment.totp_secret.reveal()))


def joined_by(link, login, *, password=PASSWORD, now=NOW):
    enrolment = accept_invitation(link=link, login=login, password=Secret(password), now=now)
    totp = secret_in(enrolment)
    signed_in = confirm_enrolment(token=enrolment.token, code=code_at(totp, step_of(now)), now=now)
    return Joined(login, password, totp, enrolment.recovery_code.reveal(), as_actor(signed_in))


def an_administrator(login="root of the desk"):
    return joined_by(first_administrator(Operator(), now=NOW), login)


def a_joined(admin, login="anna", *roles):
    link = invite_member(admin.actor, name=login.title(), roles=frozenset(roles or (Role.CASEWORKER,)), now=NOW)
    return joined_by(link, login)


def sign_in(joined, *, password=None, now=LATER):
    token = begin_sign_in(login=joined.login, password=Secret(password or joined.password), now=now)
    return as_actor(finish_sign_in(token=token, code=code_at(joined.totp, step_of(now)), now=now))
