"""What the pages say of reasons, states and kinds: every word that stands for a value, in one place, by gettext."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.cases.actions.close import Outcome
from safeconduct.desk.cases.comparing import Why
from safeconduct.desk.cases.values import CaseState, Consent, ForWhom, Opinion
from safeconduct.desk.members.actions.custody import Step
from safeconduct.desk.members.roles import Role, State
from safeconduct.desk.members.system_trail import Happened
from safeconduct.desk.refusals import Reason
from safeconduct.rules.finding import Answer
from safeconduct.rules.finding import State as ClockState
from safeconduct.rules.tree import Kind

PROBLEMS: dict[Reason, Promise] = {
    Reason.NOT_SIGNED_IN: _("You are not signed in."),
    Reason.NOT_HERE: _("There is no such page."),
    Reason.ROLE: _("This member has no role that can hold a case."),
    Reason.FRESH_PASSWORD: _("Type your password again first."),
    Reason.WRONG: _("This does not fit. Check each field and try again."),
    Reason.TOO_OFTEN: _(
        "Too many tries. Wait a quarter of an hour and begin again. If that does not help, wait until tomorrow."
    ),
    Reason.BUSY: _("Too many people are here right now. Nothing was tried. Wait a few seconds and try again."),
    Reason.TOO_FAST: _("The form was sent too fast. Send it once more."),
    Reason.FORM_EXPIRED: _("This form is too old. Copy your text, load the page again and send it from there."),
    Reason.NOTHING_SAID: _("Nothing was written."),
    Reason.TOO_LONG: _("This is longer than the desk takes."),
    Reason.TOO_MANY: _("These are more than the desk takes."),
    Reason.WEAK_PASSWORD: _("Choose a longer password: at least 12 signs, not your name. Four or five words do well."),
    Reason.NAME_TAKEN: _("Somebody signs in with this name already. Choose another."),
    Reason.ROLES_CLASH: _("These roles do not go together: an administrator has no other role."),
    Reason.NO_KEY_YET: _("This member has not joined yet, or is locked: nothing can be sealed to them."),
    Reason.HOLDS_ALREADY: _("This member holds the case already."),
    Reason.LAST_HOLDER: _("This is the only holder: the case would be lost. Assign somebody else first."),
    Reason.CASES_LOST: _("Only this member holds some cases. Look at their number, and tick that they are lost."),
    Reason.NO_HOLDER: _("Nobody holds this case any more."),
    Reason.CONSENT_NOT_KNOWN: _("A case is referred only with the consent of everybody in it. Ask, and note it first."),
    Reason.CONSENT_REFUSED: _("Somebody in this case refused that anything about them leaves it."),
    Reason.REASON_NEEDED: _("Somebody in this case refused. Say why a colleague must read it all the same."),
    Reason.CLOSED: _("This case is closed. Open it again first."),
    Reason.ENDED: _("The contact has ended this thread and erased it."),
    Reason.RENEWED: _("The keys of this case were renewed. Load the page again."),
    Reason.NO_CHANNEL: _("There is no such way in."),
    Reason.NO_CUSTODIANS: _("This does not work with these custodians, or two of them have not helped yet."),
    Reason.CLOCK: _("The clock of the server jumped. Tell whoever runs it."),
    Reason.PAST: _("This day has passed. Look at the year, and choose today or a later day."),
    Reason.NOT_A_FACT: _("The law pages know no such fact or event."),
}

TOLD: dict[str, Promise] = {
    "sent": _("Sent to the contact."),
    "noted": _("The note was kept. The contact does not see it."),
    "taken": _("You have taken this case over."),
    "read": _("Marked as read."),
    "named": _("The label was kept."),
    "assigned": _("Assigned. The case can be opened by this member now."),
    "referred": _("Referred. The reason stands among the notes."),
    "withdrawn": _("Withdrawn, and the keys of the case were renewed."),
    "closed": _("The case is closed."),
    "reopened": _("The case is open again."),
    "shredded": _("The case is gone. Backups made before still hold its ciphertext, and soon no key to it."),
    "due": _("The day was kept."),
    "done": _("Marked as done."),
    "undone": _("Marked as not done."),
    "person": _("The person was added."),
    "removed": _("The person was taken out of the case."),
    "consent": _("The consent was noted."),
    "told": _("Written down. What was told before stays beside it."),
    "taken-back": _("Taken back: all tellings of it are gone."),
    "saved": _("The position was saved with its receipt."),
    "judged": _("Your view was kept beside the answer."),
    "law-noted": _("Noted. The case is not listed for this change any more."),
    "password": _("The password was changed. All your other sessions have ended."),
    "proven": _("The printed code is right. Keep it away from this device."),
    "taken-all": _("The cases were taken from this member. Their keys are renewed by the next holders who sign in."),
    "taken-some": _("What others hold too was taken from this member. What only they hold stays with them."),
    "link-taken-back": _("The link was taken back. It opens nothing any more."),
    "locked": _("Locked: sessions, keys and grants of this member are gone."),
    "trusted": _("Your key is sealed to these three custodians, for any two of them together."),
    "custodians": _("The custodians were named. Each member decides whether to trust them."),
    "helped-first": _("Your part is done. A second custodian has to do theirs."),
    "helped-second": _("Both parts are done. The member can finish now."),
    "helped-waits": _("Another custodian has to go first. Nothing was changed."),
    "channel": _("The way in was kept."),
    "key-added": _("The security key was registered. Try it when you sign in next."),
    "key-removed": _("The security key was taken away. It signs in no more."),
    "recovered": _("You have a new password. Sign in, then print a new recovery code."),
}

CROWDED = _("Too many tries. Type your door code too, or wait a quarter of an hour and begin again.")
MISTYPED = _("The code was not typed as it was printed: 42 digits in seven groups. Compare group by group.")
UNREADABLE = _("This cannot be read: %(place)s Correct it and send the form again.")
BLOCK_NOT_WHOLE = _("This is no whole block. Scan all squares of one person again, or copy the whole text.")
PARTS_MISSING = _("These parts are missing: %(parts)s.")
BLOCK_IS_FOR_OTHERS = _("This does not open for you. It is for the readers of another way in, or it was changed.")
TOO_MANY_EVENTS = _("There are too many events here to work out a position. What was told stands below.")
CONTRADICTS = _("What was told contradicts itself: no position can be computed. Compare the tellings.")
NOT_ALIKE = _("The two passwords are not alike.")
INCOMPLETE = _("Something is missing, or cannot be read. Look at the fields below.")

WORDS: dict[Any, Promise] = {
    Role.INTAKE: _("intake"),
    Role.CASEWORKER: _("caseworker"),
    Role.LAWYER: _("lawyer"),
    Role.CUSTODIAN: _("custodian"),
    Role.ADMINISTRATOR: _("administrator"),
    State.ACTIVE: _("active"),
    State.LOCKED: _("locked"),
    State.RESET: _("has a new link"),
    CaseState.NEW: _("new"),
    CaseState.OPEN: _("open"),
    CaseState.CLOSED: _("closed"),
    CaseState.DUMMY: _("empty"),
    Consent.KNOWN: _("agrees"),
    Consent.NOT_KNOWN: _("not known"),
    Consent.REFUSED: _("refused"),
    Opinion.AGREED: _("agreed"),
    Opinion.DOUBTFUL: _("doubtful"),
    Opinion.OTHERWISE: _("I see it otherwise"),
    ForWhom.SELF: _("for themselves"),
    ForWhom.OTHER: _("for another person"),
    ForWhom.MANY: _("for many people"),
    Outcome.HELPED: _("helped"),
    Outcome.REFERRED: _("referred to another place"),
    Outcome.LOST_CONTACT: _("the contact did not come back"),
    Outcome.NOT_FOR_US: _("nothing this desk can do"),
    Outcome.OTHER: _("something else"),
    Step.WAITS: _("nobody has helped yet"),
    Step.FIRST: _("one custodian has helped"),
    Step.SECOND: _("two custodians have helped"),
    Answer.YES: _("yes"),
    Answer.NO: _("no"),
    Answer.UNKNOWN: _("unknown"),
    Answer.DISPUTED: _("disputed"),
    ClockState.NOT_STARTED: _("has not begun"),
    ClockState.RUNNING: _("is running"),
    ClockState.MET: _("was met"),
    ClockState.MISSED: _("the last day has passed"),
    ClockState.UNKNOWN: _("it is not known whether it runs"),
    Why.LAW: _("because of the law"),
    Why.TOLD: _("because of what was told"),
    Why.DAY: _("because of another day"),
    Kind.DEADLINE: _("Deadlines"),
    Kind.EXPOSURE: _("Criminal exposure"),
    Kind.LIABILITY: _("Liability to service"),
    Kind.RESTRICTION: _("Restrictions"),
    Kind.DUTY: _("Duties"),
    Kind.STATUS: _("Status"),
    Kind.RIGHT: _("Rights"),
    Kind.PROTECTION: _("Protection"),
    Kind.PRACTICE: _("Practice"),
}
"""What a value is called."""

VERBS: dict[str, Promise] = {
    "taken-over": _("took the case over"),
    "named": _("gave the case a label"),
    "read": _("marked the thread as read"),
    "answered": _("wrote to the contact"),
    "noted": _("wrote a note"),
    "assigned": _("assigned the case to"),
    "referred": _("referred the case to"),
    "withdrawn": _("withdrew"),
    "renewed": _("renewed the keys"),
    "closed": _("closed the case"),
    "reopened": _("opened the case again"),
    "due-set": _("set a day"),
    "due-done": _("marked a day as done"),
    "due-undone": _("marked a day as not done"),
    "person-added": _("added a person"),
    "person-removed": _("took a person out"),
    "consent-known": _("noted: the person agrees"),
    "consent-not_known": _("noted: consent not known"),
    "consent-refused": _("noted: the person refuses"),
    "told": _("wrote down what was told"),
    "taken-back": _("took a telling back"),
    "position-saved": _("saved a position"),
    "position-printed": _("made a paper of the position of"),
    "judged": _("set a view beside a finding"),
    "law-change-noted": _("noted a change of law"),
}

HAPPENED: dict[Any, Promise] = {
    Happened.INVITED: _("invited somebody"),
    Happened.LINK_TAKEN_BACK: _("took back a link that nobody had used"),
    Happened.JOINED: _("joined"),
    Happened.RESET: _("gave a new link to"),
    Happened.LOCKED: _("locked"),
    Happened.PASSWORD_CHANGED: _("changed the password"),
    Happened.CODE_PRINTED: _("printed a new recovery code"),
    Happened.RECOVERED_BY_CODE: _("came back by the printed code"),
    Happened.PRINTED_CODE_GUESSED_WITH: _("twenty wrong telephone codes came beside the right printed code of"),
    Happened.CUSTODIANS_ASKED: _("the custodians were asked for the key of"),
    Happened.CUSTODIAN_HELPED: _("helped as a custodian to restore the key of"),
    Happened.RECOVERED_BY_CUSTODIANS: _("came back by two custodians"),
    Happened.CUSTODIANS_NAMED: _("named the custodians"),
    Happened.CUSTODIANS_TRUSTED: _("sealed their key to the custodians"),
    Happened.CHANNEL_OPENED: _("opened a way in"),
    Happened.CHANNEL_MEMBERS: _("said who gets the new cases of a way in"),
    Happened.SECURITY_KEY_ADDED: _("registered a security key"),
    Happened.SECURITY_KEY_REMOVED: _("took a security key away"),
    Happened.SECURITY_KEY_USED: _("signed in with a security key"),
    Happened.SECURITY_KEY_COPIED: _("a security key was refused, perhaps a copy, in the name of"),
    Happened.WITHDRAWN: _("took a case from"),
    Happened.SHREDDED: _("a case was shredded"),
}

FIELDS: dict[str, Promise] = {
    "state": _("Known or not"),
    "more": _("Is the list whole?"),
    "from": _("First day on which it is so"),
    "until": _("Last day on which it is so"),
    "on": _("Day, or days between which it lies"),
    "assumed": _("Why it is assumed, if nobody told it"),
}

HINTS: dict[str, Promise] = {
    "date": _("1993, 1993-05 or 1993-05-14; two with .. between, as 1997..1999; one end may be left out"),
    "number": _("A number, or two with .. between, as 3..5"),
    "length": _("How many days, as 3 or 3..10"),
    "code": _("A code, as KZ or RU-SA"),
    "codes": _("Codes with commas between, as RU, KZ"),
    "words": _("In a few words"),
}
