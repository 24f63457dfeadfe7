import os
import stat

import pytest

from safeconduct.desk.project.configuration import (
    API_VARIABLE,
    FOLDER_VARIABLE,
    ConfigurationError,
    Site,
    from_environment,
    in_use,
    make_folder,
    read_folder,
)
from safeconduct.desk.project.settings_shared import databases, settings_for
from safeconduct.vault.errors import CostError
from safeconduct.vault.stretching import CONTACT_COST, MEMBER_COST, Cost


def a_folder(tmp_path, settings=""):
    folder = tmp_path / "desk"
    make_folder(folder)
    if settings:
        (folder / "desk.toml").write_text(settings, encoding="utf-8")
        (folder / "desk.toml").chmod(0o600)
    return folder


def test_a_new_folder_holds_secrets_that_one_account_reads(tmp_path):
    folder = a_folder(tmp_path)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == dict.fromkeys(("site.key", "salt", "contact.secret", "members.secret"), 0o400)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    configuration = read_folder(folder)
    assert configuration.stretching.cost == CONTACT_COST
    assert configuration.member_cost == MEMBER_COST
    secrets = {configuration.django_secrets[site].reveal() for site in Site}
    assert len(secrets) == 2


def test_secrets_that_are_there_are_left_as_they_are(tmp_path):
    folder = a_folder(tmp_path)
    before = (folder / "site.key").read_bytes()
    make_folder(folder)
    assert (folder / "site.key").read_bytes() == before


def test_settings_are_read_from_a_file(tmp_path):
    folder = a_folder(
        tmp_path,
        "intakes_a_minute = 5\ndummies = 0\nkeyring_days = 7\nlongest_file_mib = 2\ncontact_hosts = ['abc.onion']\n"
        "member_cost = {memory_kib = 131072, passes = 4}\n"
        "postgres = ['postgresql://u:p%40@db/data', 'postgresql://u:p@/keys?host=/run/pg']\n",
    )
    configuration = read_folder(folder)
    assert (configuration.intakes_a_minute, configuration.dummies, configuration.keyring_days) == (5, 0, 7)
    assert configuration.longest_file == 2 * 1024 * 1024
    assert configuration.hosts[Site.CONTACT] == ("abc.onion",)
    assert configuration.member_cost == Cost(memory_kib=131072, passes=4)
    told = databases(configuration)
    assert (told["default"]["PASSWORD"], told["default"]["HOST"]) == ("p@", "db")
    assert (told["keyring"]["NAME"], told["keyring"]["HOST"]) == ("keys", "/run/pg")


def test_a_cost_below_the_floor_is_refused(tmp_path):
    with pytest.raises(CostError):
        read_folder(a_folder(tmp_path, "member_cost = {memory_kib = 1024}"))


#   settings                              named in the message
WRONG = [
    ("colour = 'blue'",                   "colour"),
    ("not toml at all",                   "desk.toml"),
    ("intakes_a_minute = 'many'",         "intakes_a_minute"),
    ("dummies = -1",                      "dummies"),
    ("dummies = 101",                     "dummies"),
    ("dummies = true",                    "dummies"),
    ("keyring_days = 0",                  "keyring_days"),
    ("keyring_days = 366",                "keyring_days"),
    ("keyring_days = true",               "keyring_days"),
    ("least_seconds = 0",                 "least_seconds"),
    ("longest_file_mib = true",           "longest_file_mib"),
    ("api = 1",                           "neither true nor false"),
    ("api = 'yes'",                       "neither true nor false"),
    ("postgres = 'postgresql://one/db'",  "two databases"),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "named"), WRONG)
def test_a_setting_that_there_is_not_is_refused(tmp_path, settings, named):
    with pytest.raises(ConfigurationError, match=named):
        read_folder(a_folder(tmp_path, settings))


def test_addresses_of_stores_that_others_may_read_are_refused(tmp_path):
    folder = a_folder(tmp_path, "postgres = ['postgresql://u:p@a/b', 'postgresql://u:p@a/c']")
    (folder / "desk.toml").chmod(0o644)
    with pytest.raises(ConfigurationError, match="others"):
        read_folder(folder)


def test_an_address_of_a_store_that_is_no_postgres_is_refused(tmp_path):
    folder = a_folder(tmp_path, "postgres = ['mysql://a/b', 'mysql://a/c']")
    with pytest.raises(ConfigurationError, match="postgresql"):
        settings_for(Site.CONTACT, read_folder(folder))


def test_a_secret_that_others_may_read_is_refused(tmp_path):
    folder = a_folder(tmp_path)
    (folder / "site.key").chmod(0o440)
    with pytest.raises(ConfigurationError, match=r"site\.key"):
        read_folder(folder)


def test_a_missing_secret_is_named_without_its_path(tmp_path):
    folder = a_folder(tmp_path)
    (folder / "salt").unlink()
    with pytest.raises(ConfigurationError) as error:
        read_folder(folder)
    assert "salt" in str(error.value)
    assert str(tmp_path) not in str(error.value)


def test_a_secret_behind_a_link_is_refused(tmp_path):
    folder = a_folder(tmp_path)
    (folder / "salt").rename(tmp_path / "elsewhere")
    (folder / "salt").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ConfigurationError):
        read_folder(folder)


def test_the_environment_names_the_folder(tmp_path, monkeypatch):
    from_environment.cache_clear()
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    with pytest.raises(ConfigurationError, match="no folder"):
        from_environment()
    monkeypatch.setenv(FOLDER_VARIABLE, str(a_folder(tmp_path)))
    assert from_environment().folder == tmp_path / "desk"
    from_environment.cache_clear()


def test_a_configuration_does_not_print_what_it_holds(desk):
    assert repr(in_use()) == "<configuration>"
    assert in_use() is desk


#   setting                     contact                    members
SITES = [
    ("SESSION_COOKIE_NAME",     "__Host-contact",          "__Host-members"),
    ("CSRF_COOKIE_NAME",        "__Host-form-contact",     "__Host-form-members"),
]  # fmt: skip


@pytest.mark.parametrize(("setting", "contact", "members"), SITES)
def test_the_two_sites_share_no_cookie_and_no_secret(desk, setting, contact, members):
    both = {site: settings_for(site, desk) for site in Site}
    assert both[Site.CONTACT][setting] == contact
    assert both[Site.MEMBERS][setting] == members
    assert both[Site.CONTACT]["SECRET_KEY"] != both[Site.MEMBERS]["SECRET_KEY"]
    assert both[Site.CONTACT]["ROOT_URLCONF"] != both[Site.MEMBERS]["ROOT_URLCONF"]


@pytest.mark.parametrize("site", Site)
def test_cookies_are_secure_and_go_with_the_browser(desk, site):
    told = settings_for(site, desk)
    for cookie in ("SESSION", "CSRF", "LANGUAGE"):
        assert told[f"{cookie}_COOKIE_SECURE"] is True
        assert told[f"{cookie}_COOKIE_HTTPONLY"] is True
        assert told[f"{cookie}_COOKIE_SAMESITE"] == "Strict"
        assert told[f"{cookie}_COOKIE_NAME"].startswith("__Host-")
    assert told["SESSION_EXPIRE_AT_BROWSER_CLOSE"] is True
    assert told["DEBUG"] is False


def test_each_site_starts_as_an_application_of_its_own(tmp_path):
    import subprocess
    import sys

    folder = a_folder(tmp_path)
    for site in Site:
        script = f"from safeconduct.desk.project.wsgi_{site.value} import application; print(application)"
        environment = {"PATH": os.defpath, FOLDER_VARIABLE: str(folder)}
        command = (sys.executable, "-c", script)
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
        assert (done.returncode, done.stderr) == (0, "")


#   in the folder    in the environment  serves the API
APIS = [
    ("",              "",                 False),
    ("api = false",   "",                 False),
    ("api = true",    "",                 True),
    ("",              "1",                True),
    ("api = false",   "1",                True),
    ("",              "yes",              False),
]  # fmt: skip


@pytest.mark.parametrize(("told", "said", "expected"), APIS)
def test_the_api_is_served_only_if_the_folder_or_whoever_starts_the_site_says_so(
    tmp_path, monkeypatch, told, said, expected
):
    from_environment.cache_clear()
    monkeypatch.setenv(FOLDER_VARIABLE, str(a_folder(tmp_path, told)))
    monkeypatch.setenv(API_VARIABLE, said)
    found = from_environment()
    from_environment.cache_clear()
    assert found.api is expected
