"""What this process is: its door, its folder of data, whether it has a certificate, and what it logs."""

from pathlib import Path

from massline.core.env import env_bool, env_choice, env_path

PACKAGE = Path(__file__).parent
DOOR = env_choice("MASSLINE_DOOR", ("square", "desk"), "desk")
DATA = env_path("MASSLINE_DATA", Path("data"))
DEBUG = env_bool("MASSLINE_DEBUG", False)
HTTPS = env_bool("MASSLINE_HTTPS", False)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "massline.web.log_format.SecretFreeFormatter",
            "fmt": "%(levelname)s %(name)s: %(message)s",
        },
        "json": {"()": "massline.web.log_format.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": env_choice("MASSLINE_LOG_FORMAT", ("plain", "json"), "plain"),
        }
    },
    "root": {
        "handlers": ["console"],
        "level": env_choice("MASSLINE_LOG", ("DEBUG", "INFO", "WARNING"), "WARNING"),
    },
    # A pool says once a second that it cannot connect; the error that follows says it once.
    "loggers": {
        "psycopg.pool": {"level": "ERROR"},
        "django.security": {"filters": ["one_line"]},
        "django.security.DisallowedHost": {"filters": ["one_line"]},
    },
    "filters": {"one_line": {"()": "massline.web.log_format.SingleLineFilter"}},
}
