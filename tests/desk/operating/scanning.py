"""Looking for strings in every file of a folder, in the forms in which a program may write them down."""

import gzip
from base64 import b64encode
from pathlib import Path

PLANTED = "planted-for-the-search-"


def forms(text):
    """The bytes of a string as they might lie in a file."""
    plain = text.encode()
    found = {plain, text.encode("utf-16-le"), plain.hex().encode(), text.encode("unicode_escape")}
    for before in range(3):
        # What stands before a string decides how base64 cuts it: the middle is the same in each of three ways.
        packed = b64encode(b"\0" * before + plain)
        found.add(packed[-(-before * 4 // 3) + (before > 0) : len(packed) - 4])
    return {form for form in found if len(form) >= 8}


def contents(*folders):
    """Every file, with its bytes; what is compressed also as it was before."""
    for folder in folders:
        paths = [folder] if folder.is_file() else sorted(Path(folder).rglob("*"))
        for path in paths:
            if path.is_file():
                raw = path.read_bytes()
                yield path.name, raw
                if raw[:2] == b"\x1f\x8b":
                    yield path.name, gzip.decompress(raw)


def hits(strings, *folders):
    """Where any of the strings stands; of those that begin alike, their beginning is looked for."""
    looked_for = sorted({PLANTED if text.startswith(PLANTED) else text for text in strings})
    wanted = [(text, form) for text in looked_for for form in forms(text)]
    return sorted({(name, text) for name, raw in contents(*folders) for text, form in wanted if form in raw})
