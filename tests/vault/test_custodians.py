"""Any two of three custodians restore a key, and none of them alone."""

from itertools import combinations

import pytest

from safeconduct.vault.custodians import (
    Custodian,
    PairSeal,
    close_for_custodians,
    hand_over,
    open_first,
    open_second,
    take_over,
)
from safeconduct.vault.errors import CannotOpenError, ForbiddenError
from tests.vault.builders import ANNA, BORIS, CHLOE, DMITRI, a_private_key, a_public_key, an_id, three_custodians

pytestmark = pytest.mark.security
PAIRS = list(combinations((BORIS, CHLOE, DMITRI), 2))


def seals():
    return close_for_custodians(a_private_key(1), member=ANNA, custodians=three_custodians())


def private_of(member):
    return a_private_key(member.int)


def test_there_is_one_seal_for_each_pair():
    assert [(pair.first, pair.second) for pair in seals()] == PAIRS
    assert len({len(pair.sealed) for pair in seals()}) == 1


@pytest.mark.parametrize("pair", range(3))
def test_each_pair_restores_the_key(pair):
    seal = seals()[pair]
    half_opened = open_first(seal, private=private_of(seal.first))
    restored = open_second(half_opened, seal, private=private_of(seal.second))
    assert restored.seed.reveal() == a_private_key(1).seed.reveal()


@pytest.mark.parametrize("alone", [BORIS, CHLOE, DMITRI])
@pytest.mark.parametrize("pair", range(3))
def test_no_custodian_alone_restores_the_key(alone, pair):
    seal = seals()[pair]
    half_opened = seal.sealed
    if alone == seal.first:
        half_opened = open_first(seal, private=private_of(alone))
        assert a_private_key(1).seed.reveal() not in half_opened
    else:
        with pytest.raises(CannotOpenError):
            open_first(seal, private=private_of(alone))
    if alone == seal.second:
        # Without the first, the second has only the outer seal.
        assert half_opened == seal.sealed
    with pytest.raises(CannotOpenError):
        open_second(half_opened, seal, private=private_of(alone))


def test_what_the_first_hands_on_says_nothing_to_the_third():
    seal = seals()[0]
    half_opened = open_first(seal, private=private_of(BORIS))
    with pytest.raises(CannotOpenError):
        open_second(half_opened, seal, private=private_of(DMITRI))


CHANGES = [
    ("another member", {"member": DMITRI}),
    ("another first",  {"first": DMITRI}),
    ("another second", {"second": DMITRI}),
    ("order",          {"first": CHLOE, "second": BORIS}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "change"), CHANGES, ids=[what for what, _ in CHANGES])
def test_a_seal_moved_to_another_place_does_not_open(what, change):
    seal = seals()[0]
    moved = PairSeal(
        **{"member": seal.member, "first": seal.first, "second": seal.second, "sealed": seal.sealed, **change}
    )
    with pytest.raises(CannotOpenError):
        open_first(moved, private=private_of(BORIS))


def custodian(member, key):
    return Custodian(member=member, public=a_public_key(key))


TWICE = ("two of the three custodians are one", "name three different people, each with a key")
OWN = ("nobody is a custodian of their own key", "name three people other than the member")
#   what                    custodians                                                              what is said
FORBIDDEN = [
    ("one person twice",    (custodian(BORIS, 2), custodian(BORIS, 3), custodian(DMITRI, 4)),       TWICE),
    ("one key twice",       (custodian(BORIS, 2), custodian(CHLOE, 2), custodian(DMITRI, 4)),       TWICE),
    ("the member too",      (custodian(ANNA, 1), custodian(CHLOE, 3), custodian(DMITRI, 4)),        OWN),
]  # fmt: skip


@pytest.mark.parametrize(("what", "custodians", "said"), FORBIDDEN, ids=[what for what, *_ in FORBIDDEN])
def test_three_custodians_are_three_others(what, custodians, said):
    with pytest.raises(ForbiddenError) as refused:
        close_for_custodians(a_private_key(1), member=ANNA, custodians=custodians)
    assert (refused.value.message, refused.value.remedy) == said


REQUEST = an_id(0x4E9)


def handed(**changed):
    usual = {"member": ANNA, "request": REQUEST, "public": a_public_key(9)}
    return hand_over(a_private_key(1), **usual | changed)


def test_what_is_handed_over_is_taken_over_by_who_asked():
    restored = take_over(handed(), member=ANNA, request=REQUEST, private=a_private_key(9))
    assert restored.public == a_public_key(1)


#   what                    how it was handed over
ELSEWHERE = [
    ("another key",         {"public": a_public_key(8)}),
    ("another member",      {"member": BORIS}),
    ("another request",     {"request": an_id(0x4EA)}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "changed"), ELSEWHERE, ids=[what for what, _ in ELSEWHERE])
def test_what_is_handed_over_elsewhere_does_not_open(what, changed):
    with pytest.raises(CannotOpenError):
        take_over(handed(**changed), member=ANNA, request=REQUEST, private=a_private_key(9))


def test_a_seal_of_a_pair_is_not_taken_for_what_was_handed_over():
    with pytest.raises(CannotOpenError):
        take_over(seals()[0].sealed, member=ANNA, request=CHLOE, private=private_of(BORIS))
