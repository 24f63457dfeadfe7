"""Ten thousand calls of every kind: made from the description, and made to break it. None is answered with 500."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.desk.api.calling import ASSESS, NEXT, Partner, site_with
from tests.desk.api.described import EVERY_CHECK, bodies, check_call, described_site
from tests.desk.api.test_description import QUICK

MANY = settings(QUICK, max_examples=2_000)
SOME = settings(QUICK, max_examples=1_000)


@pytest.mark.parametrize("name", EVERY_CHECK)
@pytest.mark.parametrize("address", [ASSESS, NEXT])
def test_many_calls_made_from_the_description_are_answered_as_it_says(desk, address, name):
    with described_site(desk) as site:

        @MANY
        @given(case=site.calls(address, valid=name == "valid"))
        def each(case):
            check_call(case)

        each()


@pytest.mark.parametrize("address", [ASSESS, NEXT])
def test_many_bodies_of_every_kind_are_answered_or_refused(desk, address):
    from tests.cli.invented import corpus

    with site_with(replace(desk, api=True, law=corpus())):
        partner = Partner()

        @SOME
        @given(body=bodies())
        def each(body):
            assert partner.send(address, body).status_code in {200, 400, 413, 422}

        each()
