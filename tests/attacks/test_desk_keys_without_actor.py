"""No action is open because its actor was forgotten: every one of them is called with nobody."""

import inspect
import pkgutil
from importlib import import_module
from uuid import UUID, uuid4

import pytest

from safeconduct.desk.cases import actions as case_actions
from safeconduct.desk.cases.actions.close import Outcome
from safeconduct.desk.cases.actions.people import Told
from safeconduct.desk.cases.models import Case, Channel, Record
from safeconduct.desk.cases.values import Consent, Opinion
from safeconduct.desk.keyring.models import DataKey, Grant, MemberKeys
from safeconduct.desk.members import actions as member_actions
from safeconduct.desk.members.actions.add_key import Answer
from safeconduct.desk.members.models import CustodianSet, Invitation, Member, SystemTrail
from safeconduct.desk.members.roles import Role
from safeconduct.desk.refusals import RefusedError
from safeconduct.values.secret import Secret
from safeconduct.vault.members import RecoveryCode
from tests.desk.builders import NOW, TODAY, a_case, a_form, a_member

TABLES = (Case, Channel, CustodianSet, DataKey, Grant, Invitation, Member, MemberKeys, Record, SystemTrail)
ACTORS = {"actor", "operator"}
USUAL = {
    "now": NOW, "text": "x", "name": "x", "label": "x", "reason": "x", "what": "sex", "pseudonym": "x", "said_by": "x",
    "consent": Consent.KNOWN, "opinion": Opinion.AGREED, "outcome": Outcome.HELPED, "roles": frozenset({Role.LAWYER}),
    "told": Told(facts={"sex": "male"}), "finding": "RU-AGE-02", "is_open": False, "number": 1,
    "on": TODAY, "until": TODAY, "law": "x", "positions": frozenset(),
    "password": Secret("x"), "old": Secret("x"), "new": Secret("kestrel over the water"),
    "host": "localhost", "answer": Answer(token=Secret("x"), text="{}", name="x", host="localhost"),
    "typed": RecoveryCode.new().digits(),
}  # fmt: skip


def actions():
    """Every public function of the actions whose first argument is an actor."""
    found = {}
    for package in (case_actions, member_actions):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            members = inspect.getmembers(import_module(module.name), inspect.isfunction)
            for name, function in members:
                first = next(iter(inspect.signature(function).parameters), "")
                if function.__module__ == module.name and not name.startswith("_") and first in ACTORS:
                    found[f"{module.name.rpartition('.')[2]}.{name}"] = function
    return found


def argument(parameter, case, member):
    if parameter.name in USUAL:
        return USUAL[parameter.name]
    if parameter.name == "token":
        return a_form()
    if parameter.name == "members":
        return (member, member, member)
    if parameter.annotation in {UUID, "UUID"}:
        return {"case": case, "member": member}.get(parameter.name) or uuid4()
    raise AssertionError(f"say what {parameter.name} usually is")


def rows():
    return {table: list(table.objects.order_by("pk").values()) for table in TABLES}


@pytest.mark.security
@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("name", sorted(actions()))
def test_an_action_without_an_actor_does_nothing(name):
    function, anna = actions()[name], a_member()
    case, _ = a_case(anna, a_member())
    parameters = list(inspect.signature(function).parameters.values())[1:]
    needed = [one for one in parameters if one.default is inspect.Parameter.empty]
    arguments = {one.name: argument(one, case, anna.member) for one in needed}
    before = rows()
    with pytest.raises((RefusedError, AttributeError)):
        function(None, **arguments)
    assert rows() == before


@pytest.mark.security
def test_the_actions_are_found():
    assert len(actions()) > 45
