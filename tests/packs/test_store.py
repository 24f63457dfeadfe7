"""Where pages are read from and the compiled form is kept: never stale, never another's, never needed."""

import hashlib
import os
import stat
import subprocess
import sys

import pytest

from safeconduct.packs import store
from safeconduct.packs.store import compiled, load_corpus, load_folder, packaged_pages, pages_in
from safeconduct.values.errors import LawPackError
from tests.packs.writing import page

GOOD = page('XX-1 status "one" source art. 1 [X1] confidence A\n    if resident')
OTHER = page('XX-2 status "two" source art. 1 [X1] confidence A\n    if resident')


@pytest.fixture
def law(tmp_path, monkeypatch):
    """A small folder of pages in the place of the packaged one, and an empty cache."""
    folder = tmp_path / "law"
    (folder / "yy").mkdir(parents=True)
    (folder / "yy" / "page.md").write_bytes(GOOD)
    monkeypatch.setattr(store, "_LAW", folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


def kept(law):
    folder = law.parent / "cache" / "safeconduct"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def compilations(monkeypatch):
    done = []
    real = store.compiled
    monkeypatch.setattr(store, "compiled", lambda pages: done.append(1) or real(pages))
    return done


def test_the_second_load_comes_from_the_compiled_form(law, monkeypatch):
    done = compilations(monkeypatch)
    assert load_corpus() == load_corpus()
    assert len(done) == 1


def test_the_compiled_form_is_for_its_owner_alone(law):
    load_corpus()
    (file,) = kept(law)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("change", ["edited", "added", "renamed", "removed"])
def test_a_page_that_changes_in_any_way_is_compiled_anew(law, change):
    before = load_corpus()
    (law / "yy" / "b.md").write_bytes(OTHER.split(b"```facts")[0] if change == "removed" else b"")
    (law / "yy" / "b.md").unlink()
    if change == "edited":
        (law / "yy" / "page.md").write_bytes(OTHER)
    elif change == "added":
        (law / "yy" / "b.md").write_bytes(b'---\ntitle: "b"\n---\n')
    elif change == "renamed":
        (law / "yy" / "page.md").rename(law / "yy" / "other.md")
    else:
        (law / "yy" / "more.md").write_bytes(b'---\ntitle: "c"\n---\n')
        load_corpus()
        (law / "yy" / "more.md").unlink()
        assert load_corpus().digest == before.digest
        return
    assert load_corpus().digest != before.digest


def test_another_engine_compiles_anew(law, monkeypatch, tmp_path):
    load_corpus()
    code = tmp_path / "code"
    for part in store._CODE:
        (code / part).mkdir(parents=True)
        (code / part / "module.py").write_text("# changed", encoding="utf-8")
    monkeypatch.setattr(store, "_PACKAGE", code)
    load_corpus()
    assert len(kept(law)) == 2


def damaged(file, how):
    text = file.read_bytes()
    if how == "cut":
        file.write_bytes(text[:-1])
    elif how == "flipped":
        file.write_bytes(text.replace(b"XX-1", b"XX-9"))
    elif how == "empty":
        file.write_bytes(b"")
    elif how == "no corpus":
        file.write_bytes(hashlib.sha256(b"{}").hexdigest().encode() + b"\n{}")
    elif how == "a folder":
        file.unlink()
        file.mkdir()
    elif how == "a link":
        elsewhere = file.with_name("elsewhere")
        file.rename(elsewhere)
        file.symlink_to(elsewhere)
    elif how == "a pipe":
        file.unlink()
        os.mkfifo(file, 0o600)
    else:
        file.chmod(0o644)


HOW = ["cut", "flipped", "empty", "no corpus", "a folder", "a link", "a pipe", "read by others"]


@pytest.mark.parametrize("how", HOW)
def test_a_form_that_is_damaged_or_open_to_others_is_not_used(law, monkeypatch, how):
    good = load_corpus()
    damaged(kept(law)[0], how)
    done = compilations(monkeypatch)
    assert load_corpus() == good
    assert len(done) == 1


@pytest.mark.parametrize("how", ["open to others", "a file", "a link", "no home", "relative"])
def test_a_folder_that_is_not_ours_alone_is_not_used(law, monkeypatch, how):
    cache = law.parent / "cache"
    if how == "a file":
        cache.write_text("", encoding="utf-8")
    elif how == "no home":
        monkeypatch.delenv("XDG_CACHE_HOME")
        monkeypatch.setattr(store.Path, "home", lambda: (_ for _ in ()).throw(RuntimeError))
    elif how == "relative":
        monkeypatch.setenv("XDG_CACHE_HOME", "cache")
        monkeypatch.setenv("HOME", str(law.parent / "home"))
    else:
        cache.mkdir()
        (cache / "elsewhere").mkdir(mode=0o700)
        if how == "a link":
            (cache / "safeconduct").symlink_to(cache / "elsewhere")
        else:
            (cache / "safeconduct").mkdir()
            (cache / "safeconduct").chmod(0o755)
    assert list(load_corpus().provisions) == ["XX-1"]
    assert not [path for path in law.parent.rglob("corpus-*") if "home" not in path.parts]


def test_another_owner_is_not_trusted(law, monkeypatch):
    load_corpus()
    monkeypatch.setattr(store.os, "geteuid", lambda: os.getuid() + 1)
    done = compilations(monkeypatch)
    load_corpus()
    assert len(done) == 1


def test_a_full_disk_only_costs_time(law, monkeypatch):
    monkeypatch.setattr(store.os, "replace", lambda *_a, **_k: (_ for _ in ()).throw(OSError("full")))
    assert list(load_corpus().provisions) == ["XX-1"]
    assert kept(law) == []


def test_old_forms_go(law):
    for number in range(7):
        (law / "yy" / "more.md").write_text(f'---\ntitle: "{number}"\n---\n', encoding="utf-8")
        load_corpus()
    assert len(kept(law)) == store._KEPT


def test_pages_with_faults_are_refused_and_all_faults_named(law):
    (law / "yy" / "page.md").write_bytes(page('XX-1 state "one"\nXX-2 state "two"'))
    with pytest.raises(LawPackError) as error:
        load_corpus()
    assert str(error.value).count("LAW008") == 2
    assert "yy/page.md:37:6" in str(error.value)
    assert str(law) not in str(error.value)
    assert kept(law) == []


def test_the_invented_country_is_left_out_unless_it_is_asked_for(law):
    (law / "xx").mkdir()
    (law / "xx" / "page.md").write_bytes(
        page('XX-2 status "two" source art. 1 [X1] confidence A\n    if resident').replace(b"facts", b"facts", 1)
    )
    (law / "yy" / "page.md").unlink()
    (law / "yy" / "empty.md").write_bytes(b'---\ntitle: "e"\n---\n')
    assert list(packaged_pages()) == ["yy/empty.md"]
    assert list(load_corpus().provisions) == []
    assert list(load_corpus(with_invented=True).provisions) == ["XX-2"]


def test_a_folder_is_read_with_its_faults(tmp_path):
    (tmp_path / "page.md").write_bytes(page('XX-1 state "one"'))
    assert [fault.code for fault in load_folder(tmp_path).faults] == ["LAW008"]


@pytest.mark.parametrize("what", ["empty", "missing", "too many", "too large"])
def test_a_folder_that_is_no_body_of_law_is_refused(tmp_path, monkeypatch, what):
    folder = tmp_path / "law"
    if what != "missing":
        folder.mkdir()
    if what.startswith("too"):
        (folder / "a.md").write_bytes(b"a" * 50)
        (folder / "b.md").write_bytes(b"b")
        monkeypatch.setattr(store, "_MAX_FILES" if what == "too many" else "_MAX_BYTES", 1)
    with pytest.raises(LawPackError) as error:
        pages_in(folder)
    assert str(tmp_path) not in str(error.value)


def test_links_in_a_folder_are_not_followed(tmp_path):
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "a.md").write_bytes(GOOD)
    (tmp_path / "secret.md").write_bytes(b"secret")
    (tmp_path / "law" / "b.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "law" / "loop").symlink_to(tmp_path / "law")
    assert list(pages_in(tmp_path / "law")) == ["a.md"]


def test_a_load_from_the_compiled_form_imports_no_parser(law):
    compiled(packaged_pages())
    script = (
        "import sys\nfrom pathlib import Path\nfrom safeconduct.packs import store\n"
        f"store._LAW = Path({str(law)!r})\nstore.load_corpus()\n"
        "print(sorted(name for name in ('lark', 'markdown_it', 'ruamel.yaml', 'z3') if name in sys.modules))"
    )
    for expected in ("lark", "[]"):
        done = subprocess.run((sys.executable, "-c", script), check=True, capture_output=True, text=True)
        assert expected in done.stdout
