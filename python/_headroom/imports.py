"""Calls a function of ours when a module that we know has been imported; leaves every other import alone."""

import sys

from _headroom import channel, guard

# module -> (module of ours, function); the function gets the module once it is loaded
HOOKS = {
    "django.core.handlers.base": ("django_requests", "handlers"),
    "django.core.handlers.asgi": ("django_requests", "asgi"),
    "django.core.signals": ("django_requests", "signals"),
    "django.db.backends.signals": ("django_statements", "connections"),
    "django.db.models.fields.related_descriptors": ("django_relations", "descriptors"),
    "django.db.models.manager": ("django_querysets", "managers"),
    "django.db.models.query": ("django_relations", "querysets"),
    "django.db.models.query_utils": ("django_relations", "deferred"),
    "django.contrib.contenttypes.fields": ("django_relations", "generic"),
    "django.template.base": ("django_views", "templates"),
    "django.views.generic.base": ("django_views", "views"),
    "rest_framework.views": ("django_views", "rest_views"),
    "rest_framework.serializers": ("django_views", "serializers"),
    "sqlalchemy": ("sqlalchemy_statements", "engine"),
    "sqlalchemy.orm.strategies": ("sqlalchemy_statements", "strategies"),
    "psycopg2": ("drivers", "psycopg2"),
    "psycopg.cursor": ("drivers", "psycopg"),
    "psycopg.server_cursor": ("drivers", "psycopg_server"),
    "psycopg.cursor_async": ("drivers_async", "psycopg"),
    "asyncpg.connection": ("drivers_async", "asyncpg"),
    "asyncpg.prepared_stmt": ("drivers_async", "asyncpg_prepared"),
    "waitress.server": ("servers", "waitress"),
    "gunicorn.workers.base": ("servers", "gunicorn"),
    "wsgiref.simple_server": ("servers", "wsgiref"),
    "uvicorn.config": ("servers", "uvicorn"),
}


class Finder(object):
    """A finder that finds nothing itself: it lets the others find, and is told when the module is loaded."""

    def find_spec(self, name, path=None, target=None):
        if name not in HOOKS or not channel.enabled:
            return None
        for finder in sys.meta_path:
            if finder is self or not hasattr(finder, "find_spec"):
                continue
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                try:
                    self.watch(spec, name)
                except Exception:
                    guard.failed(name, everything=False)
                return spec
        return None

    def watch(self, spec, name):
        loader = spec.loader
        load = loader.exec_module

        def exec_module(module):
            del loader.exec_module  # the loader's own again
            load(module)
            loaded(name, module)

        loader.exec_module = exec_module


def loaded(name, module):
    """Runs our hook for a module that is loaded now."""
    ours, function = HOOKS[name]
    try:
        getattr(getattr(__import__("_headroom." + ours), ours), function)(module)
    except Exception:
        guard.failed(name, everything=False)


def install():
    """From now on, imports of the modules in HOOKS are seen."""
    sys.meta_path.insert(0, Finder())
    for name in HOOKS:
        module = sys.modules.get(name)
        if module is not None:
            loaded(name, module)
