"""The door for WSGI servers: pages and JSON."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mukana.config.settings")
application = get_wsgi_application()

from mukana.config.warming import warm_up  # noqa: E402  the settings are named and the apps loaded by now

warm_up()
