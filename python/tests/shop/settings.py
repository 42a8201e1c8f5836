import os
from urllib.parse import parse_qsl, urlsplit

url = urlsplit(os.environ["DATABASE_URL"])

SECRET_KEY = "tests"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["django.contrib.contenttypes", "rest_framework", "shop"]
MIDDLEWARE = ["shop.middleware.audit"]
ROOT_URLCONF = "shop.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": url.hostname,
        "PORT": url.port,
        "USER": url.username,
        "NAME": url.path[1:],
        "CONN_MAX_AGE": int(os.environ.get("CONN_MAX_AGE", "0")),
        "ATOMIC_REQUESTS": os.environ.get("ATOMIC_REQUESTS") == "1",
        "OPTIONS": dict(parse_qsl(url.query)),
    }
}
if url.scheme == "sqlite":
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
REST_FRAMEWORK = {"DEFAULT_AUTHENTICATION_CLASSES": [], "UNAUTHENTICATED_USER": None}
MIGRATION_MODULES = {"contenttypes": None, "shop": None}
