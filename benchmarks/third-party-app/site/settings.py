"""HyperKitty's own settings, as its package ships them, with PostgreSQL at DATABASE_URL."""

import os
from urllib.parse import parse_qsl, unquote, urlsplit

from hyperkitty.tests.settings_test import *  # noqa: F401,F403

ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "hyperkitty.tests.urls_test"
WSGI_APPLICATION = "wsgi.application"

_url = urlsplit(os.environ["DATABASE_URL"])
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": _url.hostname,
        "PORT": _url.port or 5432,
        "NAME": _url.path[1:],
        "USER": unquote(_url.username or ""),
        "PASSWORD": unquote(_url.password or ""),
        "OPTIONS": dict(parse_qsl(_url.query)),
        "CONN_MAX_AGE": int(os.environ.get("CONN_MAX_AGE", "0")),
    }
}

# What HyperKitty's tests need and a site without Mailman and a search index does not.
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
HAYSTACK_SIGNAL_PROCESSOR = "haystack.signals.BaseSignalProcessor"
MAILMAN_REST_API_URL = "http://127.0.0.1:9"
LOGGING = {"version": 1, "disable_existing_loggers": False}
