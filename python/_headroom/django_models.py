"""Django: which model and field each table and column is, and how its connections are set; told once a process."""

import sys

from _headroom import channel, files, guard

MAX_MODELS = 2000
MAX_FIELDS = 200

_told = set()

# Without CONN_MAX_AGE each request opens a connection: what is told of it is put together once.
_settings = {}


def tell():
    """Tells of all models once; nothing before Django has loaded them."""
    try:
        apps = sys.modules["django.apps"].apps
        if "models" in _told or not apps.models_ready:
            return
        _told.add("models")
        for model in apps.get_models()[:MAX_MODELS]:
            its = model._meta
            if not its.proxy and not its.swapped:
                columns = [_column(field) for field in its.local_concrete_fields[:MAX_FIELDS]]
                fields = {"table": its.db_table, "model": model.__name__, "module": model.__module__, "columns": columns}
                channel.define("M %s\n" % channel.json(fields))
    except Exception:
        guard.failed("django models", everything=False)


def _column(field):
    target = field.related_model
    name = getattr(target, "__name__", None)
    return [field.column, field.name] if name is None else [field.column, field.name, name]


def settings(connection):
    """A connection's alias, how long it lives, and where that is set, as the members of a JSON object."""
    age = connection.settings_dict.get("CONN_MAX_AGE", 0)
    key = (connection.alias, connection.vendor, age, _outlives())
    known = _settings.get(key)
    if known is None:
        alias, vendor, age, outlives = key
        its = {"alias": alias, "vendor": vendor, "maxAge": -1 if age is None else int(age), "outlives": outlives}
        module = sys.modules.get(sys.modules["django.conf"].settings.SETTINGS_MODULE)
        path = getattr(module, "__file__", None)
        if path and files.users_own(path):
            its["settings"] = files.relative(path)
        known = channel.json(its)[1:-1]
        if len(_settings) < MAX_MODELS:
            _settings[key] = known
    return known


def _outlives():
    """Whether the server's threads serve one request after another: else a connection that lives on is never found."""
    threads = "waitress.server" in sys.modules or "gunicorn.workers.base" in sys.modules
    return threads and not any(name in sys.modules for name in ("gevent", "eventlet", "uvicorn"))


channel.on_fork(_told.clear)
