"""The way in for the first administrator: a one-time link, for as long as nobody administers the desk."""

from safeconduct.desk.members.actions.invite_member import USE, first_administrator
from safeconduct.desk.members.actor import Operator
from safeconduct.desk.members.models import Invitation
from safeconduct.desk.members.pending import token_keys
from safeconduct.desk.members.roles import Role, to_text
from safeconduct.desk.project.clock import now
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.values.secret import Secret


def link_for_first_administrator() -> Secret[str] | None:
    """The end of a one-time link; None once there is an administrator. A link that was printed before opens nothing."""
    try:
        link = first_administrator(Operator(), now=now())
    except RefusedError as refused:
        if refused.reason is not Reason.ROLES_CLASH:
            raise
        return None
    others = Invitation.objects.filter(member=None, roles=to_text({Role.ADMINISTRATOR}))
    others.exclude(pk=_lookup(link)).delete()
    return link


def _lookup(link: Secret[str]) -> str:
    return token_keys(link, use=USE).lookup.hex()
