"""What Django is told, for both sites; each site's module takes it from here, with values from the configuration."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from safeconduct.desk.project.configuration import Configuration, ConfigurationError, Site
from safeconduct.desk.project.headers import STATIC
from safeconduct.desk.project.logs import logging_settings
from safeconduct.desk.project.routers import DATA, KEYRING
from safeconduct.values.secret import Secret

LANGUAGES = (("ru", "Русский"), ("uk", "Українська"), ("kk", "Қазақша"), ("en", "English"))
_DESK = "safeconduct.desk"
# The contact site knows nothing of the members' pages; the members' site shares translations with the contact site.
_PUBLIC = [f"{_DESK}.contact", f"{_DESK}.check"]
_PARTS = {Site.CONTACT: _PUBLIC, Site.MEMBERS: [f"{_DESK}.office", *_PUBLIC]}
_LOOK = Path(__file__).resolve().parents[1] / "look"
_FORM_BYTES = 2 * 1024 * 1024
# Before the first table exists: later it would need VACUUM to take effect. And it writes where nothing changes, too:
# on a full disk nobody who connects anew could read.
_SQLITE_FIRST = ("PRAGMA auto_vacuum=FULL",)
_SQLITE_START = (
    "PRAGMA journal_mode=WAL",
    # Deleted content is overwritten, and nothing is written beside the store.
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
)


def settings_for(site: Site, configuration: Configuration) -> dict[str, Any]:
    """Django's settings for a site.

    Args:
        site: The contact site or the members' site.
        configuration: What the desk is set up with.
    """
    return {
        "DESK": configuration,
        "DESK_SITE": site,
        "DEBUG": False,
        "SECRET_KEY": configuration.django_secrets[site].reveal(),
        "ALLOWED_HOSTS": list(configuration.hosts[site]),
        "ROOT_URLCONF": f"{_DESK}.project.urls_{site.value}",
        "WSGI_APPLICATION": f"{_DESK}.project.wsgi_{site.value}.application",
        "INSTALLED_APPS": _apps(site),
        "MIDDLEWARE": _middleware(has_api=site is Site.CONTACT and configuration.api),
        "DATABASES": databases(configuration),
        "DATABASE_ROUTERS": [f"{_DESK}.project.routers.StoreRouter"],
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "TEMPLATES": [_templates()],
        "LOGGING": logging_settings(),
        **_languages(),
        **_sessions(site),
        **_forms(site, configuration.hosts[site]),
    }


def _apps(site: Site) -> list[str]:
    shared = ["django.contrib.staticfiles", f"{_DESK}.keyring", f"{_DESK}.members", f"{_DESK}.cases"]
    return [*shared, *_PARTS[site]]


def _middleware(*, has_api: bool) -> list[str]:
    return [
        f"{_DESK}.project.aloof.AloofMiddleware",
        f"{_DESK}.project.headers.HeadersMiddleware",
        # Before everything that reads a cookie: programs have none.
        *([f"{_DESK}.api.middleware.ApiMiddleware"] if has_api else []),
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
    ]


def _templates() -> dict[str, Any]:
    processors = ["django.template.context_processors.request", "django.template.context_processors.i18n"]
    return {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [str(_LOOK / "templates")],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": processors},
    }


def _languages() -> dict[str, Any]:
    return {
        "LANGUAGES": list(LANGUAGES),
        "LANGUAGE_CODE": "en",
        "LANGUAGE_COOKIE_NAME": "__Host-language",
        "LANGUAGE_COOKIE_SECURE": True,
        "LANGUAGE_COOKIE_HTTPONLY": True,
        "LANGUAGE_COOKIE_SAMESITE": "Strict",
        "USE_I18N": True,
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "LOCALE_PATHS": [str(_LOOK / "locale")],
        "STATIC_URL": STATIC,
        "STATICFILES_DIRS": [str(_LOOK / "static")],
        # The few files of a site are served from the package: nothing is copied when it is installed.
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
    }


def _sessions(site: Site) -> dict[str, Any]:
    engines = {Site.CONTACT: f"{_DESK}.cases.session_store", Site.MEMBERS: f"{_DESK}.members.session_store"}
    return {
        "SESSION_ENGINE": engines[site],
        "SESSION_COOKIE_NAME": f"__Host-{site.value}",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Strict",
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        # The end of a session for idleness is counted from the last visit.
        "SESSION_SAVE_EVERY_REQUEST": True,
    }


def _forms(site: Site, hosts: tuple[str, ...]) -> dict[str, Any]:
    return {
        # A proxy that ends TLS hands requests on in clear: what a browser sends from https must count as from here.
        "CSRF_TRUSTED_ORIGINS": [f"https://{f'*{host}' if host.startswith('.') else host}" for host in hosts],
        "CSRF_COOKIE_NAME": f"__Host-form-{site.value}",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Strict",
        "CSRF_COOKIE_AGE": None,
        "FILE_UPLOAD_HANDLERS": [f"{_DESK}.project.uploads.SealingUploadHandler"],
        "DATA_UPLOAD_MAX_MEMORY_SIZE": _FORM_BYTES,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 2_000,
        "DATA_UPLOAD_MAX_NUMBER_FILES": 20,
        # Behind an onion service every client has the same address, and no header about it is trusted.
        "USE_X_FORWARDED_HOST": False,
        "SECURE_PROXY_SSL_HEADER": None,
    }


def databases(configuration: Configuration) -> dict[str, Any]:
    """Django's setting for the two stores."""
    if configuration.postgres is not None:
        data, keyring = configuration.postgres
        return {DATA: _postgres(data), KEYRING: _postgres(keyring)}
    return {DATA: _sqlite(configuration, "data"), KEYRING: _sqlite(configuration, "keyring")}


def _sqlite(configuration: Configuration, name: str) -> dict[str, Any]:
    path = configuration.folder / f"{name}.sqlite3"
    is_new = not path.exists() or not path.stat().st_size
    start = (*_SQLITE_FIRST, *_SQLITE_START) if is_new else _SQLITE_START
    return {
        "ENGINE": f"{_DESK}.project.sqlite",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": ";".join(start), "timeout": 30},
        "CONN_MAX_AGE": 600,
    }


def _postgres(address: Secret[str]) -> dict[str, Any]:
    parts = urlsplit(address.reveal())
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ConfigurationError(
            "the address of a store does not begin with postgresql://",
            remedy="write postgresql://NAME:PASSWORD@HOST/DATABASE",
        )
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(options.get("host", parts.hostname or "")),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
