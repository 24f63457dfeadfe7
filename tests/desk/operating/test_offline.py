"""An offline channel: what comes in opens on a machine without Django, without a store, with the offline key alone."""

import subprocess
import sys
from base64 import b64encode

import pytest

from safeconduct.desk.cases.actions.withdraw import withdraw
from safeconduct.desk.cases.actions.write_as_contact import write_as_contact
from safeconduct.desk.cases.actions.write_as_member import write_as_member
from safeconduct.desk.operating.archive import ArchiveError, Head, Table, written
from safeconduct.desk.operating.bundle import offline_channels, write_bundle
from safeconduct.desk.operating.offline import new_offline_key, open_offline_key, read_bundle
from safeconduct.values.secret import Secret
from safeconduct.vault.age_file import seal_age_file
from safeconduct.vault.errors import CannotOpenError
from safeconduct.vault.sealing import PrivateKey
from tests.desk.builders import LATER, NOW, TODAY, TOMORROW, AFile, a_case, a_channel, a_contact, a_form, a_member

PASSPHRASE = Secret("harbour at night")


@pytest.fixture
def offline():
    return PrivateKey.new()


@pytest.fixture
def channel(desk, offline):
    """A channel with an offline key, read by two members: the channel and the members."""
    anna, boris = a_member(), a_member()
    return a_channel(anna, boris, offline_public=offline.public.raw), anna, boris


def bundled(channel, tmp_path):
    return write_bundle(channel.pk, folder=tmp_path, today=TODAY)


def test_threads_open_with_their_messages_and_files_in_order(channel, offline, tmp_path):
    row, anna, _ = channel
    content = bytes(range(256)) * 2000
    case, code = a_case(anna, channel=row, files=(AFile(content, name="scan.pdf"),))
    write_as_member(anna, case=case, text="Which day?", files=(), token=a_form(), now=LATER)
    write_as_contact(a_contact(code), text="The third", files=(), token=a_form(LATER), now=TOMORROW)
    (opened,) = read_bundle(bundled(row, tmp_path), offline)
    assert opened.case == case
    told = [(message.by_contact, message.text) for message in opened.messages]
    assert told == [(True, "I left the base and I am in Almaty"), (False, "Which day?"), (True, "The third")]
    (file,) = opened.files
    assert (file.name, b"".join(file.pieces)) == ("scan.pdf", content)


def test_after_a_withdrawal_the_offline_key_still_opens(channel, offline, tmp_path):
    row, anna, boris = channel
    case, _ = a_case(anna, channel=row)
    withdraw(anna, case=case, member=boris.member, now=NOW)
    write_as_member(anna, case=case, text="After it", files=(), token=a_form(), now=LATER)
    (opened,) = read_bundle(bundled(row, tmp_path), offline)
    assert [message.text for message in opened.messages][1:] == ["After it"]


def test_cases_of_other_channels_are_not_in_it(channel, offline, tmp_path):
    row, anna, _ = channel
    other = a_channel(anna)
    a_case(anna, channel=other)
    assert offline_channels() == (row.pk,)
    assert read_bundle(bundled(row, tmp_path), offline) == ()


def test_a_key_is_made_under_a_passphrase_and_opens_with_it():
    sealed, public = new_offline_key(PASSPHRASE)
    assert open_offline_key(sealed, PASSPHRASE).public.raw == public
    with pytest.raises(CannotOpenError):
        open_offline_key(sealed, Secret("another one"))
    with pytest.raises(ArchiveError, match="no offline key"):
        open_offline_key(seal_age_file(b"something else", PASSPHRASE), PASSPHRASE)


def of(part, tables):
    return b"".join(written(Head(part=part, made=TODAY, schema="1"), tables, seal=lambda _digest: ""))


GRANT = Table(name="grants", columns=("case",), rows=[("no such thing",)])
#   content                             says
BROKEN = [
    (b"",                               "not whole"),
    (b"hello",                          "no backup"),
    (of("data", ()),                    "no bundle"),
    (of("bundle", ())[:-12],            "not whole"),
    (of("bundle", (GRANT,)),            "no desk makes"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "says"), BROKEN)
def test_what_is_no_bundle_says_so(content, says, offline, tmp_path):
    path = tmp_path / "bundle.gz"
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match=says):
        read_bundle(path, offline)


def test_a_bundle_that_is_not_there_says_so(offline, tmp_path):
    with pytest.raises(ArchiveError, match="cannot be read"):
        read_bundle(tmp_path / "none", offline)


def test_a_bundle_is_not_written_over_another(channel, tmp_path):
    bundled(channel[0], tmp_path)
    with pytest.raises(ArchiveError, match="already"):
        bundled(channel[0], tmp_path)


def test_cases_of_nobody_are_not_shown_to_the_offline_key(channel, offline, tmp_path):
    from safeconduct.desk.cases.actions.make_dummies import make_dummies
    from safeconduct.desk.members.actor import Operator
    from tests.desk.builders import NOW

    row, anna, _ = channel
    before = len(read_bundle(bundled(row, tmp_path), offline))
    case, _ = a_case(anna, channel=row)
    assert make_dummies(Operator(), number=4, now=NOW) == 4
    (tmp_path / "again").mkdir()
    found = read_bundle(bundled(row, tmp_path / "again"), offline)
    assert len(found) == before + 1
    assert case in {one.case for one in found}


def test_the_reader_needs_no_django_and_no_store(channel, offline, tmp_path):
    row, anna, _ = channel
    a_case(anna, channel=row)
    path = bundled(row, tmp_path)
    seed = b64encode(offline.seed.reveal()).decode()
    script = f"""
import sys
sys.modules["django"] = None
from base64 import b64decode
from pathlib import Path
from safeconduct.desk.operating.offline import read_bundle
from safeconduct.values.secret import Secret
from safeconduct.vault.sealing import PrivateKey
print(read_bundle(Path({str(path)!r}), PrivateKey(Secret(b64decode({seed!r}))))[0].messages[0].text)
"""
    done = subprocess.run((sys.executable, "-c", script), check=True, capture_output=True, text=True)
    assert done.stdout == "I left the base and I am in Almaty\n"
