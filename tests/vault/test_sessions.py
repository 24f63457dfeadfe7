"""A stolen table of sessions opens nothing and leads to no session."""

import pytest

from safeconduct.values.secret import Secret
from safeconduct.vault.errors import CannotOpenError
from safeconduct.vault.sessions import keep_in_session, new_session_id, session_keys, take_from_session
from tests.vault.builders import ANNA, BORIS, a_key

pytestmark = pytest.mark.security


def test_a_session_gives_back_what_it_kept():
    keys = session_keys(a_key(1))
    kept = keep_in_session(Secret(b"seed" * 8), keys=keys, owner=ANNA)
    assert take_from_session(kept, keys=session_keys(a_key(1)), owner=ANNA).reveal() == b"seed" * 8


def test_another_session_or_owner_does_not_get_it():
    kept = keep_in_session(Secret(b"seed"), keys=session_keys(a_key(1)), owner=ANNA)
    with pytest.raises(CannotOpenError):
        take_from_session(kept, keys=session_keys(a_key(2)), owner=ANNA)
    with pytest.raises(CannotOpenError):
        take_from_session(kept, keys=session_keys(a_key(1)), owner=BORIS)


def test_the_key_of_the_row_is_neither_the_id_nor_the_key_of_what_is_kept():
    session_id = new_session_id()
    keys = session_keys(session_id)
    assert len({session_id.reveal(), keys.lookup, keys.key.reveal()}) == 3
    kept = keep_in_session(Secret(b"seed"), keys=keys, owner=ANNA)
    stolen = session_keys(Secret(keys.lookup))
    with pytest.raises(CannotOpenError):
        take_from_session(kept, keys=stolen, owner=ANNA)


def test_session_ids_are_256_random_bits():
    made = {new_session_id().reveal() for _ in range(20)}
    assert len(made) == 20
    assert {len(session_id) for session_id in made} == {32}


def test_a_short_session_id_is_refused():
    with pytest.raises(ValueError, match="at least 32 bytes"):
        session_keys(Secret(b"short"))
