"""The one typed settings file. Everything that differs between installations comes from the environment.

A setting that is missing or contradictory stops the start with a sentence; nothing falls back to something weaker.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from motcua.config.installation import Installation, Mode, WrongSettings

MOTCUA = Installation.from_environment(os.environ)


@dataclass(frozen=True)
class _Database:
    url: str

    def as_django(self, *, pooled: bool) -> dict[str, object]:
        parts = urlsplit(self.url)
        if parts.scheme not in {"postgresql", "postgres"}:
            raise WrongSettings(f"DATABASE_URL phải bắt đầu bằng postgresql:// (đang là {parts.scheme}://)")
        query = dict(item.split("=", 1) for item in parts.query.split("&") if item)
        options: dict[str, object] = {"application_name": "motcua", "prepare_threshold": None}
        if pooled:
            options["pool"] = {"min_size": 1, "max_size": MOTCUA.database_pool, "timeout": 10}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(query.get("host", parts.hostname or "")),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 0,
            "CONN_HEALTH_CHECKS": False,
            "OPTIONS": options,
            "TIME_ZONE": None,
            "DISABLE_SERVER_SIDE_CURSORS": True,
        }


DATABASES = {"default": _Database(MOTCUA.database_url).as_django(pooled=MOTCUA.database_pool > 0)}

SECRET_KEY = MOTCUA.secret_key
DEBUG = False
ALLOWED_HOSTS = list(MOTCUA.hosts)
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
USE_I18N = True
BRAND = dict(MOTCUA.brand)
LOCALE_PATHS = [Path(__file__).parent.parent / "locale"]
LANGUAGE_COOKIE_NAME = "motcua_language"

FOUNDATION = (
    "kernel",
    "journal",
    "identity",
    "storage",
    "typesetting",
    "expressions",
    "organisation",
    "exchange",
)
DOMAIN = (
    "statuses",
    "deadlines",
    "forms",
    "signing",
    "documents",
    "payments",
    "workflow",
    "catalog",
    "dossiers",
    "notices",
)
CHANNELS = ("ui", "portal", "desk", "studio", "api", "connectors")
INSTALLED_APPS = [
    "django.contrib.sessions",
    *(f"motcua.foundation.{room}" for room in FOUNDATION),
    *(f"motcua.domain.{room}" for room in DOMAIN),
    *(f"motcua.channels.{room}" for room in CHANNELS),
    "motcua.config.apps.Motcua",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "motcua.channels.ui.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "motcua.channels.ui.signin.middleware.ActorMiddleware",
    "motcua.channels.ui.middleware.WordProblems",
]
ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parent.parent / "channels"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "motcua.channels.ui.jinja.environment"},
    }
]
STATIC_URL = "/static/"
STATIC_ROOT = Path(__file__).parent.parent / "channels" / "ui" / "static"
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+\.[0-9A-Za-z_-]{8,12}\.[a-z0-9]+$"
WHITENOISE_MAX_AGE = 3600

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "motcua_session" if MOTCUA.mode is not Mode.PRODUCTION else "__Host-motcua_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = MOTCUA.mode is Mode.PRODUCTION
SESSION_COOKIE_AGE = 8 * 3600
CSRF_COOKIE_NAME = "motcua_csrf" if MOTCUA.mode is not Mode.PRODUCTION else "__Host-motcua_csrf"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = False
CSRF_FAILURE_VIEW = "motcua.channels.ui.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = list(MOTCUA.trusted_origins)
SECURE_SSL_REDIRECT = False  # the reverse proxy redirects; the product speaks HTTP behind it
SECURE_HSTS_SECONDS = 31_536_000 if MOTCUA.mode is Mode.PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if MOTCUA.behind_proxy else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "frame-src": ["'self'"],
        "object-src": ["'none'"],
        "media-src": ["'self'", "blob:"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'", *MOTCUA.form_targets],
        "frame-ancestors": ["'self'"],
        "base-uri": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MIGRATION_MODULES: dict[str, str] = {}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": MOTCUA.log_level},
    "loggers": {"django.request": {"level": "ERROR"}, "httpx": {"level": "WARNING"}, "pyhanko": {"level": "WARNING"}},
}
