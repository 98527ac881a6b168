"""The web application for granian."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toiya.config.settings")
application = get_wsgi_application()
gc.collect()
gc.freeze()  # what was loaded stays; looking through it at each collection costs a set of orders a tenth of its time
