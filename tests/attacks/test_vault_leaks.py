"""Secrets on their way out: in errors and their reports, in logs, in what is stored."""

import base64
import logging
import pickle
import traceback

import pytest

from safeconduct.values.secret import Secret
from safeconduct.vault.cases import CaseKey, Domain, open_grant
from safeconduct.vault.codename import Codename
from safeconduct.vault.contacts import contact_keys
from safeconduct.vault.errors import CodeError, VaultError
from safeconduct.vault.files import FileEncryptor, decrypt_file
from safeconduct.vault.members import RecoveryCode, open_password_slot, open_recovery_slot
from safeconduct.vault.passwords import check_password, set_password
from safeconduct.vault.records import decrypt_text, encrypt_text, open_data_key
from safeconduct.vault.sealing import PrivateKey
from safeconduct.vault.sessions import session_keys
from safeconduct.vault.site import SiteKeys
from safeconduct.vault.wording import Language
from tests.vault.builders import ANNA, CASE, TEST_COST, TEST_STRETCHING, a_key, a_place, a_private_key
from tests.vault.store import MESSAGE, NAME, NOTED, PASSWORD, SAID, everything_stored

pytestmark = pytest.mark.security
MARK = b"the-marked-key-of-thirty-two-byt"
TYPED = "кестрель-над-водой"


def marked():
    return Secret(MARK)


def wrong_password():
    check_password(None, Secret(TYPED), cost=TEST_COST, floor=TEST_COST)


def wrong_code_words():
    Codename.read(Secret(f"{TYPED} abacus"))


def wrong_code_digits():
    Codename.read(Secret("314159265358979323846264338"))


def wrong_recovery_code():
    open_recovery_slot(bytes(114), code=RecoveryCode(Secret(314159265358979323846264338)), member=ANNA)


def wrong_key_for_a_content():
    decrypt_text(marked(), encrypt_text(a_key(), b"text", a_place()), a_place())


def wrong_place_for_a_content():
    decrypt_text(marked(), encrypt_text(marked(), b"text", a_place()), a_place(epoch=2))


def wrong_key_for_a_data_key():
    open_data_key(CaseKey(case=CASE, domain=Domain.THREAD, epoch=1, key=marked()), bytes(114), MESSAGE)


def wrong_key_for_a_grant():
    private = PrivateKey(marked())
    open_grant(b"\x01\x05" + bytes(1200), case=CASE, domain=Domain.THREAD, epoch=1, holder=ANNA, private=private)


def wrong_key_for_a_slot():
    open_password_slot(bytes(114), key=marked(), member=ANNA)


def wrong_key_for_a_file():
    encryptor = FileEncryptor(a_key(), a_place())
    stored, seal = encryptor.finish()
    list(decrypt_file(marked(), [stored], seal=seal, place=a_place()))


def broken_file():
    encryptor = FileEncryptor(marked(), a_place())
    stored, seal = encryptor.finish()
    list(decrypt_file(marked(), [stored[:-1]], seal=seal, place=a_place()))


def cost_too_low():
    set_password(Secret(TYPED), cost=TEST_COST)


def cost_too_low_for_a_code():
    codename = Codename(Secret(314159265358979323846264))
    contact_keys(codename, site=SiteKeys.of(marked()), using=TEST_STRETCHING)


FAILURES = [
    wrong_password, wrong_code_words, wrong_code_digits, wrong_recovery_code, wrong_key_for_a_content,
    wrong_place_for_a_content, wrong_key_for_a_data_key, wrong_key_for_a_grant, wrong_key_for_a_slot,
    wrong_key_for_a_file, broken_file, cost_too_low, cost_too_low_for_a_code,
]  # fmt: skip


@pytest.mark.parametrize("fail", FAILURES, ids=lambda fail: fail.__name__)
def test_no_error_and_no_report_with_all_local_names_shows_a_secret(fail):
    with pytest.raises(VaultError) as caught:
        fail()
    error = caught.value
    reported = traceback.TracebackException.from_exception(error, capture_locals=True)
    # The frames of this test hold the planted values; those of the vault must not.
    inside = [frame for frame in reported.stack if "safeconduct" in frame.filename]
    shown = "\n".join(
        [str(error), repr(error), repr(error.args), repr(vars(error))]
        + [f"{name} = {value}" for frame in inside for name, value in (frame.locals or {}).items()]
    )
    assert inside
    for secret in (MARK.decode(), MARK.hex(), TYPED, "кестрель", "31415926", base64.b64encode(MARK).decode()):
        assert secret not in shown


@pytest.mark.parametrize("fail", FAILURES, ids=lambda fail: fail.__name__)
def test_no_error_carries_another_error_with_it(fail):
    with pytest.raises(VaultError) as caught:
        fail()
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_a_wrong_key_and_broken_data_are_told_apart_by_nothing():
    said = set()
    for fail in (
        wrong_key_for_a_content,
        wrong_place_for_a_content,
        wrong_key_for_a_grant,
        broken_file,
        wrong_password,
    ):
        with pytest.raises(VaultError) as caught:
            fail()
        said.add((type(caught.value), str(caught.value), caught.value.args, caught.value.code))
    assert len(said) == 1


@pytest.mark.parametrize("fail", FAILURES, ids=lambda fail: fail.__name__)
def test_nothing_is_logged(fail, caplog, capfd):
    with caplog.at_level(logging.DEBUG), pytest.raises(VaultError):
        fail()
    assert caplog.text == ""
    assert capfd.readouterr() == ("", "")


HOLDERS = [
    PrivateKey(marked()),
    SiteKeys.of(marked()),
    CaseKey(case=CASE, domain=Domain.THREAD, epoch=1, key=marked()),
    Codename(Secret(314159265358979323846264)),
    RecoveryCode(Secret(314159265358979323846264)),
    session_keys(marked()),
]


@pytest.mark.parametrize("holder", HOLDERS, ids=lambda holder: type(holder).__name__)
def test_no_value_that_holds_a_secret_is_pickled_or_shown(holder):
    with pytest.raises(TypeError):
        pickle.dumps(holder)
    assert "the-marked-key" not in repr(holder)
    assert "31415926" not in repr(holder)


def test_nothing_that_was_told_can_be_read_in_the_store():
    stored = b"\0\0".join(everything_stored().values())
    told = [SAID, NOTED, NAME, PASSWORD.encode(), a_private_key(1).seed.reveal(), a_private_key(0xC0).seed.reveal()]
    forms = [form for text in told for form in (text, text.hex().encode(), base64.b64encode(text))]
    assert len(stored) > 10_000
    assert [form for form in forms if form in stored] == []


@pytest.mark.parametrize("language", Language)
def test_a_refused_code_says_where_the_slip_is_and_not_what_was_typed(language):
    words = Codename(Secret(5)).words(language).reveal().split()
    typed = " ".join([*words[:4], "кестрель", *words[5:]])
    with pytest.raises(CodeError, match="number 5") as caught:
        Codename.read(Secret(typed))
    assert not [word for word in set(typed.split()) if word in str(caught.value)]
