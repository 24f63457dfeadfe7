"""The organisation's way back: any two of three custodians restore a member's private key, none of them alone.

No arithmetic of shared secrets: for each of the three pairs the key is sealed to the one, and that seal is sealed to
the other. Both must open, one after the other, each with their own private key.
"""

from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from safeconduct.values.secret import Secret
from safeconduct.vault.binding import OwnerPlace, Purpose
from safeconduct.vault.errors import ForbiddenError
from safeconduct.vault.sealing import PrivateKey, PublicKey, seal, unseal

CUSTODIANS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Custodian:
    """One of the three whom the organisation named.

    Args:
        member: Who it is.
        public: Their public key.
    """

    member: UUID
    public: PublicKey


@dataclass(frozen=True, slots=True, kw_only=True)
class PairSeal:
    """A member's private key for one pair of custodians.

    Args:
        member: Whose key it is.
        first: Who opens first.
        second: Who opens what the first one found.
        sealed: The seal of the first, with the seal of the second inside.
    """

    member: UUID
    first: UUID
    second: UUID
    sealed: bytes

    def place(self) -> OwnerPlace:
        """What both seals are bound to."""
        return OwnerPlace(owner=self.member, others=(self.first, self.second))


def close_for_custodians(
    private: PrivateKey, *, member: UUID, custodians: tuple[Custodian, Custodian, Custodian]
) -> tuple[PairSeal, PairSeal, PairSeal]:
    """A member's private key for each pair of the three.

    Raises:
        ForbiddenError: If two of the three are one person or one key, or if the member is one of them.
    """
    people = {custodian.member for custodian in custodians}
    if len(people) != CUSTODIANS or len({custodian.public for custodian in custodians}) != CUSTODIANS:
        raise ForbiddenError(
            "two of the three custodians are one", remedy="name three different people, each with a key"
        )
    if member in people:
        raise ForbiddenError("nobody is a custodian of their own key", remedy="name three people other than the member")
    one, two, three = (
        _close_for_pair(private, member=member, first=first, second=second)
        for first, second in combinations(custodians, 2)
    )
    return one, two, three


def _close_for_pair(private: PrivateKey, *, member: UUID, first: Custodian, second: Custodian) -> PairSeal:
    place = OwnerPlace(owner=member, others=(first.member, second.member))
    inner = seal(second.public, private.seed, purpose=Purpose.CUSTODIAN_INNER, binding=place)
    outer = seal(first.public, Secret(inner), purpose=Purpose.CUSTODIAN_OUTER, binding=place)
    return PairSeal(member=member, first=first.member, second=second.member, sealed=outer)


def open_first(pair: PairSeal, *, private: PrivateKey) -> bytes:
    """What the first custodian hands on: a seal that only the second can open.

    Raises:
        CannotOpenError: If anything at all does not fit.
    """
    return unseal(private, pair.sealed, purpose=Purpose.CUSTODIAN_OUTER, binding=pair.place()).reveal()


def open_second(half_opened: bytes, pair: PairSeal, *, private: PrivateKey) -> PrivateKey:
    """The member's private key, from what the first custodian handed on.

    Raises:
        CannotOpenError: If anything at all does not fit.
    """
    return PrivateKey(unseal(private, half_opened, purpose=Purpose.CUSTODIAN_INNER, binding=pair.place()))


def hand_over(private: PrivateKey, *, member: UUID, request: UUID, public: PublicKey) -> bytes:
    """A restored private key, sealed to the member who asked for it and bound to their request.

    Args:
        private: What the second custodian restored.
        member: Whose key it is.
        request: The request.
        public: The fresh key that the member made with the request; custodians compare its fingerprint by telephone.
    """
    return seal(public, private.seed, purpose=Purpose.HANDED_OVER, binding=OwnerPlace(owner=member, others=(request,)))


def take_over(sealed: bytes, *, member: UUID, request: UUID, private: PrivateKey) -> PrivateKey:
    """The member's own private key, from what was handed over.

    Raises:
        CannotOpenError: If anything at all does not fit.
    """
    place = OwnerPlace(owner=member, others=(request,))
    return PrivateKey(unseal(private, sealed, purpose=Purpose.HANDED_OVER, binding=place))
