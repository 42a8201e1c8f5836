"""What every Python process on the child's PYTHONPATH gets: nearly nothing, and never a change."""

import ast
import glob
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from tests.listener import FOLDER, Listener


# Modules in C, and those that Debian's own sitecustomize loads.
LIGHT = {"_socket", "_contextvars", "atexit", "itertools", "_collections", "collections", "_operator", "operator"}
LIGHT |= {"reprlib", "keyword", "_functools", "functools", "types"}


def other_pythons():
    """Other versions of Python on this machine, by their command."""
    found = {}
    roots = [os.path.join(os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv")), "versions/*/bin")]
    for pattern in roots + os.environ.get("PATH", "").split(os.pathsep):
        for folder in glob.glob(pattern):
            for name in ("python2.7", "python3.6", "python3.7", "python3.8", "python3.9", "python3.10", "python3.11", "python3.12", "python3.13", "python3.14"):
                path = os.path.join(folder, name)
                if os.access(path, os.X_OK) and "shims" not in path:
                    found.setdefault(name[6:], path)
    return found


class StartTest(unittest.TestCase):
    def setUp(self):
        self.listener = Listener()
        self.addCleanup(self.listener.__exit__)
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)  # the outermost, also where a test moves into another

    def python(self, *arguments, **more):
        command = more.pop("command", sys.executable)
        environment = dict(os.environ, **self.listener.environment)
        environment.update(more)
        done = subprocess.run(
            [command] + list(arguments),
            env={key: value for key, value in environment.items() if value is not None},
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=120,
        )
        self.assertEqual(done.stderr.decode(), "")
        self.assertEqual(done.returncode, 0)
        return done.stdout.decode().strip()

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)
        return path

    def hellos(self, count=1):
        self.listener.wait(lambda it: len([peer for peer in it.peers if peer.hello]) >= count)
        return [peer.hello for peer in self.listener.peers if peer.hello]

    def test_says_hello(self):
        pid = int(self.python("-c", "import os; print(os.getpid())"))
        hello = self.hellos()[0]
        self.assertEqual((hello["protocol"], hello["runtime"], hello["pid"]), (1, "python", pid))
        self.assertEqual(hello["version"], "%d.%d.%d" % sys.version_info[:3])
        self.assertEqual(os.path.realpath(hello["root"]), os.path.realpath(self.folder))

    def test_the_app_sees_the_path_and_modules_that_it_would_see_without_us(self):
        show = "import sys, threading; print(sys.path, threading.active_count())"
        self.assertEqual(self.python("-c", show), self.python("-c", show, PYTHONPATH=None))

    def test_loads_nothing_heavy(self):
        show = "import sys; print(' '.join(sorted(sys.modules)))"
        more = set(self.python("-c", show).split()) - set(self.python("-c", show, PYTHONPATH=None).split())
        ours = {name for name in more if name.startswith("_headroom")}
        self.assertEqual(more - ours - {"sitecustomize"}, more & LIGHT)

    def test_the_sitecustomize_that_ours_shadows_is_loaded(self):
        self.write("site/sitecustomize.py", "import sys\nsys.theirs = __file__\n")
        path = FOLDER + os.pathsep + os.path.join(self.folder, "site")
        shown = self.python("-c", "import sys, sitecustomize; print(sys.theirs == sitecustomize.__file__)", PYTHONPATH=path)
        self.assertEqual(shown, "True")
        self.assertEqual(len(self.hellos()), 1)

    def test_a_sitecustomize_of_theirs_that_fails_fails_as_before(self):
        self.write("site/sitecustomize.py", "import missing_of_theirs\n")
        theirs = os.path.join(self.folder, "site")
        run = lambda path: subprocess.run(
            [sys.executable, "-c", "print('went on')"],
            env=dict(os.environ, **dict(self.listener.environment, PYTHONPATH=path)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=120,
        ).stdout
        self.assertIn(b"missing_of_theirs", run(theirs))
        self.assertEqual(run(FOLDER + os.pathsep + theirs), run(theirs))

    def test_a_virtual_environment_is_instrumented_too(self):
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", os.path.join(self.folder, "venv")], check=True)
        self.python("-c", "pass", command=os.path.join(self.folder, "venv/bin/python"))
        self.assertEqual(len(self.hellos()), 1)

    def test_pythons_that_ignore_the_environment_say_no_hello(self):
        for flag in ("-I", "-E", "-S"):
            self.assertEqual(self.python(flag, "-c", "print(1)"), "1")
        self.assertEqual(self.listener.peers, [])

    def test_without_a_listener_nothing_happens(self):
        self.assertEqual(self.python("-c", "print(1)", HEADROOM_SOCKET=None), "1")
        self.assertEqual(self.python("-c", "print(1)", HEADROOM_SOCKET="/nonexistent/socket"), "1")
        self.assertEqual(self.python("-c", "print(1)", HEADROOM_SOCKET="x" * 500), "1")

    def test_old_pythons_do_nothing_and_new_ones_say_hello(self):
        pythons = other_pythons()
        if not pythons:
            self.skipTest("no other Python found on PATH or in pyenv")
        for version, command in sorted(pythons.items()):
            with self.subTest(version):
                before = len(self.listener.peers)
                self.assertEqual(self.python("-c", "import sys; print(len(sys.path) > 1)", command=command), "True")
                if tuple(map(int, version.split("."))) >= (3, 7):
                    self.assertEqual(self.hellos(before + 1)[-1]["version"].rsplit(".", 1)[0], version)
                else:
                    self.assertEqual(len(self.listener.peers), before)

    def test_every_module_parses_under_every_python_that_loads_it(self):
        # Their frameworks may be missing there, so that no hook would import them.
        for version, command in sorted(other_pythons().items()):
            with self.subTest(version):
                names = ["sitecustomize.py"]
                if tuple(map(int, version.split("."))) >= (3, 7):
                    names += ["_headroom/" + name for name in os.listdir(os.path.join(FOLDER, "_headroom")) if name.endswith(".py")]
                code = "import sys\nfor name in sys.argv[1:]: compile(open(name).read(), name, 'exec')"
                self.python("-c", code, *[os.path.join(FOLDER, name) for name in names], command=command)

    @unittest.skipIf(sys.version_info < (3, 8), "ast knows no other versions before 3.8")
    def test_every_module_keeps_to_the_grammar_of_the_oldest_python_that_loads_it(self):
        # sitecustomize is loaded by Python 2.7 as well: OldPythonTest runs it there
        for name in ["sitecustomize.py"] + ["_headroom/" + name for name in os.listdir(os.path.join(FOLDER, "_headroom"))]:
            if name.endswith(".py"):
                with self.subTest(name), open(os.path.join(FOLDER, name), encoding="utf-8") as file:
                    ast.parse(file.read(), name, feature_version=(3, 7) if "/" in name else (3, 4))

    @unittest.skipUnless(importlib.util.find_spec("django"), "django is not installed")
    def test_a_framework_that_has_changed_is_reported_and_works_on(self):
        self.write("django/__init__.py", "def get_version(): return '99.0'\n")
        self.write("django/core/__init__.py", "")
        self.write("django/core/handlers/__init__.py", "")
        self.write("django/core/handlers/base.py", "class BaseHandler(object):\n    pass\n")
        shown = self.python("-c", "from django.core.handlers.base import BaseHandler; print(BaseHandler.__name__)")
        self.assertEqual(shown, "BaseHandler")
        self.assertTrue(self.listener.wait(lambda it: it.disabled()))
        off = self.listener.disabled()[0]
        self.assertEqual((off["part"], off["all"]), ("django.core.handlers.base", False))
        self.assertTrue(re.match(r"AttributeError at django_requests.py:\d+$", off["reason"]), off["reason"])

    def test_what_it_says_is_json(self):
        self.folder = os.path.join(self.folder, ' "quoted\\ é\x07')
        os.mkdir(self.folder)
        self.python("-c", "pass")
        self.assertEqual(os.path.basename(self.hellos()[0]["root"]), os.path.basename(self.folder))


class JsonTest(unittest.TestCase):
    def test_ours_reads_as_the_standard_librarys(self):
        sys.path.insert(0, FOLDER)
        from _headroom import channel

        value = {"a": ["\n\t\x00\x7f\x85\u2028 é 😀 \\\" /", 1, -2, True, False, None, {}], "b": {"c": []}, "n": None}
        self.assertEqual(json.loads(channel.json(value)), {"a": value["a"], "b": value["b"]})
        self.assertNotIn("\n", channel.json(value))
        self.assertEqual(len(channel.json(value).splitlines()), 1)


if __name__ == "__main__":
    unittest.main()
