"""Django's settings of the members' site, from the folder that the environment names."""

from safeconduct.desk.project.configuration import Site, from_environment
from safeconduct.desk.project.settings_shared import settings_for

globals().update(settings_for(Site.MEMBERS, from_environment()))
