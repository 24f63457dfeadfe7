"""A desk from nothing: a folder for one account, stores and secrets in it, a link for the first administrator."""

import stat
import sys

import pytest

from safeconduct.desk.members.models import Invitation
from safeconduct.desk.operating import starting
from safeconduct.desk.operating.demonstration import INVENTED, invent
from safeconduct.desk.operating.first_link import link_for_first_administrator
from safeconduct.desk.operating.installed import missing
from safeconduct.desk.operating.pace import BODY_SECONDS, Pace
from safeconduct.desk.operating.patience import LEFTOVER_SECONDS, Patience
from safeconduct.desk.operating.serving import daily, keep_empty_cases
from safeconduct.desk.operating.site import ScrubbedLogger, SiteApplication, settings_of
from safeconduct.desk.operating.terminal import at_the_terminal
from safeconduct.desk.project.clock import now
from safeconduct.desk.project.configuration import ConfigurationError, Site, read_folder
from safeconduct.values.secret import Secret
from tests.desk.members.joining import an_administrator, joined_by

POSTGRES = Secret("postgresql://desk:secret@host/desk?host=/run/p")


def test_a_folder_is_made_for_this_account_alone(tmp_path):
    home = tmp_path / "one" / "desk"
    starting.make(home)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.iterdir()} == dict.fromkeys(
        ("site.key", "salt", "contact.secret", "members.secret"), 0o400
    )
    before = (home / "site.key").read_bytes()
    starting.make(home)
    assert (home / "site.key").read_bytes() == before


def test_a_new_desk_on_postgresql_names_two_databases_in_settings_for_this_account_alone(tmp_path):
    starting.make(tmp_path / "desk", postgres=POSTGRES)
    told = tmp_path / "desk" / "desk.toml"
    assert stat.S_IMODE(told.stat().st_mode) == 0o600
    found = read_folder(tmp_path / "desk").postgres
    assert found is not None
    assert [address.reveal() for address in found] == [
        "postgresql://desk:secret@host/desk?host=/run/p",
        "postgresql://desk:secret@host/desk_keyring?host=/run/p",
    ]
    starting.make(tmp_path / "desk", postgres=POSTGRES)
    with pytest.raises(ConfigurationError, match="other stores"):
        starting.make(tmp_path / "desk", postgres=Secret("postgresql://desk@host/other"))


def test_a_desk_on_sqlite_is_not_put_on_postgresql_by_a_word(tmp_path):
    starting.make(tmp_path / "desk")
    (tmp_path / "desk" / "data.sqlite3").touch()
    with pytest.raises(ConfigurationError, match="other stores"):
        starting.make(tmp_path / "desk", postgres=POSTGRES)


def test_a_folder_that_cannot_be_made_says_so(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="cannot be made"):
        starting.make(tmp_path / "file" / "desk")


def test_a_folder_of_another_account_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("os.getuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(ConfigurationError, match="another account"):
        starting.make(tmp_path / "desk")


def test_one_process_opens_one_desk(desk, tmp_path):
    starting.begin(desk.folder)
    with pytest.raises(ConfigurationError, match="another desk"):
        starting.begin(tmp_path / "other")


def test_stores_are_brought_up_to_date_and_are_for_this_account_alone(desk):
    (desk.folder / "data.sqlite3").chmod(0o644)
    starting.bring_up_to_date()
    assert stat.S_IMODE((desk.folder / "data.sqlite3").stat().st_mode) == 0o600


#   environment                                     usual folder
PLACES = [
    ({"SAFECONDUCT_DESK": "/srv/desk"},             "/srv/desk"),
    ({"XDG_DATA_HOME": "/srv/data"},                "/srv/data/safeconduct/desk"),
    ({"HOME": "/srv/anna"},                         "/srv/anna/.local/share/safeconduct/desk"),
]  # fmt: skip


@pytest.mark.parametrize(("environment", "folder"), PLACES)
def test_the_usual_folder_is_the_one_that_the_environment_names(environment, folder, monkeypatch):
    for name in ("SAFECONDUCT_DESK", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert str(starting.usual_folder()) == folder


@pytest.mark.security
def test_only_the_newest_link_makes_the_first_administrator_and_there_is_none_for_a_second(desk):
    old, link = link_for_first_administrator(), link_for_first_administrator()
    assert Invitation.objects.count() == 1
    assert old.reveal() != link.reveal()
    joined_by(link, "root of the desk", now=now())
    assert link_for_first_administrator() is None


def test_the_terminal_acts_as_an_administrator_who_is_no_member(desk):
    an_administrator()
    assert at_the_terminal().member.int == 0
    assert [role.value for role in at_the_terminal().roles] == ["administrator"]


def test_an_invented_organisation_has_three_cases_and_says_everywhere_that_it_is_invented(desk):
    from safeconduct.desk.cases.actions.read_thread import read_thread
    from safeconduct.desk.cases.actions.return_with_code import return_with_code
    from safeconduct.desk.members.models import Member

    invented = invent(now=now())
    assert Member.objects.count() == len(invented.members) == 4
    threads = [read_thread(return_with_code(code.digits(), now=now()).actor) for code in invented.codes]
    assert len(threads) == 3
    assert all(message.text.startswith(INVENTED) for thread in threads for message in thread.messages)
    assert all(one.login.startswith("invented") for one in invented.members)


def test_the_work_of_a_day_is_done_and_a_clock_that_jumped_is_told(desk):
    from safeconduct.desk.cases.models import RetentionDay

    said = []
    daily(said.append)
    assert said == []
    RetentionDay.objects.update(day="2020-01-01")
    daily(said.append)
    (line,) = said
    assert "--clock-is-right" in line


def test_cases_of_nobody_are_made_when_somebody_reads_and_a_full_disk_is_no_matter(desk, monkeypatch):
    from django.db import DatabaseError

    from safeconduct.desk.cases.models import Case
    from tests.desk.builders import a_channel, a_member

    assert keep_empty_cases() == 0
    a_channel(a_member())
    assert keep_empty_cases() == Case.objects.count() == desk.dummies

    def full(*_args, **_values):
        raise DatabaseError

    monkeypatch.setattr("safeconduct.desk.operating.serving.keep_dummies", full)
    assert keep_empty_cases() == 0


class Slow:
    """What a slow browser sends: the clock moves on with every read."""

    def __init__(self, clock, seconds):
        self.clock, self.seconds = clock, seconds

    def read(self, _size):
        self.clock[0] += self.seconds
        return b"x"

    def readline(self, _size):
        return self.read(1)


#   seconds for each read       refused
@pytest.mark.security
@pytest.mark.parametrize(("seconds", "refused"), [(1.0, False), (BODY_SECONDS / 9, True)])
def test_what_comes_too_slowly_is_given_up(seconds, refused):
    clock = [0.0]
    told = []
    form = {
        "settimeout": lambda _self, seconds: told.append(seconds),
        "wait_for": lambda _self, pace: told.append(pace),
        "wait_until": lambda _self, seconds: told.append(seconds),
        "is_crowded": lambda _self: False,
    }
    connection = type("Connection", (), form)()

    def application(environ, _start):
        return [environ["wsgi.input"].read(1) + environ["wsgi.input"].readline(1) for _ in range(5)]

    environ = {"wsgi.input": Slow(clock, seconds), "gunicorn.socket": connection}
    site = Patience(application, slow_places=1, clock=lambda: clock[0])
    if refused:
        with pytest.raises(TimeoutError):
            site(environ, None)
    else:
        answer = site(environ, None)
        assert list(answer) == [b"xx"] * 5
        answer.close()
    silence, pace, leftover = told
    assert (silence, type(pace), leftover) == (30, Pace, LEFTOVER_SECONDS)


@pytest.mark.security
def test_gunicorn_believes_no_header_writes_no_access_log_and_opens_no_control_socket():
    cfg = SiteApplication(Site.CONTACT, settings_of(address="127.0.0.1:0", workers=2)).cfg
    assert (cfg.forwarded_allow_ips, cfg.secure_scheme_headers) == ([], {})
    assert (cfg.accesslog, cfg.control_socket_disable, cfg.max_requests) == (None, True, 4_000)
    assert cfg.umask == 0o077
    logger = ScrubbedLogger(cfg)
    assert logger.access(None, None, {}, None) is None
    assert logger.access_log.handlers[0].__class__.__name__ == "NullHandler"


@pytest.mark.security
def test_a_line_of_gunicorn_holds_no_path_and_no_address(capsys):
    cfg = SiteApplication(Site.CONTACT, settings_of(address="127.0.0.1:0", workers=2)).cfg
    ScrubbedLogger(cfg).warning("Invalid request from ip=%s: %s", "127.0.0.2", "/join/secret")
    assert capsys.readouterr().err == "WARNING gunicorn.error\n"


def test_what_is_missing_of_an_extra_is_named():
    assert missing() is None
    assert missing(("sys", "not_installed_at_all")) == "not_installed_at_all"
    assert "not_installed_at_all" not in sys.modules
