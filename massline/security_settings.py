"""What browsers are told and asked for: headers, cookies, sessions, uploads and the content security policy."""

from csp.constants import NONE, SELF

from massline.core.env import env_int
from massline.process_settings import DOOR, HTTPS

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "massline.desk.people.sessions"
# With a certificate every cookie is bound to this very host: no neighbouring name can plant or read one.
BOUND = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{BOUND}massline"
LANGUAGE_COOKIE_NAME = f"{BOUND}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict" if DOOR == "desk" else "Lax"
# Both doors may share a host name; their cookies must not be read for one another.
CSRF_COOKIE_NAME = f"{BOUND}massline-{DOOR}-csrf"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_IDLE_MINUTES = env_int("MASSLINE_IDLE_MINUTES", 60)
CSRF_FAILURE_VIEW = "massline.web.error_views.show_csrf_failure"
# What was typed comes back beside what is wrong with it, written out up to sixfold: strangers get two megabytes of that.
LARGEST_FORM_OF = {"square": 2_500_000, "desk": 8 * 1024 * 1024}
DATA_UPLOAD_MAX_MEMORY_SIZE = LARGEST_FORM_OF[DOOR]
# Files stay in memory, since a temporary file would hold them unencrypted; the square takes none.
FILE_UPLOAD_HANDLERS = ["massline.web.uploads.InMemoryUploadHandler"]
LARGEST_UPLOAD = 32 * 1024 * 1024 if DOOR == "desk" else 0

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF] if DOOR == "desk" else [NONE],
        "connect-src": [SELF] if DOOR == "desk" else [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "media-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
