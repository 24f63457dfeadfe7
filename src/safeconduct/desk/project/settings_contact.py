"""Django's settings of the contact site, from the folder that the environment names."""

from safeconduct.desk.project.configuration import Site, from_environment
from safeconduct.desk.project.settings_shared import settings_for

globals().update(settings_for(Site.CONTACT, from_environment()))
