"""Every setting of Massline, read from the environment with safe defaults; docs/run.md explains each.

MASSLINE_DOOR decides what this process is: the square (public; no desk app is installed, the desk's database
is not even named) or the desk (organisers; sees both).
"""

from pathlib import Path

from massline import __version__
from massline.core.db.sqlite import prefer_bundled_sqlite
from massline.core.env import (
    env_bool,
    env_choice,
    env_database,
    env_int,
    env_list,
    env_mail,
    env_str,
    secret_key,
)
from massline.process_settings import DATA, DEBUG, DOOR, HTTPS, LOGGING, PACKAGE  # noqa: F401
from massline.security_settings import *  # noqa: F403

prefer_bundled_sqlite()

SECRET_KEY = secret_key("MASSLINE_SECRET", DATA / f"{DOOR}.secret")
VERSION = __version__

SQUARE_URL = env_str("MASSLINE_SQUARE_URL", "http://localhost:8000").rstrip("/")
DESK_URL = env_str("MASSLINE_DESK_URL", "http://localhost:8001").rstrip("/")
ALLOWED_HOSTS = env_list("MASSLINE_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [url for url in (SQUARE_URL, DESK_URL) if url.startswith("https://")]

DATABASES = {"default": {}, "square": env_database("MASSLINE_SQUARE_DB", DATA / "square.sqlite3")}
if DOOR == "desk":
    DATABASES["desk"] = env_database("MASSLINE_DESK_DB", DATA / "desk.sqlite3")
    if DATABASES["desk"]["ENGINE"].endswith("postgresql"):
        DATABASES["desk"]["ENGINE"] = "massline.desk.people.row_security"  # told whose rows may be seen
DATABASE_ROUTERS = ["massline.core.db.router.DoorRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SQUARE_APPS = [
    "massline.square.organisations",
    "massline.square.envelopes",
    "massline.square.conversations",
    "massline.square.reports",
    "massline.square.calls",
    "massline.square.street_reports",
    "massline.square.elections",
    "massline.square.home",
]
DESK_APPS = [
    "massline.desk.people",
    "massline.desk.guard",
    "massline.desk.contacts",
    "massline.desk.listen",
    "massline.desk.sumup",
    "massline.desk.decide",
    "massline.desk.call",
    "massline.desk.act",
    "massline.desk.act.meetings",
    "massline.desk.act.mutual_aid",
    "massline.desk.act.phone_lists",
    "massline.desk.act.announcements",
    "massline.desk.act.push",
    "massline.desk.act.structure_tests",
    "massline.desk.act.subscriptions",
    "massline.desk.act.tasks",
    "massline.desk.act.legal_support",
    "massline.desk.learn",
    "massline.desk.api",
    "massline.desk.home",
]
INSTALLED_APPS = [
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "csp",
    "massline.jobs",
    "massline.web",
    *SQUARE_APPS,
]
_FIRST = [
    "massline.jobs.health_checks.HealthChecks",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "massline.web.content_security_policy.ContentSecurityPolicy",
    "massline.web.middleware.SecurityHeaders",
    "django.middleware.gzip.GZipMiddleware",
    "massline.web.middleware.DatabaseTrouble",
]
_THEN = [
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
MIDDLEWARE_OF = {
    "square": [*_FIRST, *_THEN, "massline.web.middleware.AllowedMethods"],
    "desk": [
        "massline.desk.people.scope.FreshScope",
        *_FIRST,
        "django.contrib.sessions.middleware.SessionMiddleware",
        *_THEN,
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "massline.desk.guard.accounts.idle_sessions.EndIdleSessions",
        "massline.desk.guard.accounts.idle_sessions.LoginFirst",
        "django.contrib.messages.middleware.MessageMiddleware",
        "massline.desk.guard.accounts.reauthentication.SecondFactorFirst",
        "django_htmx.middleware.HtmxMiddleware",
        "massline.web.middleware.AllowedMethods",
    ],
}
MIDDLEWARE = MIDDLEWARE_OF[DOOR]
if DOOR == "desk":
    INSTALLED_APPS = [
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.messages",
        "django_htmx",
        *INSTALLED_APPS,
        *DESK_APPS,
    ]

ROOT_URLCONF = f"massline.urls_{DOOR}"
WSGI_APPLICATION = "massline.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "massline.web.template_backend.ClearedTemplates",
        "NAME": "django",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "massline.web.template_context.shared_context",
                *(
                    [
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                    if DOOR == "desk"
                    else []
                ),
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django.templatetags.tz",
                "massline.web.templatetags.massline",
            ],
        },
    }
]

AUTH_USER_MODEL = "people.Account"
LOGIN_URL = "guard:login"
LOGIN_REDIRECT_URL = "home:doors"
LOGOUT_REDIRECT_URL = "guard:login"
PASSWORD_HASHERS = ["massline.desk.guard.keys.password_hasher.LimitedArgon2"]
PASSPHRASE_LENGTH = 15
ARGON2_KIB = 65_536
SECOND_FACTOR = env_choice("MASSLINE_SECOND_FACTOR", ("nobody", "holders", "everybody"), "holders")
SECOND_FACTOR_DAYS = env_int("MASSLINE_SECOND_FACTOR_DAYS", 14)
UNLOCK_IDLE_MINUTES = env_int("MASSLINE_UNLOCK_MINUTES", 15)
UNLOCK_LIMIT_HOURS = 8
SMALL_CELL = env_int("MASSLINE_SMALL_CELL", 5)
WATCH_OWN_NETWORK = env_bool("MASSLINE_WATCH_OWN_NETWORK", False)
FONTS = [Path(folder) for folder in env_str("MASSLINE_FONTS").split(":") if folder]
EMBEDDER = env_choice("MASSLINE_EMBEDDER", ("", "e5", "fast", "letters"), "")
# The program that reads statements aloud, by name or path; "no" where none should.
READ_ALOUD = env_str("MASSLINE_READ_ALOUD", "espeak-ng")
DRAFT_URL = env_str("MASSLINE_DRAFT_URL").rstrip("/")
DRAFT_MODEL = env_str("MASSLINE_DRAFT_MODEL")
DRAFT_KEY = env_str("MASSLINE_DRAFT_KEY")
DRAFT_SECONDS = env_int("MASSLINE_DRAFT_SECONDS", 60)
LEGAL_HOLD = env_bool("MASSLINE_LEGAL_HOLD", False)
BURN_COOLING_HOURS = env_int("MASSLINE_BURN_HOURS", 2)
EXPORT_QUOTA = env_int("MASSLINE_EXPORT_QUOTA", 500)
MAIL = env_str("MASSLINE_MAIL")
MAIL_CONNECTIONS = env_int("MASSLINE_MAIL_CONNECTIONS", 8)
MAIL_FROM = DEFAULT_FROM_EMAIL = env_str("MASSLINE_MAIL_FROM")
_mail = env_mail("MASSLINE_MAIL")
EMAIL_BACKEND = _mail.backend
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = _mail.tls, _mail.ssl, 30
ANYMAIL = dict(pair.split("=", 1) for pair in env_list("MASSLINE_ANYMAIL", []) if "=" in pair)
SMS_URL = env_str("MASSLINE_SMS_URL")
SMS_KEY = env_str("MASSLINE_SMS_KEY")
SMS_FROM = env_str("MASSLINE_SMS_FROM")
SMS_COUNTRY = env_str("MASSLINE_SMS_COUNTRY")
TELEGRAM_TOKEN = env_str("MASSLINE_TELEGRAM_TOKEN")
TELEGRAM_URL = env_str("MASSLINE_TELEGRAM_URL", "https://api.telegram.org").rstrip("/")
MATRIX_URL = env_str("MASSLINE_MATRIX_URL").rstrip("/")
MATRIX_TOKEN = env_str("MASSLINE_MATRIX_TOKEN")
BACKUP_FOLDER = env_str("MASSLINE_BACKUP_FOLDER")
BACKUP_RECIPIENTS = env_list("MASSLINE_BACKUP_RECIPIENTS", [])
BACKUP_KEEP = env_int("MASSLINE_BACKUP_KEEP", 14)
DRILL_IDENTITY = env_str("MASSLINE_DRILL_IDENTITY")
DRILL_SERVER = env_str("MASSLINE_DRILL_SERVER")
METRICS_TOKEN = env_str("MASSLINE_METRICS_TOKEN")
SECURITY_CONTACT = env_str("MASSLINE_SECURITY_CONTACT")

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("es", "Español"),
    ("ar", "العربية"),
    ("fr", "Français"),
    ("pt", "Português"),
    ("zh-hans", "简体中文"),
]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env_str("MASSLINE_TIMEZONE", "UTC")

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "massline.web.staticfiles.HashedFileStorage"},
}
WHITENOISE_USE_FINDERS = True

# "Welcome, NAME" travels in a cookie and never falls back to a row of the session table.
MESSAGE_STORAGE = "massline.web.message_cookie.SignedMessageStorage"

SILENCED_SYSTEM_CHECKS: list[str] = []
