"""The contact site as a WSGI application: a process of its own, with settings, cookies and a port of its own."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "safeconduct.desk.project.settings_contact"  # noqa: TID251 -- Django's way in

application = get_wsgi_application()
