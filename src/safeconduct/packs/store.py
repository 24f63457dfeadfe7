"""Where pages are read from, and where the compiled corpus is kept between two runs.

The compiled form is JSON in a folder of its own, named by the digest of all page bytes and of the code that compiles
them: it cannot be stale. A folder or file that is not ours alone, or that is damaged, is not used: then the pages are
compiled in memory. Nothing of a person is ever written here.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from safeconduct.packs.codec import CodecError, decode, encode
from safeconduct.rules.corpus import Corpus
from safeconduct.values.errors import Fault, LawPackError

if TYPE_CHECKING:
    from safeconduct.packs.assembly import Assembled

INVENTED = "xx"
_PACKAGE = Path(__file__).parent.parent
_LAW = _PACKAGE / "law"
_CODE = ("packs", "rules", "values")
_LIBRARIES = ("lark", "markdown_it")
_MAX_FILES, _MAX_BYTES, _MAX_COMPILED = 2_000, 64_000_000, 64_000_000
_KEPT = 4


def packaged_pages(*, with_invented: bool = False) -> dict[str, bytes]:
    """The pages shipped with the package, by path relative to the folder of the law.

    Args:
        with_invented: Whether the invented jurisdiction is among them; never for a real person.
    """
    pages = pages_in(_LAW)
    return {name: text for name, text in pages.items() if with_invented or not name.startswith(f"{INVENTED}/")}


def pages_in(folder: Path) -> dict[str, bytes]:
    """All pages of a folder, by path relative to it, with slashes.

    Args:
        folder: A folder; symbolic links in it are not followed.
    Raises:
        LawPackError: If it holds no page, cannot be read, or is far too large to be a body of law.
    """
    found: dict[str, bytes] = {}
    size = 0
    try:
        for path in sorted(_walk(folder)):
            found[path.relative_to(folder).as_posix()] = text = path.read_bytes()
            size += len(text)
            if len(found) > _MAX_FILES or size > _MAX_BYTES:
                raise LawPackError(
                    "the folder holds more than 2,000 pages or 64 MB", remedy="name the folder of the pages alone"
                )
    except OSError as error:
        raise LawPackError(
            f"the pages cannot be read: {error.strerror}", remedy="name a folder that you may read"
        ) from None
    if not found:
        raise LawPackError("the folder holds no page", remedy="name a folder with files that end in .md")
    return found


def _walk(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(Path(entry.path))
            elif entry.name.endswith(".md") and entry.is_file(follow_symlinks=False):
                yield Path(entry.path)


def load_folder(folder: Path) -> "Assembled":
    """A folder of pages with all its faults; nothing is kept."""
    from safeconduct.packs.assembly import assemble  # noqa: PLC0415 -- the parser is slow to import

    return assemble(pages_in(folder))


def load_corpus(*, with_invented: bool = False) -> Corpus:
    """The law that is shipped with the package.

    Args:
        with_invented: Whether the invented jurisdiction is part of it; never for a real person.
    Returns:
        The corpus, from the compiled form if it is there, else compiled and kept.
    Raises:
        LawPackError: If a page has faults.
    """
    pages = packaged_pages(with_invented=with_invented)
    name = f"corpus-{_key(pages)}.json"
    with _cache_folder() as folder:
        found = _read(folder, name) if folder is not None else None
        if found is not None:
            return found
        corpus = compiled(pages)
        if folder is not None:
            _write(folder, name, encode(corpus))
        return corpus


def compiled(pages: dict[str, bytes]) -> Corpus:
    """The corpus of some pages.

    Raises:
        LawPackError: If a page has faults; its message holds all of them.
    """
    from safeconduct.packs.assembly import assemble  # noqa: PLC0415 -- the parser is slow to import

    assembled = assemble(pages)
    if assembled.faults:
        raise faulty(assembled.faults)
    return assembled.corpus


def faulty(faults: Iterable[Fault]) -> LawPackError:
    """The error that holds all faults of some pages."""
    first, *others = faults
    listed = "".join(f"\n{other}" for other in others)
    return LawPackError(first.message, remedy=f"{first.hint}{listed}", place=first.place, code=first.code)


# --- the compiled form -----------------------------------------------------------------------------------------


def _key(pages: dict[str, bytes]) -> str:
    """Digest of the pages and of all that turns them into a corpus."""
    whole = hashlib.sha256()
    code = {f"{part}/{path.name}": path for part in _CODE for path in (_PACKAGE / part).iterdir() if path.is_file()}
    texts = {name: path.read_bytes() for name, path in code.items() if path.suffix in (".py", ".lark")}
    for library in _LIBRARIES:
        spec = find_spec(library)
        if spec is not None and spec.origin is not None:
            texts[library] = Path(spec.origin).read_bytes()  # holds the version of the library
    for label, part in (("code", texts), ("pages", pages)):
        for name in sorted(part):
            whole.update(hashlib.sha256(f"{label} {name}".encode()).digest())
            whole.update(hashlib.sha256(part[name]).digest())
    return whole.hexdigest()


@contextmanager
def _cache_folder() -> Iterator[int | None]:
    """An open descriptor of the folder of compiled forms; None if there is none that belongs to us alone."""
    folder = None
    try:
        folder = _open_folder()
        yield folder
    finally:
        if folder is not None:
            os.close(folder)


def _open_folder() -> int | None:
    home = os.environ.get("XDG_CACHE_HOME", "")  # noqa: TID251 -- where this person's programs keep such files
    try:
        parent = Path(home) if Path(home).is_absolute() else Path.home() / ".cache"
        path = parent / "safeconduct"
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except (OSError, RuntimeError):
        return None
    if _is_ours(os.fstat(found)):
        return found
    os.close(found)
    return None


def _is_ours(found: os.stat_result) -> bool:
    return found.st_uid == os.geteuid() and not stat.S_IMODE(found.st_mode) & 0o077


def _read(folder: int, name: str) -> Corpus | None:
    try:
        number = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError:
        return None
    found = os.fstat(number)
    if not (_is_ours(found) and stat.S_ISREG(found.st_mode) and found.st_size <= _MAX_COMPILED):
        os.close(number)
        return None
    with os.fdopen(number, "rb") as file:
        digest, _, text = file.read().partition(b"\n")
    if digest != hashlib.sha256(text).hexdigest().encode():
        return None
    try:
        return decode(text)
    except CodecError:
        return None


def _write(folder: int, name: str, text: bytes) -> None:
    """Written beside and put in place at once; a full or read-only disk only costs time."""
    beside = f"new-{os.urandom(8).hex()}"
    try:
        number = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600, dir_fd=folder)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(hashlib.sha256(text).hexdigest().encode() + b"\n" + text)
            os.replace(beside, name, src_dir_fd=folder, dst_dir_fd=folder)
        except OSError:
            os.unlink(beside, dir_fd=folder)
        _forget_old(folder)
    except OSError:
        return


def _forget_old(folder: int) -> None:
    """Keep the newest few; every change of a page or of the code makes another."""
    with os.scandir(folder) as entries:
        ours = [entry for entry in entries if entry.name.startswith("corpus-") and entry.name.endswith(".json")]
        ages = sorted(((entry.stat(follow_symlinks=False).st_mtime_ns, entry.name) for entry in ours), reverse=True)
    for _, name in ages[_KEPT:]:
        os.unlink(name, dir_fd=folder)
