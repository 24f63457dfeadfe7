"""A value that must not be seen: a key, a password, a code.

Python cannot wipe memory, so this keeps a secret only from leaving by accident: in a log, a page, an error, a pickle, a
cache. Whoever needs the value says so by calling `reveal`, and that word can be searched for.
"""

from typing import Generic, NoReturn, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Secret(Generic[T_co]):
    """A value behind one door.

    Args:
        value: What is kept. The caller gives up its own reference as soon as it can.
    """

    __slots__ = ("_value",)
    # No `__dict__` and no hash: `vars` finds nothing, and no dictionary, set or `lru_cache` can hold a secret as a key.
    __hash__ = None  # type: ignore[assignment]

    _value: T_co

    def __init__(self, value: T_co) -> None:
        object.__setattr__(self, "_value", value)

    def reveal(self) -> T_co:
        """The value itself. Use it inside one expression and give it no name: names are shown in error reports."""
        return self._value

    def __repr__(self) -> str:
        return "<secret>"

    def __str__(self) -> NoReturn:
        raise TypeError("a secret is not shown: call reveal() where the value itself is meant")

    def __format__(self, format_spec: str) -> NoReturn:
        raise TypeError("a secret is not formatted: call reveal() where the value itself is meant")

    def __eq__(self, other: object) -> NoReturn:
        # `==` stops at the first byte that differs, and the time it takes tells where.
        raise TypeError("secrets are not compared with ==: use hmac.compare_digest")

    def __bool__(self) -> NoReturn:
        # `secret or default` would put a known default in the place of a missing secret.
        raise TypeError("a secret is neither true nor false: compare with `is None`")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a secret does not change")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("a secret does not change")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        # Pickles, copies and queues between processes all come through here.
        raise TypeError("a secret is not pickled or copied")

    def __init_subclass__(cls) -> NoReturn:
        raise TypeError("a secret has no subclasses: one of them would open another door")
