"""What a person carries to a helper, as text and as squares: letters and digits that a camera and a hand can copy.

    part = SC1-NUMBER-OF-MARK-LETTERS        SC1-1-2-Q7FD-AAJ2...
    all parts' letters, one after another = base32( first 4 bytes of the pair's id | sealed block )

The content is the situation file and the day asked, compressed, padded and sealed (`safeconduct.vault.blocks`). The
mark is the same in all parts of a block and tells that they belong together; it is made of the ciphertext alone.
Why so: docs/decisions/0072.
"""

import hashlib
import json
import re
import zlib
from base64 import b32decode, b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from safeconduct.rules.telling.draft import Draft, draft_of
from safeconduct.rules.telling.reading import HISTORY, PERSON
from safeconduct.values.errors import SituationError
from safeconduct.values.secret import Secret
from safeconduct.vault.blocks import open_block, seal_block
from safeconduct.vault.errors import CannotOpenError
from safeconduct.vault.sealing import PrivateKey, PublicKey

PART_SIGNS = 1_330
"""Signs of one part at most: a square of 105 by 105 fields at most, which a telephone reads from another's screen."""
_HINT_BYTES, _MARK_SIGNS = 4, 4
_LONGEST_CONTENT = 64 * 1024
_PART = re.compile(rf"SC1-([1-9])-([1-9])-([A-Z2-7]{{{_MARK_SIGNS}}})-([A-Z2-7]+)")


class BlockError(Exception):
    """A text holds no whole block.

    Args:
        missing: Numbers of the parts that are missing; empty if nothing of it can be read.
    """

    def __init__(self, missing: tuple[int, ...] = ()) -> None:
        super().__init__("no whole block")
        self.missing = missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a block holds.

    Args:
        draft: What the person told.
        on: The day that was asked.
    """

    draft: Draft
    on: date


def block_parts(carried: Carried, *, pair: UUID, public: PublicKey) -> tuple[str, ...]:
    """A block in parts.

    Args:
        carried: What it holds.
        pair: The pair it is sealed to.
        public: Its public half.
    Raises:
        TooLargeError: If more was told than a block holds.
    """
    content = json.dumps([1, carried.on.isoformat(), json.loads(carried.draft.content())], ensure_ascii=False)
    packed = zlib.compress(content.encode(), 9)
    sealed = pair.bytes[:_HINT_BYTES] + seal_block(public, Secret(packed), pair=pair)
    letters = b32encode(sealed).decode().rstrip("=")
    count = -(-len(letters) // PART_SIGNS)
    length = -(-len(letters) // count)
    pieces = [letters[start : start + length] for start in range(0, len(letters), length)]
    return tuple(f"SC1-{number}-{count}-{_mark(letters)}-{piece}" for number, piece in enumerate(pieces, start=1))


def block_in(text: str) -> bytes:
    """The sealed block in a text that somebody pasted or scanned, its parts in any order, with or without spaces.

    Raises:
        BlockError: If a part is missing, or parts of two blocks are mixed.
    """
    # A part begins where the last one ends, also where nothing stands between them.
    whole = re.sub(r"SC1", " SC1", re.sub(r"\s+", "", text.upper()))
    found = _PART.findall(whole)
    if not found or len({(count, mark) for _, count, mark, _ in found}) != 1:
        raise BlockError
    parts = {int(number): letters for number, _, _, letters in found}
    _, count, mark, _ = found[0]
    missing = tuple(number for number in range(1, int(count) + 1) if number not in parts)
    if missing:
        raise BlockError(missing)
    letters = "".join(parts[number] for number in sorted(parts))
    if _mark(letters) != mark:
        raise BlockError
    try:
        return b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        raise BlockError from None


def opened_block(block: bytes, keys: Iterable[tuple[UUID, PrivateKey]]) -> Carried:
    """What a block holds.

    Args:
        block: As `block_in` found it.
        keys: Private halves with the ids of their pairs.
    Raises:
        CannotOpenError: If none of the keys opens it, or what it holds cannot be read.
    """
    for pair, private in keys:
        if pair.bytes[:_HINT_BYTES] == block[:_HINT_BYTES]:
            return _carried(open_block(private, block[_HINT_BYTES:], pair=pair))
    raise CannotOpenError


def _carried(content: Secret[bytes]) -> Carried:
    # Whoever has the public key can seal anything: what is inside is read like a file of a stranger.
    reader = zlib.decompressobj()
    try:
        text = reader.decompress(content.reveal(), _LONGEST_CONTENT)
        version, on, outline = json.loads(text)
        if version != 1 or not _is_a_telling(outline):
            raise CannotOpenError
        told = json.dumps(outline, ensure_ascii=False).encode()
        return Carried(draft=draft_of(told, "json"), on=date.fromisoformat(on))
    except (zlib.error, ValueError, TypeError, RecursionError, SituationError):
        raise CannotOpenError from None


def _is_a_telling(outline: object) -> bool:
    """Whether something has the shape of a situation file; what it says is read later, with the law."""
    if not isinstance(outline, dict):
        return False
    person, history = outline.get(PERSON, {}), outline.get(HISTORY, [])
    others = [part for name, part in outline.items() if name not in (PERSON, HISTORY)]
    return (
        isinstance(person, dict)
        and isinstance(history, list)
        and all(isinstance(event, dict) for event in history)
        and all(isinstance(part, list) for part in others)
    )


def _mark(letters: str) -> str:
    return b32encode(hashlib.sha256(letters.encode()).digest()).decode()[:_MARK_SIGNS]
