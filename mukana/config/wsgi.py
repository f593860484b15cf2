"""The door for WSGI servers: pages and JSON."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mukana.config.settings")
application = get_wsgi_application()
