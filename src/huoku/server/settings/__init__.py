"""Django's settings, derived from what was given. ``DJANGO_SETTINGS_MODULE=huoku.server.settings``."""

import sys
from importlib.util import find_spec
from pathlib import Path

from huoku.errors import UsageError
from huoku.language import Sentence
from huoku.server.databases import database
from huoku.server.given import given
from huoku.server.settings.logs import logs

NO_EXTENSION = Sentence(
    "extensions：没有 Python 包 {name}：既没有安装，也不在 {folder} 里",
    "extensions: there is no Python package {name}, neither installed nor in {folder}",
)
GIVEN = given()
SERVER = Path(__file__).resolve().parents[1]

if (OWN_RULES := GIVEN.data.resolve() / "extensions").is_dir():
    sys.path.append(str(OWN_RULES))
for each in GIVEN.extensions:
    if find_spec(each) is None:
        raise UsageError(NO_EXTENSION, name=each, folder=OWN_RULES)

SECRET_KEY = GIVEN.secret
DEBUG = GIVEN.debug
ALLOWED_HOSTS = list(GIVEN.hosts)
FORCE_SCRIPT_NAME = GIVEN.below or None

INSTALLED_APPS = [
    # Before allauth, because it lends its pages another frame.
    "huoku.server.account",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
    "huoku.server.platform",
    "ninja",
    "huoku.server.items",
    "huoku.server.partners",
    "huoku.server.ledger",
    "huoku.server.documents",
    "huoku.server.sales",
    "huoku.server.purchasing",
    "huoku.server.production",
    "huoku.server.warehouse",
    "huoku.server.planning",
    "huoku.server.alerts",
    "huoku.server.notices",
    "huoku.server.shortages",
    "huoku.server.statements",
    "huoku.server.look",
    "huoku.server.office",
    "huoku.server.workbench",
    "huoku.server.shopfloor",
    "huoku.server.api",
    *GIVEN.extensions,
]
MIDDLEWARE = [
    "huoku.server.running.measured.Measured",
    "huoku.server.platform.web.request_id",
    "huoku.server.platform.web.content_security",
    "huoku.server.api.middleware.ApiHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "huoku.server.platform.web.Compressed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "huoku.server.account.session_limits.session_limits",
    "huoku.server.account.own_language.own_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "huoku.server.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {"default": {**database(GIVEN.database_url), "ATOMIC_REQUESTS": False}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The counts of failed logins are shared by all workers, so they lie in the database; nothing else is cached there.
CACHES = {"default": {"BACKEND": "huoku.server.platform.remembering.JsonCache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

AUTH_USER_MODEL = "platform.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
] + [{"NAME": f"huoku.server.account.passwords.{name}"} for name in ("NoWordsOfTheHouse", "NotBreached")]

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]

LANGUAGE_CODE = GIVEN.language
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = GIVEN.timezone

DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
STATIC_URL = "static/"
WEB_FILES = GIVEN.data / "web_files"  # see running/web_files.py
STATIC_ROOT = WEB_FILES if WEB_FILES.is_dir() else None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "huoku.server.running.web_files.WebFiles", "OPTIONS": {"location": WEB_FILES}},
}
STATICFILES_DIRS = [("report", SERVER.parent / "report" / "styles")]  # charts look the same in pages and in reports
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nobody else's pages take them
WHITENOISE_USE_FINDERS = True  # what was not prepared comes straight from the packages
MEDIA_ROOT = GIVEN.data / "files"

# With such a beginning of their names browsers take cookies by https alone, and __Host- from this host's root alone.
_BY_HTTPS = "" if not GIVEN.https else "__Secure-" if GIVEN.below else "__Host-"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_BY_HTTPS}sessionid", f"{_BY_HTTPS}csrftoken"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = LANGUAGE_COOKIE_PATH = f"{GIVEN.below}/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = GIVEN.https
SECURE_SSL_REDIRECT = GIVEN.https
SECURE_HSTS_SECONDS = 31_536_000 if GIVEN.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = GIVEN.https
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if GIVEN.proxies:  # the proxy in front says by what the browser came; without one, anybody could
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = logs(GIVEN.log_level)
LOGGING_CONFIG = "logging.config.dictConfig"

from huoku.server.settings.login import *  # noqa: E402, F403
from huoku.server.settings.mail import *  # noqa: E402, F403
