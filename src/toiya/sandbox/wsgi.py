"""The door the web server opens: the pretend sales site as one WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "toiya.sandbox.settings"

application = get_wsgi_application()
