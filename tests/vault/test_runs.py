"""The state of a run of the check: it opens for its site and its run, and its length tells nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.vault.binding import OwnerPlace, Purpose
from safeconduct.vault.envelope import derive, encrypt
from safeconduct.vault.errors import CannotOpenError, TooLargeError
from safeconduct.vault.runs import LONGEST_STATE, SEALED_BYTES, new_run_id, open_run, seal_run
from safeconduct.vault.site import SiteKeys
from tests.vault.builders import a_key, an_id

SITE, OTHER_SITE = SiteKeys.of(a_key(99)), SiteKeys.of(a_key(98))
RUN, OTHER_RUN = an_id(1), an_id(2)


@given(st.binary(max_size=LONGEST_STATE))
def test_a_state_comes_back_and_every_one_is_as_long_as_any_other(state):
    sealed = seal_run(SITE, state, run=RUN)
    assert open_run(SITE, sealed, run=RUN) == state
    assert len(sealed) == SEALED_BYTES


def test_a_state_that_is_too_long_is_refused():
    assert len(seal_run(SITE, bytes(LONGEST_STATE), run=RUN)) == SEALED_BYTES
    with pytest.raises(TooLargeError):
        seal_run(SITE, bytes(LONGEST_STATE + 1), run=RUN)


#   what is another   site          run
OTHERS = [
    ("the site",      OTHER_SITE,   RUN),
    ("the run",       SITE,         OTHER_RUN),
]  # fmt: skip


@pytest.mark.security
@pytest.mark.parametrize(("what", "site", "run"), OTHERS, ids=[what for what, *_ in OTHERS])
def test_a_state_opens_for_its_site_and_its_run_alone(what, site, run):
    with pytest.raises(CannotOpenError):
        open_run(site, seal_run(SITE, b"told", run=RUN), run=run)


@pytest.mark.security
@given(st.integers(0, SEALED_BYTES - 1), st.integers(1, 255))
def test_a_changed_state_does_not_open(place, change):
    sealed = seal_run(SITE, b"told", run=RUN)
    changed = sealed[:place] + bytes((sealed[place] ^ change,)) + sealed[place + 1 :]
    with pytest.raises(CannotOpenError):
        open_run(SITE, changed, run=RUN)


#   what was padded otherwise        its bytes
FOREIGN = [
    ("too short",                    bytes(10)),
    ("a length beyond the padding",  b"\xff\xff" + bytes(2049)),
]  # fmt: skip


@pytest.mark.parametrize(("what", "padded"), FOREIGN, ids=[what for what, _ in FOREIGN])
def test_what_was_not_padded_here_does_not_open(what, padded):
    key = derive(SITE.field, info=b"safeconduct run key", salt=RUN.bytes)
    sealed = encrypt(key, padded, purpose=Purpose.RUN, binding=OwnerPlace(owner=RUN))
    with pytest.raises(CannotOpenError):
        open_run(SITE, sealed, run=RUN)


def test_ids_of_runs_are_fresh():
    assert len({new_run_id() for _ in range(20)}) == 20
