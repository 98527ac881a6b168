"""Settings of the pretend sales site alone: its own secret, its own SQLite file, nothing of Toiya's."""

import os
import secrets
from pathlib import Path

PROJECT_FOLDER = Path(__file__).resolve().parents[3]
DATABASE_FILE = Path(os.environ.get("TOIYA_SANDBOX_DB", str(PROJECT_FOLDER / "var" / "sandbox" / "sandbox.sqlite3")))

SECRET_KEY = os.environ.get("TOIYA_SANDBOX_SECRET_KEY") or secrets.token_urlsafe(50)
# The key of the pretend payment service; programs on this machine use the same one.
CARDS_KEY = os.environ.get("TOIYA_CARDS_KEY", "sandbox-cards")
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ROOT_URLCONF = "toiya.sandbox.urls"
WSGI_APPLICATION = "toiya.sandbox.wsgi.application"
INSTALLED_APPS = ["toiya.sandbox.site", "toiya.sandbox.pages"]
MIDDLEWARE = [
    "toiya.sandbox.pages.security.content_security_policy",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(DATABASE_FILE),
        "OPTIONS": {
            # A transaction takes the write lock at once: two threads wait in line instead of one failing
            # in the middle when it turns from reading to writing.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            # Nobody waits for the disk: each last connection that closes would, and hold up the next one. What was
            # written outlives a killed process; a fall of the machine may take a pretend site with it.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"
LANGUAGE_CODE = "en"
USE_I18N = False
# Cookies do not know ports: another name keeps Toiya on the same host signed in.
CSRF_COOKIE_NAME = "sandbox_csrftoken"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
# A bulk call carries up to 500 rows, a demo world several hundred carts.
DATA_UPLOAD_MAX_MEMORY_SIZE = 50_000_000
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} sandbox {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "level": "ERROR"}},
    "root": {"handlers": ["stderr"]},
}
