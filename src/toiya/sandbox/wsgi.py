"""The door the web server opens: the pretend sales site as one WSGI application."""

import os
import threading
import time

from django.core.wsgi import get_wsgi_application

PARENT = os.getppid()


def _end_with_parent() -> None:
    """End this worker when the process that started it was killed, so that nothing keeps the port."""
    while os.getppid() == PARENT:
        time.sleep(0.5)
    os._exit(0)


os.environ["DJANGO_SETTINGS_MODULE"] = "toiya.sandbox.settings"
threading.Thread(target=_end_with_parent, daemon=True).start()

application = get_wsgi_application()
