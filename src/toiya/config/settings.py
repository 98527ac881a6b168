"""Django settings; everything an operator may change comes from the environment."""

import json
import os
import secrets

from toiya.config import database, papers
from toiya.config.places import ROOT, VAR


def flag(name: str) -> bool:
    """A switch of the environment: on for 1, true, yes."""
    return os.environ.get(name, "").lower() in {"1", "true", "yes"}


DEBUG = flag("TOIYA_DEBUG")
DEMO = flag("TOIYA_DEMO")  # shows the demo's log-ins on the sign-in page; refused on a public host
DEMO_LOGINS = json.loads(os.environ.get("TOIYA_DEMO_LOGINS", "[]"))
SECRET_KEY = os.environ.get("TOIYA_SECRET_KEY") or database.local_secret(VAR, "secret-key", secrets.token_urlsafe)
FIELD_KEYS = os.environ.get("TOIYA_FIELD_KEYS") or database.local_secret(
    VAR, "field-keys", lambda: "k1:" + secrets.token_hex(32)
)
ALLOWED_HOSTS = os.environ.get("TOIYA_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("TOIYA_ORIGINS", "").split(",") if origin]
ROOT_URLCONF = "toiya.config.urls"
WSGI_APPLICATION = "toiya.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "django_htmx",
    "template_partials",
    "lucide",
    "toiya.core",
    "toiya.domain.members",
    "toiya.domain.imports",
    "toiya.domain.warehouses",
    "toiya.domain.catalog",
    "toiya.domain.pricing",
    "toiya.domain.stock",
    "toiya.domain.wallet",
    "toiya.domain.inbound",
    "toiya.domain.assembly",
    "toiya.domain.transfers",
    "toiya.domain.orders",
    "toiya.domain.carriers",
    "toiya.domain.allocation",
    "toiya.domain.outbound",
    "toiya.domain.lending",
    "toiya.domain.channels",
    "toiya.domain.billing",
    "toiya.domain.contracts",
    "toiya.domain.dues",
    "toiya.domain.conversations",
    "toiya.domain.notifications",
    "toiya.web.shared",
    "toiya.web.door",
    "toiya.web.portal",
    "toiya.web.floor",
    "toiya.web.office",
    "toiya.web.api",
    "toiya.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "toiya.web.shared.session_limits.SessionLimitsMiddleware",
    "toiya.web.shared.middleware.ReaderMiddleware",
    "toiya.web.shared.middleware.RefusalMiddleware",
    "toiya.web.shared.middleware.KeptOutMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "toiya.web.shared.context.shell",
            ],
            "builtins": ["toiya.web.shared.templatetags.parts"],
        },
    }
]

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"  # each package's background doors

DATABASES = {"default": database.configuration(VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = ["toiya.web.shared.people.PeopleBackend"]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "toiya.web.shared.errors.csrf_failure"
# Owners, administrators and approvers add a second factor within so many days; in the demo they may (S28).
FACTOR_GRACE_DAYS = int(os.environ.get("TOIYA_FACTOR_GRACE_DAYS", "14"))
# What stood in files that were handed in, buyers' names too, is forgotten so many days after they are over (R25).
IMPORT_KEPT_DAYS = int(os.environ.get("TOIYA_IMPORT_KEPT_DAYS", "90"))
# Buyers themselves: days after delivery or cancelling.
BUYER_KEPT_DAYS = int(os.environ.get("TOIYA_BUYER_KEPT_DAYS", "30"))
FACTORS_REQUIRED = not DEMO
PASSKEY_HOST = os.environ.get("TOIYA_PASSKEY_HOST", "")  # the domain passkeys belong to; empty: the host asked for
# The frame of each face's pages: rail, shop, search (web.shared.shell).
SHELLS = {"portal": "toiya.web.portal.shell.build", "office": "toiya.web.office.shell.build"}
# The tabs of each face's pages about oneself, and where else a page that is not there may be.
TABS = {"portal": "toiya.web.portal.settings_tabs.tabs", "office": "toiya.web.office.me_tabs.tabs"}
ELSEWHERE = "toiya.web.portal.elsewhere.shop_with"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "toiya.domain.members.passwords.RuleValidator"}]
PASSWORD_LENGTH = int(os.environ.get("TOIYA_PASSWORD_LENGTH", "8"))  # more than the 8 of A004, never fewer
PASSWORD_WORDS = os.environ.get("TOIYA_PASSWORD_WORDS", "").split()  # further words that no password may hold
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600  # the longest any session lives; web.shared.session_limits ends most earlier (S31)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_COOKIES = flag("TOIYA_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_HSTS_SECONDS = 63_072_000 if SECURE_COOKIES else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_COOKIES
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "connect-src": ["'self'"],
        "font-src": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ja", "日本語"), ("zh-hans", "简体中文"), ("ko", "한국어")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = VAR / "files"
FILE_UPLOAD_HANDLERS = [
    "toiya.web.shared.uploads.CappedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "papers": papers.storage(VAR),
}

QOO10_BASE = os.environ.get("TOIYA_QOO10_BASE", "https://api.qoo10.jp/GMKT.INC.Front.QAPIService/ebayjapan.qapi")
# Ours; makes sellers' keys from their id and password.
QOO10_API_KEY = os.environ.get("TOIYA_QOO10_API_KEY", "")
# The page where a seller grants us a key, if the host has one.
QOO10_CONSOLE = os.environ.get("TOIYA_QOO10_CONSOLE", "")
# The public key with which that host signs who its sellers are: a JSON web key. Without one it is fetched once.
QOO10_CONSOLE_KEY = os.environ.get("TOIYA_QOO10_CONSOLE_KEY", "")

# Whether labels of Yamato, Sagawa and Japan Post are real. Until then they say TEST and take test ranges only.
REAL_CARRIERS = flag("TOIYA_REAL_CARRIERS")
BARCODE_ENDS = os.environ.get("TOIYA_BARCODE_ENDS", "A")  # the letters around a number in its NW-7, by the contract

# Countries whose businesses wait for approval (A024), such as "KR,SG"; "*" is all, "-" none, nothing our own list.
APPROVED_FIRST = os.environ.get("TOIYA_APPROVED_FIRST", "")
# Desks told of applications (A026) in place of ours, such as "KR=kr@example.com|02-2620-1168,*=all@example.com".
DESKS = os.environ.get("TOIYA_DESKS", "")

# Our own address as people type it: links in letters are made from it, never from what a browser named as host.
TOIYA_URL = os.environ.get("TOIYA_URL", "http://127.0.0.1:8000").rstrip("/")
# smtp:// or smtps:// (integrations/mail/smtp/README.md), and who writes. Without one, letters go to the outbox.
SMTP_URL = os.environ.get("TOIYA_SMTP_URL", "")
MAIL_FROM = os.environ.get("TOIYA_MAIL_FROM", "Toiya <toiya@localhost>")
SMS_URL = os.environ.get("TOIYA_SMS_URL", "")
SMS_TOKEN = os.environ.get("TOIYA_SMS_TOKEN", "")
OUTBOX = VAR / "outbox"
# How many SMS a day to one country's numbers, and to all: a brake against those who earn by our sending.
SMS_A_DAY_PER_COUNTRY = int(os.environ.get("TOIYA_SMS_A_DAY_PER_COUNTRY", "200"))
SMS_A_DAY = int(os.environ.get("TOIYA_SMS_A_DAY", "600"))

# A worker that gave no sign of life for so long is dead, and its jobs go to the others (F05).
STALLED_SECONDS = float(os.environ.get("TOIYA_STALLED_SECONDS", "120"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("TOIYA_LOG", "WARNING")},
}
