"""Settings: one file, everything that differs between sites comes from the environment."""

from __future__ import annotations

import base64
import os
import secrets
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent

DATA = Path(os.environ.get("MUKANA_DATA", ROOT / "var")).resolve()
DATA.mkdir(parents=True, exist_ok=True)

DEMO = os.environ.get("MUKANA_DEMO", "1" if (DATA / "demo").exists() else "") == "1"  # load-demo leaves the file
DEBUG = False


def _secret_key() -> str:
    """The key of the environment, else one made once and kept beside the data."""
    return os.environ.get("MUKANA_SECRET_KEY") or _kept("secret-key", secrets.token_urlsafe(50))


def _field_keys() -> list[str]:
    """What personal fields are sealed with: the first key seals, all of them open."""
    given = os.environ.get("MUKANA_FIELD_KEYS") or _kept("field-keys", base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
    return [key.strip() for key in given.split(",") if key.strip()]


def _kept(name: str, made: str) -> str:
    """The text of a file beside the data, written once."""
    path = DATA / name
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _written(path)
    with os.fdopen(handle, "w") as file:
        file.write(made)
    return _written(path)


def _written(path: Path) -> str:
    """The text of a file that another process may be writing just now."""
    for _ in range(200):
        if text := path.read_text().strip():
            return text
        time.sleep(0.01)
    raise RuntimeError(f"{path} is empty; remove it and start again")


def _database(url: str) -> dict[str, object]:
    """`postgres://user:password@host:port/name`, or the embedded SQLite when empty."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "mukana.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 60,
                "cached_statements": 512,  # a deed asks some two hundred different ones; reading them anew costs more than asking
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,  # a server that was started again is found, not stumbled on
    }


SECRET_KEY = _secret_key()
FIELD_KEYS = _field_keys()
DATABASES = {"default": _database(os.environ.get("MUKANA_DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ADDRESS_FILE = DATA / "address"  # where `mukana serve` last served, for links printed by other commands
_SERVED = ADDRESS_FILE.read_text().strip() if ADDRESS_FILE.exists() else "http://localhost:8000"
BASE_URL = os.environ.get("MUKANA_BASE_URL", _SERVED).rstrip("/")
_HOST = urlsplit(BASE_URL).hostname or "localhost"
ALLOWED_HOSTS = [_HOST, "localhost", "127.0.0.1", "[::1]", *filter(None, os.environ.get("MUKANA_HOSTS", "").split(","))]
SECURE = BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [BASE_URL, *(f"{urlsplit(BASE_URL).scheme}://{host}" for host in ALLOWED_HOSTS[4:])]

PRIVATE_NETWORKS = os.environ.get("MUKANA_PRIVATE_NETWORKS", "1" if DEMO else "") == "1"  # may sources be fetched from them?
SITE_REGION = os.environ.get("MUKANA_REGION", gettext_lazy("Esittelyalue") if DEMO else "")
TILE_URL = os.environ.get("MUKANA_TILE_URL", "")  # "https://tiles.example/{z}/{x}/{y}.png"; empty: drawn ground
TILE_ATTRIBUTION = os.environ.get("MUKANA_TILE_ATTRIBUTION", "")
CONTACT_PHONE = os.environ.get("MUKANA_PHONE", "05 000 1200" if DEMO else "")
CONTACT_EMAIL = os.environ.get("MUKANA_EMAIL", "palaute@mukana.example" if DEMO else "")

INSTALLED_APPS = [
    "mukana.web",
    "mukana.api",
    "mukana.referrals",
    "mukana.guidance",
    "mukana.importers",
    "mukana.alerts",
    "mukana.embeds",
    "mukana.search",
    "mukana.upkeep",
    "mukana.duplicates",
    "mukana.attendance",
    "mukana.directory",
    "mukana.outbox",
    "mukana.themes",
    "mukana.accounts",
    "mukana.organisations",
    "mukana.audit",
    "mukana.look",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
AUTH_USER_MODEL = "accounts.Person"

MIDDLEWARE = [
    "mukana.look.middleware.ContentSecurityPolicy",
    "mukana.api.middleware.OpenData",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "mukana.themes.middleware.Themes",
    "mukana.look.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mukana.accounts.middleware.ActingFor",
    "mukana.accounts.middleware.DenyByDefault",
    "mukana.look.middleware.FormOnly",
]
ROOT_URLCONF = "mukana.config.urls"
WSGI_APPLICATION = "mukana.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "mukana.look.context.look",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "mukana.look.templatetags.look",
                "mukana.referrals.templatetags.referrals",
            ],
        },
    }
]

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
_leaflet = find_spec("leaflet")  # django-leaflet carries the map library; only its static files are used
STATICFILES_DIRS = [Path(_leaflet.origin).parent / "static"] if _leaflet and _leaflet.origin else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": os.environ.get("MUKANA_STATIC", "whitenoise.storage.CompressedManifestStaticFilesStorage")},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
MEDIA_ROOT = DATA / "media"
INDEX_ROOT = DATA / "index"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_ENGINE = "mukana.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "mukana.look.views.csrf_failure"
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk"

# Coming in by django-allauth: a code by e-mail, a key of the device, a second step (docs/running.md, "Login").
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("MUKANA_PROXIES", "0"))  # how many proxies of our own add X-Forwarded-For
ACCOUNT_ADAPTER = "mukana.accounts.adapters.LoginAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]  # nobody signs up; allauth wants to know what an account is known by
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code is the proof
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # an unknown address gets no message
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ALERT_RATE_LIMITS = {"alert": "10/h/ip,4/h/key,12/d/key", "alert_code": "20/h/ip,5/10m/key"}  # who may make messages leave
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,20/h/key",
    "login_failed": "30/m/ip,5/5m/key",
    "login_code_try": "5/10m/key",
    **ALERT_RATE_LIMITS,
    "ask_along": "20/h/ip,3/d/key",  # requests of residents, by whom they are about
    "own": "20/h/ip,3/h/key,6/d/key",  # codes to residents' own pages
    "own_code": "30/h/ip,5/10m/key",
    "picks": "60/h/ip,6/h/key,12/d/key",  # lists that people have sent to a number
    "view_again": "60/h/ip,2/h/key,6/d/key",  # a receiver has the page's link sent to the known address
}
ACCOUNT_FORMS = {
    "request_login_code": "mukana.accounts.forms.AddressForm",
    "confirm_login_code": "mukana.accounts.forms.LoginCodeForm",
}
MFA_ADAPTER = "mukana.accounts.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the address came from the main user
MFA_TOTP_ISSUER = "Mukana"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "mukana.accounts.forms.SecondCodeForm",
    "reauthenticate": "mukana.accounts.forms.AgainCodeForm",
    "activate_totp": "mukana.accounts.forms.FirstCodeForm",
}
OIDC = os.environ.get("MUKANA_OIDC", "")  # JSON, see docs/running.md; read by mukana.accounts.oidc.providers
GDPR = os.environ.get("MUKANA_GDPR", "")  # JSON, see docs/running.md; read by mukana.api.gdpr
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}  # limits hold on every node
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
EMAIL_BACKEND = "mukana.outbox.backend.Queue"
EMAIL_FROM = DEFAULT_FROM_EMAIL = os.environ.get("MUKANA_EMAIL_FROM", f"Mukana <mukana@{_HOST}>")
SMTP_URL = os.environ.get("MUKANA_SMTP_URL", "")  # smtp(s)://user:password@host:port
SMS_URL = os.environ.get("MUKANA_SMS_URL", "")
SMS_METHOD = os.environ.get("MUKANA_SMS_METHOD", "POST")
SMS_HEADER = os.environ.get("MUKANA_SMS_HEADER", "")  # "Authorization: Bearer …"
SMS_BODY = os.environ.get("MUKANA_SMS_BODY", '{"to": "{to}", "from": "{from}", "text": "{text}", "id": "{id}"}')
SMS_FROM = os.environ.get("MUKANA_SMS_FROM", "Mukana")
SMS_ID = os.environ.get("MUKANA_SMS_ID", "id")  # where the answer names the message: "messages.0.id"
SMS_REPORT_TOKEN = os.environ.get("MUKANA_SMS_REPORT_TOKEN", "")
SMS_INBOUND_KEY = os.environ.get("MUKANA_SMS_INBOUND_KEY", "")  # the last part of the address where a gateway brings answers

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"refusals": {"()": "mukana.config.logs.PlainRefusals"}},
    "formatters": {"line": {"()": "mukana.config.logs.Line", "fmt": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["refusals"]}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("MUKANA_LOG", "WARNING")},
}
