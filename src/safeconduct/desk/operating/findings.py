"""What can be wrong with an installation: stable codes, each with what to do (docs/reference/desk-check.md)."""

from dataclasses import dataclass
from enum import Enum


class Weight(Enum):
    """How much a finding matters."""

    FAULT = "fault"  # Something is open that must be closed, or does not work.
    ADVICE = "advice"  # It works, and could hold better.


class Code(Enum):
    """What can be found: number, weight, what to do."""

    FOLDER_OPEN = ("DSK001", Weight.FAULT, "chmod 700 on the folder of the desk")
    FOLDER_OWNER = ("DSK002", Weight.FAULT, "run the desk as the account that owns its folder, or chown the folder")
    SECRET = ("DSK003", Weight.FAULT, "restore the file from where it is kept apart, and chmod 400")
    SETTINGS = ("DSK004", Weight.FAULT, "correct desk.toml")
    SETTINGS_OPEN = ("DSK005", Weight.FAULT, "chmod 600 on desk.toml: it may hold a password of PostgreSQL")
    STORE_OPEN = ("DSK006", Weight.FAULT, "chmod 600 on the file")
    STORE_AWAY = ("DSK007", Weight.FAULT, "see that the store runs and can be reached")
    STORE_OLD = ("DSK008", Weight.FAULT, "start the desk once with this version: safeconduct desk serve")
    STORE_BROKEN = ("DSK009", Weight.FAULT, "stop the desk, and restore the last backup into a new folder")
    SHREDDING_WEAK = ("DSK010", Weight.FAULT, "back up, and restore into a new folder: it is then set up as it must be")
    DISK_FULL = ("DSK011", Weight.FAULT, "make room: below this nothing new is taken in")
    CORE_FILES = ("DSK012", Weight.ADVICE, "let the system write no core files: docs/how-to/desk-server.md")
    SWAP = ("DSK013", Weight.ADVICE, "turn swap off, or encrypt it with a key that is new at every start")
    ROOT = ("DSK014", Weight.ADVICE, "give the desk an account of its own that can do nothing else")
    ANY_HOST = ("DSK015", Weight.FAULT, "name the hosts of the site in desk.toml; no stars")
    NO_ADMINISTRATOR = ("DSK016", Weight.ADVICE, "use the one-time link that `safeconduct desk serve` prints")
    NO_CHANNEL = ("DSK017", Weight.ADVICE, "open a channel, and name members who read it: the site takes nothing in")
    ONE_READER = ("DSK018", Weight.ADVICE, "name a second member: if one is away, nobody can open what comes in")
    ONE_HOLDER = ("DSK019", Weight.ADVICE, "let the one who holds it assign a colleague")
    NO_CUSTODIANS = ("DSK020", Weight.ADVICE, "name three custodians, so that a lost password loses no case")
    RETENTION_LATE = ("DSK021", Weight.FAULT, "look at the clock; then: safeconduct desk shred --clock-is-right")
    DRILL = ("DSK022", Weight.ADVICE, "let the member type the printed code once: Settings, recovery drill")
    BACKUP_OLD = ("DSK023", Weight.ADVICE, "safeconduct desk backup")
    SAME_SECRET = (
        "DSK024",
        Weight.FAULT,
        "give the two sites two secrets: move members.secret away and start the desk",
    )
    CRISIS_OLD = ("DSK025", Weight.ADVICE, "try the contact, then write the day into desk.toml; or take it out")
    KEYRING_LONG = ("DSK026", Weight.ADVICE, "write keyring_days = 14 into desk.toml, or fewer")

    def __init__(self, number: str, weight: Weight, hint: str) -> None:
        """Take the parts apart."""
        self.number = number
        self.weight = weight
        self.hint = hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is wrong.

    Args:
        code: What.
        place: Where: the name of a file, a setting or a table; never a path, and nothing of anybody.
        says: The problem in words.
    """

    code: Code
    place: str
    says: str

    def text(self) -> str:
        """As it is shown at the terminal."""
        return f"{self.code.number} {self.code.weight.value}: {self.place}: {self.says}\n  to fix: {self.code.hint}"
