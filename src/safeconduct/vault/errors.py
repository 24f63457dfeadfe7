"""What can go wrong in the vault. No message holds a key, a code, a password or anything that was read."""

from safeconduct.values.errors import SafeconductError


class VaultError(SafeconductError):
    """Something in the vault refuses."""


class CannotOpenError(VaultError):
    """The key does not fit or the data were changed: one error for both, and for every other reason why not.

    Whoever could tell a wrong key from broken data would learn something about the key.
    """

    def __init__(self) -> None:
        super().__init__(
            "this does not open: the key does not fit, or the data were changed or moved",
            remedy="check that it is the right key for this place, and that this version can read the format",
            code="VAULT01",
        )


class CostError(VaultError):
    """A key derivation costs less than the site allows, or more than a machine should be made to do."""

    def __init__(self) -> None:
        super().__init__(
            "the key derivation is set weaker than the site allows, or dearer than any setting of ours",
            remedy="use the settings of the site; stored settings that differ were changed by somebody",
            code="VAULT02",
        )


class CodeError(VaultError):
    """A code was not typed as it was given: nothing was tried with it.

    Args:
        message: What does not fit, naming at most the position of a word, never what was typed.
        remedy: What to look at.
    """

    def __init__(self, message: str, *, remedy: str) -> None:
        super().__init__(message, remedy=remedy, code="VAULT03")


class KeyFormatError(VaultError):
    """Bytes that should be a public key are none."""

    def __init__(self) -> None:
        super().__init__(
            "this is not a public key of ours",
            remedy="take the key from the file or page where it was made, whole and unchanged",
            code="VAULT04",
        )


class TooLargeError(VaultError):
    """A text does not fit the largest size class.

    Args:
        most: Bytes that fit.
    """

    def __init__(self, most: int) -> None:
        super().__init__(
            f"the text is longer than the {most} bytes that fit",
            remedy="send it as a file, or in parts",
            code="VAULT05",
        )


class ForbiddenError(VaultError):
    """A key was to be given to somebody who must never hold it.

    Args:
        message: Which rule forbids it.
        remedy: What to do instead.
    """

    def __init__(self, message: str, *, remedy: str) -> None:
        super().__init__(message, remedy=remedy, code="VAULT06")


class WaitedTooLongError(VaultError):
    """So many keys are derived at the moment that this one was not begun."""

    def __init__(self) -> None:
        super().__init__(
            "too many keys are derived at once",
            remedy="try again in a few seconds; nothing was begun",
            code="VAULT07",
        )
