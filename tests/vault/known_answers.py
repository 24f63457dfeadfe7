"""Known answers for every construction of the vault, made by the second implementation alone.

`python tests/vault/known_answers.py` writes tests/vectors/vault.json anew. Once codes and files are in the hands of
people the file must never change: whoever has to change it has changed the format, and needs a new version number.
"""

import hashlib
import hmac
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.vault import second

FILE = Path(__file__).resolve().parents[1] / "vectors" / "vault.json"

KEY = bytes(range(32))
SALT = bytes(range(100, 132))
SITE_KEY = bytes(range(200, 232))
STRETCH_SALT = b"sixteen bytes !!"
COST = {"memory_kib": 64, "passes": 2, "lanes": 1}
CASE, RECORD, MEMBER = bytes(15) + b"\x0c", bytes(15) + b"\x0d", bytes(15) + b"\x0e"
SEED = bytes(range(50, 82))
RANDOMNESS = bytes(range(64))
TEXT = "Письмо без имени".encode()
RECORD_PLACE = (b"message", b"body", CASE, RECORD, second.eight(3))
KEY_PLACE = (CASE, b"thread", second.eight(3), b"message", RECORD)
GRANT_PLACE = (CASE, b"internal", second.eight(3), b"", MEMBER)
SLOT_PLACE = (MEMBER, b"", second.eight(0))
REQUEST_PLACE = (MEMBER, RECORD, second.eight(0))
# 123456789012345678901234 * 100 leaves 0 when divided by 97, so the check digits are 98 - 0 = 98.
CODENAME = "123456789012345678901234"
CHECK_DIGITS = "98"
RECOVERY_CODE = "1234567890" * 4


def stretched_parts(secret, *uses):
    stretched = second.argon2id(secret, salt=STRETCH_SALT, **COST)
    return [second.hkdf(stretched, info=b"safeconduct stretched " + use) for use in uses]


def answers():
    """Name of the construction: what it must give, as hexadecimal digits."""
    verifier, member_key = stretched_parts("пароль".encode(), b"member verifier", b"member slot")
    found, contact_key = stretched_parts(CODENAME.encode(), b"contact lookup", b"contact slot")
    site = {
        name: second.hkdf(SITE_KEY, info=b"safeconduct site " + name.encode())
        for name in ("pepper", "field", "rate", "log")
    }
    tagged = second.joined(b"safeconduct tag", b"contact lookup", found)
    recovery_key = second.hkdf(RECOVERY_CODE.encode(), info=b"safeconduct recovery code", salt=MEMBER)
    ring_key = second.hkdf(SEED, info=b"safeconduct ring key", salt=MEMBER)
    envelope = second.envelope
    made = {
        "content": envelope(KEY, second.padded_text(TEXT), purpose=second.CONTENT, place=RECORD_PLACE, salt=SALT),
        "data key": envelope(KEY, SEED, purpose=second.DATA_KEY, place=KEY_PLACE, salt=SALT),
        "file seal": envelope(KEY, second.eight(len(TEXT)), purpose=second.FILE_SEAL, place=RECORD_PLACE, salt=SALT),
        "verifier hash": hashlib.sha256(verifier).digest(),
        "password slot": envelope(member_key, SEED, purpose=second.PASSWORD_SLOT, place=SLOT_PLACE, salt=SALT),
        "recovery slot": envelope(recovery_key, SEED, purpose=second.RECOVERY_SLOT, place=SLOT_PLACE, salt=SALT),
        "contact slot": envelope(contact_key, SEED, purpose=second.CONTACT_SLOT, place=SLOT_PLACE, salt=SALT),
        "contact lookup": hmac.new(site["pepper"], tagged, hashlib.sha256).digest(),
        "grant": second.sealed(
            second.public_bytes(SEED), KEY, purpose=second.GRANT, place=GRANT_PLACE, randomness=RANDOMNESS
        ),
        "ring": envelope(ring_key, CASE + second.eight(3) + KEY, purpose=second.RING, place=SLOT_PLACE, salt=SALT),
        "handed over": second.sealed(
            second.public_bytes(KEY), SEED, purpose=second.HANDED_OVER, place=REQUEST_PLACE, randomness=RANDOMNESS
        ),
        "public key hash": hashlib.sha256(second.public_bytes(SEED)).digest(),
        "file hash": hashlib.sha256(second.file(KEY, TEXT, padded=256 * 1024, place=RECORD_PLACE, salt=SALT)).digest(),
        **{f"site {name}": key for name, key in site.items()},
    }
    return {name: value.hex() for name, value in made.items()}


if __name__ == "__main__":
    FILE.write_text(json.dumps(answers(), indent=2) + "\n", encoding="utf-8")
