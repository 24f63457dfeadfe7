"""Settings of Django for the type checker and for `makemigrations`: an invented desk with no secrets and no store."""

from pathlib import Path

from safeconduct.desk.project.configuration import Configuration, Site
from safeconduct.desk.project.settings_shared import settings_for
from safeconduct.values.secret import Secret
from safeconduct.vault.site import SiteKeys
from safeconduct.vault.stretching import CONTACT_COST, Stretching

_INVENTED = Configuration(
    folder=Path("invented"),
    keys=SiteKeys.of(Secret(bytes(32))),
    stretching=Stretching(salt=bytes(16), cost=CONTACT_COST),
    django_secrets={site: Secret("invented") for site in Site},
)

globals().update(settings_for(Site.MEMBERS, _INVENTED))
