"""Calls made from the description by schemathesis, and bodies that no description would make."""

import json
from contextlib import contextmanager
from dataclasses import replace

from hypothesis import strategies as st

from tests.desk.api.calling import CALL, DESCRIPTION, TOLD, site_with

EVERY_CHECK = ("valid", "invalid")
_NAMES = ("person", "history", "not_happened", "complete", "event", "on", "situation", "language", "aim", "reserve")


class DescribedSite:
    """The contact site as a WSGI application, with what its description says."""

    def __init__(self, schema):
        self.schema = schema

    def calls(self, address, *, valid):
        """Calls of an address that the description allows, or forbids."""
        from schemathesis import GenerationMode

        mode = GenerationMode.POSITIVE if valid else GenerationMode.NEGATIVE
        return self.schema[address]["POST"].as_strategy(generation_mode=mode)


@contextmanager
def described_site(desk):
    """This process as the contact site with the API and a small invented law; its description is read from itself."""
    import schemathesis
    from django.core.handlers.wsgi import WSGIHandler

    from tests.cli.invented import corpus

    hosts = dict.fromkeys(desk.hosts, ("localhost", "testserver"))
    with site_with(replace(desk, api=True, law=corpus(), hosts=hosts)):
        yield DescribedSite(schemathesis.openapi.from_wsgi(DESCRIPTION, WSGIHandler(), config=_config()))


def _config():
    from schemathesis.config import SchemathesisConfig

    # What the schema allows and the vocabulary does not know is refused with 422, which is no fault of either; what is
    # too long for a schema is often too long for a body.
    expected = {"positive_data_acceptance": ["200", "400", "422"], "negative_data_rejection": ["400", "413", "422"]}
    return SchemathesisConfig.from_dict(
        {"checks": {name: {"expected-statuses": statuses} for name, statuses in expected.items()}}
    )


def check_call(case):
    """Every check that schemathesis has: statuses, types and schemas are as described, bad data is refused, no 500."""
    response = case.call()
    case.validate_response(response)
    assert response.headers["cache-control"] == ["no-store"]
    assert "set-cookie" not in response.headers


def bodies():
    """Bytes, texts and JSON of every shape, some near to a call that is answered."""
    scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(_NAMES)
    trees = st.recursive(
        scalars,
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from(_NAMES) | st.text(max_size=8), inner, max_size=4)
        ),
        max_leaves=15,
    )
    near = st.dictionaries(st.sampled_from(("on", "language", "all", "asked", "about", "reply", "situation")), trees)
    calls = near.map(lambda more: {**CALL, **more})
    situations = st.dictionaries(st.sampled_from(("person", "history", "not_happened", "complete")), trees)
    whole = (trees | calls | situations.map(lambda told: {**CALL, "situation": {**TOLD, **told}})).map(json.dumps)
    encodings = st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-7"))
    encoded = st.tuples(whole, encodings).map(lambda one: one[0].encode(one[1], "surrogatepass"))
    deep = st.integers(1, 10_000).map(lambda depth: b'{"situation":' * depth + b"1" + b"}" * depth)
    long = st.integers(1, 4_000).map(lambda size: b'{"on": ' + b"9" * size + b"}")
    cut = st.tuples(encoded, st.integers(0, 200)).map(lambda one: one[0][: one[1]])
    return st.binary(max_size=200) | encoded | deep | long | cut
