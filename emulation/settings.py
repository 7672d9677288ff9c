"""Settings, all from the environment and safe without any.

Nothing here needs a value to start: DEBUG is off, the database is an embedded SQLite file, and the secret key is read from the
file that `manage.py setup` makes once under VAR_DIR. Every variable is explained in docs/deployment.md.
"""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

# --- What is served, to whom -------------------------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOOPBACK_HOSTS)
PUBLIC_BASE_URL = env.str("PUBLIC_BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
PUBLIC_BASE_IS_LOOPBACK = (urlsplit(PUBLIC_BASE_URL).hostname or "") in {"127.0.0.1", "localhost", "::1"}
# How many reverse proxies of ours stand in front; 0 means that the peer's address is the person's.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# The one switch for plain HTTP (no TLS): for a person's own machine only, so it is refused together with any other host.
PLAIN_HTTP = env.bool("PLAIN_HTTP", default=False)
if PLAIN_HTTP and not set(ALLOWED_HOSTS) <= set(LOOPBACK_HOSTS):
    raise ImproperlyConfigured("PLAIN_HTTP is for loopback only: remove it, or leave ALLOWED_HOSTS at its default.")


def secret_key() -> str:
    """The key from SECRET_KEY, or from the file made by `manage.py setup`; set-up itself runs without one."""
    if given := env.str("SECRET_KEY", default=""):
        return given
    file = VAR_DIR / "secret_key"
    if file.exists():
        return file.read_text(encoding="ascii").strip()
    if "setup" in sys.argv or "check" in sys.argv or "makemigrations" in sys.argv:
        import secrets

        return secrets.token_urlsafe(50)
    raise ImproperlyConfigured("No secret key yet: run `manage.py setup` once, or set SECRET_KEY.")


SECRET_KEY = secret_key()

# --- What it is made of --------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "emulation",
    "emulation.office",
    "emulation.reminders",
    "scoring",
    "emulation.reports",
    "blocs",
    "emulation.signing",
    "emulation.orders",
    "emulation.inbox",
    "emulation.organisation",
    "emulation.records",
    "emulation.organisation.admin_config.OfficeAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "emulation.request_id.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "emulation.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "emulation.organisation.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "emulation.urls"
WSGI_APPLICATION = "emulation.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "emulation.navigation.shell",
            ],
        },
    },
]
FORM_RENDERER = "emulation.form_controls.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Database ------------------------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'emulation.sqlite3'}")}
EMBEDDED_DATABASE = "DATABASE_URL" not in env.ENVIRON
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Without these three, concurrent writers fail with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# To open a connection costs as much as a small page, on SQLite too.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- People --------------------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "organisation.User"
AUTHENTICATION_BACKENDS = ["emulation.organisation.backends.HolderBackend"]
# As strong as PBKDF2's default and several times quicker, which a commander notices at the moment of signing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "full_name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=8) * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Wrong passwords within the window before an account, or an address, has to wait. An address is often a whole agency's.
LOCKOUT_MINUTES = 15
LOCKOUT_PER_ACCOUNT = 5
LOCKOUT_PER_ADDRESS = 50
HELP_LINE = env.str("HELP_LINE", default="")

# --- Signing and the public verification page --------------------------------------------------------------------------------

AUTHORITY_DIR = VAR_DIR / "authority"
AUTHORITY_PASSPHRASE = env.str("AUTHORITY_PASSPHRASE", default="")
AUTHORITY_NAME = env.str("AUTHORITY_NAME", default="Hệ thống thi đua Công an tỉnh")
SEAL_DIR = VAR_DIR / "seals"
DOCUMENTS_DIR = VAR_DIR / "documents"
UPLOADS_DIR = VAR_DIR / "uploads"
EXPORTS_DIR = VAR_DIR / "exports"
VERIFY_PER_MINUTE = 60
VERIFY_UPLOADS_PER_MINUTE = 10
VERIFY_QUEUE = 20
VERIFY_MAX_BYTES = 20 * 1024 * 1024
# All files of the scan of one signed paper together: some twenty pages as a phone takes them.
SCAN_MAX_BYTES = 40 * 1024 * 1024

# --- Mail: files in the data folder until a post office is named -------------------------------------------------------------

vars().update(env.email_url("EMAIL_URL", default=f"filemail:///{VAR_DIR / 'mail'}"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="thi-dua@localhost")
# How often a minute one network address may ask for calendars: often a whole agency's.
FEEDS_PER_MINUTE = 60

# --- Words, dates and numbers ----------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LOCALE_PATHS = [BASE_DIR / "emulation" / "locale"]
FORMAT_MODULE_PATH = ["emulation.formats"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# --- Files -----------------------------------------------------------------------------------------------------------------------

# An agency's own licensed Times New Roman; the free fonts of the same widths stand in for it.
DOCUMENT_FONT_DIR = env.str("DOCUMENT_FONT_DIR", default="")
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR_DIR / "media"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
# A command that looks into every piece of evidence before it is kept: see emulation/lib/virus_scan.py.
VIRUS_SCAN_COMMAND = env.str("VIRUS_SCAN_COMMAND", default="")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

# --- Defence in the browser --------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "script-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = False  # our own scripts send the token with a fetch
CSRF_FAILURE_VIEW = "emulation.views.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not PLAIN_HTTP and not DEBUG)
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not PLAIN_HTTP
SECURE_HSTS_PRELOAD = not PLAIN_HTTP
SECURE_REDIRECT_EXEMPT = [r"^suc-khoe/$"]
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Logs: every line carries the request's id; no passwords, tokens or texts are ever logged ------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "emulation.request_id.RequestIdFilter"},
        "secret_paths": {"()": "emulation.lib.secret_paths.SecretPathFilter"},
    },
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(request_id)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["request_id", "secret_paths"], "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "pyhanko": {"level": "ERROR"},
        "pyhanko_certvalidator": {"level": "ERROR"},
    },
}
