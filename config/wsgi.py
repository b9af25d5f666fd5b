"""The door through which the application server enters the site."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Nobody waits longer than this many seconds for one statement; commands such as migrate may.
os.environ.setdefault("DATABASE_TIMEOUT", "5")

application = get_wsgi_application()
