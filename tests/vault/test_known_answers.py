"""What the vault writes is what the second implementation says, byte for byte, today and in ten years."""

import hashlib
import json
from uuid import UUID

import pytest

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import RecordPlace
from safeconduct.vault.blocks import new_block_pair, open_block_pair, seal_block
from safeconduct.vault.cases import CaseKey, Domain, grant, open_grant
from safeconduct.vault.codename import Codename
from safeconduct.vault.contacts import contact_keys, open_slot
from safeconduct.vault.custodians import Custodian, close_for_custodians, take_over
from safeconduct.vault.files import FileEncryptor, decrypt_file
from safeconduct.vault.members import RecoveryCode, open_password_slot, open_recovery_slot
from safeconduct.vault.passwords import PasswordRecord, check_password
from safeconduct.vault.records import RecordId, decrypt_text, encrypt_text, open_data_key
from safeconduct.vault.rings import open_ring
from safeconduct.vault.sealing import PrivateKey
from safeconduct.vault.sessions import session_keys
from safeconduct.vault.site import SiteKeys
from safeconduct.vault.stretching import Cost, Stretching
from tests.vault import known_answers as known
from tests.vault import second

ANSWERS = {name: bytes.fromhex(value) for name, value in json.loads(known.FILE.read_text(encoding="utf-8")).items()}
COST = Cost(**known.COST)
USING = Stretching(salt=known.STRETCH_SALT, cost=COST)
CASE, RECORD, MEMBER = (UUID(bytes=raw) for raw in (known.CASE, known.RECORD, known.MEMBER))
PLACE = RecordPlace(table="message", column="body", case=CASE, record=RECORD, epoch=3)
pytestmark = pytest.mark.security


def test_the_known_answers_are_those_of_the_second_implementation():
    assert {name: value.hex() for name, value in ANSWERS.items()} == known.answers()


def test_a_content_opens():
    assert decrypt_text(Secret(known.KEY), ANSWERS["content"], PLACE) == known.TEXT


def test_the_second_implementation_reads_what_the_vault_wrote():
    written = encrypt_text(Secret(known.KEY), known.TEXT, PLACE)
    padded = second.padded_text(known.TEXT)
    salt = written[2:34]
    assert written == second.envelope(known.KEY, padded, purpose=second.CONTENT, place=known.RECORD_PLACE, salt=salt)


def test_a_data_key_unwraps():
    case_key = CaseKey(case=CASE, domain=Domain.THREAD, epoch=3, key=Secret(known.KEY))
    opened = open_data_key(case_key, ANSWERS["data key"], RecordId(table="message", record=RECORD))
    assert opened.reveal() == known.SEED


def test_a_password_is_checked_and_opens_its_slot():
    record = PasswordRecord(stretching=USING, verifier_hash=ANSWERS["verifier hash"])
    key = check_password(record, Secret("пароль"), floor=COST)
    opened = open_password_slot(ANSWERS["password slot"], key=key, member=MEMBER)
    assert opened.seed.reveal() == known.SEED


def test_a_recovery_code_opens_its_slot():
    code = RecoveryCode(Secret(int(known.RECOVERY_CODE)))
    assert open_recovery_slot(ANSWERS["recovery slot"], code=code, member=MEMBER).seed.reveal() == known.SEED


def test_a_codename_finds_and_opens_its_slot():
    codename = Codename.read(Secret(known.CODENAME + known.CHECK_DIGITS))
    keys = contact_keys(codename, site=SiteKeys.of(Secret(known.SITE_KEY)), using=USING, floor=COST)
    assert keys.lookup == ANSWERS["contact lookup"]
    opened = open_slot(ANSWERS["contact slot"], keys=keys, contact=MEMBER, slot=0)
    assert opened.seed.reveal() == known.SEED


def test_a_grant_unseals():
    private = PrivateKey(Secret(known.SEED))
    opened = open_grant(ANSWERS["grant"], case=CASE, domain=Domain.INTERNAL, epoch=3, holder=MEMBER, private=private)
    assert opened.key.reveal() == known.KEY


def test_the_second_implementation_unseals_what_the_vault_sealed():
    private = PrivateKey(Secret(known.SEED))
    case_key = CaseKey(case=CASE, domain=Domain.INTERNAL, epoch=3, key=Secret(known.KEY))
    sealed = grant(case_key, holder=MEMBER, public=private.public)
    assert second.unsealed(known.SEED, sealed, purpose=second.GRANT, place=known.GRANT_PLACE) == known.KEY


def test_a_ring_opens():
    (key,) = open_ring(ANSWERS["ring"], member=MEMBER, private=PrivateKey(Secret(known.SEED)))
    assert (key.case, key.domain, key.epoch, key.key.reveal()) == (CASE, Domain.INTERNAL, 3, known.KEY)


def test_what_was_handed_over_is_taken_over():
    private = PrivateKey(Secret(known.KEY))
    restored = take_over(ANSWERS["handed over"], member=MEMBER, request=RECORD, private=private)
    assert restored.seed.reveal() == known.SEED


def test_a_public_key_follows_from_its_seed():
    public = PrivateKey(Secret(known.SEED)).public
    assert hashlib.sha256(public.raw).digest() == ANSWERS["public key hash"]


def test_a_file_opens():
    stored = second.file(known.KEY, known.TEXT, padded=256 * 1024, place=known.RECORD_PLACE, salt=known.SALT)
    assert hashlib.sha256(stored).digest() == ANSWERS["file hash"]
    opened = decrypt_file(Secret(known.KEY), [stored], seal=ANSWERS["file seal"], place=PLACE)
    assert b"".join(opened) == known.TEXT


def test_the_second_implementation_writes_the_same_file():
    encryptor = FileEncryptor(Secret(known.KEY), PLACE)
    stored = encryptor.update(known.TEXT) + encryptor.finish()[0]
    again = second.file(known.KEY, known.TEXT, padded=256 * 1024, place=known.RECORD_PLACE, salt=stored[2:34])
    assert stored == again


@pytest.mark.parametrize("child", ["pepper", "field", "rate", "log"])
def test_a_child_of_the_site_follows_from_its_secret(child):
    assert getattr(SiteKeys.of(Secret(known.SITE_KEY)), child).reveal() == ANSWERS[f"site {child}"]


def test_the_keys_of_a_session_follow_from_its_id():
    keys = session_keys(Secret(known.KEY))
    assert keys.lookup == hashlib.sha256(b"safeconduct session" + known.KEY).digest()
    assert keys.key.reveal() == second.hkdf(known.KEY, info=b"safeconduct session key")


def test_a_fingerprint_follows_from_the_public_key():
    told = hashlib.sha256(b"safeconduct public key" + second.public_bytes(known.SEED)).hexdigest()[:32]
    assert PrivateKey(Secret(known.SEED)).public.fingerprint().replace(" ", "") == told


def test_the_second_implementation_unseals_a_block_and_finds_its_padding():
    pair = new_block_pair(RECORD, holders={MEMBER: PrivateKey(Secret(known.SEED)).public})
    private = open_block_pair(pair.sealed[MEMBER], pair=RECORD, holder=MEMBER, private=PrivateKey(Secret(known.SEED)))
    block = seal_block(pair.public, Secret(b"what was told"), pair=RECORD)
    place = (known.RECORD, b"", second.eight(0))
    opened = second.unsealed(private.seed.reveal(), block, purpose=second.BLOCK, place=place)
    assert opened == (b"\x00\x0d" + b"what was told").ljust(256, b"\0")
    assert pair.pair == RECORD


def test_the_second_implementation_opens_what_is_closed_for_two_custodians():
    seeds = {UUID(int=number): bytes([number]) * 32 for number in (2, 3, 4)}
    keepers = tuple(Custodian(member=one, public=PrivateKey(Secret(seed)).public) for one, seed in seeds.items())
    for closed in close_for_custodians(PrivateKey(Secret(known.SEED)), member=MEMBER, custodians=keepers):
        place = (known.MEMBER, closed.first.bytes + closed.second.bytes, second.eight(0))
        inner = second.unsealed(seeds[closed.first], closed.sealed, purpose=second.CUSTODIAN_OUTER, place=place)
        seed = second.unsealed(seeds[closed.second], inner, purpose=second.CUSTODIAN_INNER, place=place)
        assert seed == known.SEED
