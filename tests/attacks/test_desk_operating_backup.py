"""Attacks on backups and on the work of every day: an old backup, a forged one, a clock that jumps, a lost stick."""

import gzip
import json
import stat
from datetime import timedelta

import pytest

from safeconduct.desk.cases.actions.close import Outcome, close, shred
from safeconduct.desk.cases.actions.list_cases import held
from safeconduct.desk.cases.actions.open_case import open_case
from safeconduct.desk.cases.actions.retention import retention
from safeconduct.desk.cases.actions.write_as_member import write_note
from safeconduct.desk.cases.models import Case
from safeconduct.desk.keyring.models import DataKey, MemberKeys
from safeconduct.desk.members.actions.lock_member import lock_member
from safeconduct.desk.members.actor import Operator
from safeconduct.desk.members.models import Member
from safeconduct.desk.operating.archive import ArchiveError, Head, written
from safeconduct.desk.operating.bundle import write_bundle
from safeconduct.desk.operating.offline import read_bundle
from safeconduct.desk.refusals import Reason, RefusedError
from safeconduct.values.secret import Secret
from safeconduct.vault.age_key import seal_to_age_key
from safeconduct.vault.errors import CannotOpenError
from safeconduct.vault.sealing import PrivateKey
from safeconduct.vault.site import SiteKeys
from tests.desk.builders import NOW, TODAY, AFile, a_case, a_channel, a_form, a_member
from tests.desk.members.joining import a_joined, an_administrator, sign_in
from tests.desk.operating.backups import AT, PUBLIC, back, brought_back, turn_to_another
from tests.desk.operating.scanning import hits

pytestmark = pytest.mark.security


def test_a_restored_old_bulk_does_not_bring_a_shredded_case_back_once_the_keyring_has_aged(desk, tmp_path, settings_of):
    anna = a_joined(an_administrator())
    gone, _ = a_case(anna.actor)
    left, _ = a_case(anna.actor)
    bulk, _ = back(tmp_path)
    shred(sign_in(anna), case=gone, now=NOW)
    _, wraps = back(tmp_path, today=TODAY + timedelta(days=15))
    assert [path.name for path in (tmp_path / "wraps").glob("*.age")] == [wraps.path.name]
    turn_to_another(tmp_path, settings_of)
    restored = brought_back((bulk, wraps))
    assert (restored.cases, restored.gone) == (1, 1)
    assert [summary.case for summary in held(sign_in(anna, now=AT))] == [left]
    assert not Case.objects.filter(pk=gone).exists()
    assert not DataKey.objects.filter(case=gone).exists()


def test_a_member_who_was_locked_since_stays_locked_and_nothing_new_is_sealed_to_their_key(desk, tmp_path, settings_of):
    admin = an_administrator()
    anna = a_joined(admin)
    bulk, _ = back(tmp_path)
    lock_member(admin.actor, member=anna.actor.member, now=NOW)
    _, wraps = back(tmp_path)
    turn_to_another(tmp_path, settings_of)
    assert brought_back((bulk, wraps)).locked == 1
    row = Member.objects.get(pk=anna.actor.member)
    assert (row.state, row.public) == ("locked", b"")
    assert not MemberKeys.objects.filter(pk=row.pk).exists()


def test_files_of_a_backup_are_for_this_account_alone_and_sealed(desk, tmp_path):
    anna = a_joined(an_administrator())
    a_case(anna.actor)
    kept = back(tmp_path)
    files = [path for one in kept for path in one.path.parent.iterdir()]
    assert len(files) == 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert all(one.path.read_bytes().startswith(b"age-encryption.org/v1\n-> X25519 ") for one in kept)
    told = json.loads(kept[0].path.with_suffix(".json").read_text(encoding="utf-8"))
    assert told == {
        "file": kept[0].path.name,
        "part": "data",
        "made": "2026-11-22",
        "bytes": kept[0].length,
        "sha256": kept[0].sha256,
    }


def test_a_backup_that_was_forged_with_the_public_key_alone_is_refused(desk, tmp_path, settings_of):
    a_case(a_joined(an_administrator()).actor)
    bulk, wraps = back(tmp_path)
    bulk.path.with_suffix(".json").unlink()
    from safeconduct.desk.operating.archive import Streamed
    from safeconduct.desk.operating.backing_up import schema_of

    head = Head(part="data", made=TODAY, schema=schema_of("data"))
    with bulk.path.open("wb") as file:
        seal_to_age_key(Streamed(written(head, (), seal=lambda _digest: "0" * 64)), file, PUBLIC)
    turn_to_another(tmp_path, settings_of)
    with pytest.raises(ArchiveError, match="not of this desk"):
        brought_back((bulk, wraps))
    assert not Case.objects.exists()


def test_a_backup_of_another_desk_is_refused(desk, tmp_path, settings_of):
    a_case(a_joined(an_administrator()).actor)
    kept = back(tmp_path)
    turn_to_another(tmp_path, settings_of, keys=SiteKeys.of(Secret(bytes(32))))
    with pytest.raises(ArchiveError, match="not of this desk"):
        brought_back(kept)
    assert not Member.objects.exists()


#   days by which the clock jumps
@pytest.mark.parametrize("days", [-1, 3, 365])
def test_a_clock_that_jumps_shreds_nothing_until_somebody_has_looked(days, desk):
    anna = a_member()
    case, _ = a_case(anna)
    close(anna, case=case, outcome=Outcome.HELPED, now=NOW)
    Case.objects.update(shred_on=TODAY - timedelta(days=2))
    retention(Operator(), now=NOW - timedelta(days=3), confirmed=True)
    retention(Operator(), now=NOW - timedelta(days=3))
    with pytest.raises(RefusedError) as error:
        retention(Operator(), now=NOW + timedelta(days=days if days > 0 else -5))
    assert error.value.reason is Reason.CLOCK
    assert Case.objects.filter(pk=case).exists()
    assert retention(Operator(), now=NOW + timedelta(days=3), confirmed=True) == 1


def test_a_bundle_that_is_lost_opens_with_no_other_key_and_shows_no_word(desk, tmp_path):
    offline, anna = PrivateKey.new(), a_member()
    channel = a_channel(anna, offline_public=offline.public.raw)
    a_case(anna, channel=channel, text="I left the base at night", files=(AFile(b"scan" * 90, name="passport.pdf"),))
    path = write_bundle(channel.pk, folder=tmp_path, today=TODAY)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert hits(["I left the base", "passport.pdf", "scanscanscan"], path) == []
    with pytest.raises(CannotOpenError):
        read_bundle(path, PrivateKey.new())
    assert read_bundle(path, offline)[0].messages[0].text == "I left the base at night"


def test_a_bundle_holds_no_internal_note(desk, tmp_path):
    offline, anna = PrivateKey.new(), a_member()
    channel = a_channel(anna, offline_public=offline.public.raw)
    case, _ = a_case(anna, channel=channel)
    write_note(anna, case=case, text="Not for the contact", token=a_form(), now=NOW)
    internal = {str(pk) for pk in DataKey.objects.filter(domain="internal").values_list("record", flat=True)}
    path = write_bundle(channel.pk, folder=tmp_path, today=TODAY)
    lines = [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]
    assert internal
    assert not [line for line in lines if isinstance(line, list) and internal & set(map(str, line))]
    assert open_case(anna, case=case).notes
