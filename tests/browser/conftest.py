"""A real browser and a real server, for the tests of this folder."""

import pytest
from django.core.handlers.wsgi import WSGIHandler

from tests.desk.contact.visiting import contact_site, open_site
from tools.picture_pages import a_browser
from tools.serving import served

__all__ = ["contact_site", "open_site"]


@pytest.fixture(scope="module")
def chromium():
    """Chromium. The driver keeps a loop of its own in this thread, beside which Django would refuse its stores."""
    with pytest.MonkeyPatch.context() as patch, a_browser() as browser:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield browser


@pytest.fixture
def address(open_site):
    """The contact site with one channel, served on loopback: its address."""
    from django.test import override_settings

    with override_settings(ALLOWED_HOSTS=["localhost"]), served(WSGIHandler()) as where:
        yield where
