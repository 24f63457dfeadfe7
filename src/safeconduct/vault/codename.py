"""The codename: the one thing a contact keeps. Whoever has it has the thread; nobody can ask for it a second time.

A number drawn evenly below 10**24 (79.7 bits). It is shown as 26 digits, the last two of which check the others, or as
eight words and a check word. However it is typed, the same number comes of it, and a slip is caught before any key is
derived.
"""

import secrets
from dataclasses import dataclass

from safeconduct.values.secret import Secret
from safeconduct.vault.checked import grouped, read_checked, with_check
from safeconduct.vault.errors import CodeError
from safeconduct.vault.wording import Language, read_words, spell

DIGITS = 24
_BELOW = 10**DIGITS
_GROUP = 4
_LONGEST = 400  # Signs: far above nine words with everything that may stand between them.


@dataclass(frozen=True, slots=True, eq=False)
class Codename:
    """A codename.

    Args:
        number: The number, 0 <= number < 10**24.
    """

    number: Secret[int]

    @classmethod
    def new(cls) -> "Codename":
        """A fresh one, every number as likely as every other."""
        return cls(Secret(secrets.randbelow(_BELOW)))

    @classmethod
    def read(cls, typed: Secret[str]) -> "Codename":
        """The codename somebody typed, as digits or as words of any of our lists.

        Args:
            typed: What was typed; spaces, hyphens, case and the dots of ё do not matter.
        Raises:
            CodeError: If it cannot be one of ours. The message holds nothing of what was typed.
        """
        if len(typed.reveal()) > _LONGEST:
            raise CodeError("what was typed is too long", remedy="type the digits only, or the nine words only")
        if any(sign.isdecimal() for sign in typed.reveal()):
            return cls(read_checked(typed, digits=DIGITS))
        number = read_words(typed)
        if number.reveal() >= _BELOW:
            # Eight words can say a little more than 10**24 numbers.
            raise CodeError("these words are no codename of ours", remedy="compare the words one by one")
        return cls(number)

    def digits(self) -> Secret[str]:
        """The 26 digits: six groups of four and the two check digits."""
        return grouped(with_check(self.number, digits=DIGITS), size=_GROUP)

    def words(self, language: Language) -> Secret[str]:
        """The eight words and the check word."""
        return spell(self.number, language)

    def canonical(self) -> Secret[bytes]:
        """What keys are derived from: the 24 digits of the number, whichever form was typed."""
        return Secret(f"{self.number.reveal():0{DIGITS}d}".encode())
