"""Headroom's end of the side channel, as the tests play it."""

import json
import os
import shutil
import socket
import tempfile
import threading


class Peer(object):
    """One instrumented process: its frames, read."""

    def __init__(self, connection):
        self.connection = connection
        self.hello = None
        self.found, self.opened, self.disabled, self.answers, self.kinds = {}, [], [], {}, []
        self.places, self.routes, self.models = {0: {}}, {}, {}
        self.calls, self.begun, self.ended, self.routed = [], [], [], {}
        self.tells_of_requests = set()
        self.lost = 0
        self.over = False

    def take(self, line):
        kind, _, rest = line.partition(" ")
        self.kinds.append(kind)
        if kind == "H":
            self.hello = json.loads(rest)
        elif kind == "F":
            found = json.loads(rest)
            self.found[found["name"]] = found["version"]
            if found.get("requests"):
                self.tells_of_requests.add(found["name"])
        elif kind == "V":
            self.opened.append(json.loads(rest))
        elif kind == "M":
            model = json.loads(rest)
            self.models[model["model"]] = model
        elif kind == "D":
            self.disabled.append(json.loads(rest))
        elif kind == "L":
            self.lost = int(rest)
        elif kind == "B":
            self.begun.append(tuple(map(int, rest.split())))
        elif kind == "E":
            self.ended.append(tuple(map(int, rest.split())))
        elif kind == "R":
            request, route = map(int, rest.split())
            self.routed[request] = self.routes[route]
        elif kind in "PUA":
            number, _, fields = rest.partition(" ")
            {"P": self.places, "U": self.routes, "A": self.answers}[kind][int(number)] = json.loads(fields)
        elif kind == "X":
            pid, request, start, end, place, thread = map(int, rest.split())
            self.calls.append(Call(pid, request, start, end, self.places[place], thread))
        else:
            raise AssertionError("an unknown frame: " + line)


class Call(object):
    """One `X` frame."""

    def __init__(self, pid, request, start, end, place, thread):
        self.pid, self.request, self.start, self.end, self.place, self.thread = pid, request, start, end, place, thread

    @property
    def relation(self):
        relation = self.place.get("relation")
        return relation and "%s.%s" % (relation["model"], relation["name"])


class Listener(object):
    """Listens until closed; `environment` is what `headroom run` adds to a child's."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="headroom-")
        self.path = os.path.join(self.folder, "side-channel")
        self.peers = []
        self._changed = threading.Condition()
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(self.path)
        self._server.listen(64)
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._server.close()
        for peer in self.peers:
            peer.connection.close()
        shutil.rmtree(self.folder)

    @property
    def environment(self):
        return {"HEADROOM_SOCKET": self.path, "PYTHONPATH": FOLDER, "PYTHONDONTWRITEBYTECODE": "1"}

    def wait(self, condition, seconds=60):
        """Waits until `condition(self)` holds; whether it came to hold."""
        with self._changed:
            return self._changed.wait_for(lambda: condition(self), seconds)

    def heard(self):
        """Waits until all was read that processes told which have ended; whether it was."""
        return self.wait(lambda it: it.peers and all(peer.over for peer in it.peers))

    def calls(self):
        return [call for peer in self.peers for call in peer.calls]

    def ended(self):
        return {request for peer in self.peers for request, _, _ in peer.ended}

    def disabled(self):
        return [reason for peer in self.peers for reason in peer.disabled]

    def _accept(self):
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            peer = Peer(connection)
            with self._changed:
                self.peers.append(peer)
                self._changed.notify_all()
            threading.Thread(target=self._read, args=(peer,), daemon=True).start()

    def _read(self, peer):
        try:
            with peer.connection.makefile("r", encoding="utf-8", newline="\n") as lines:
                for line in lines:
                    with self._changed:
                        peer.take(line.rstrip("\n"))
                        self._changed.notify_all()
        except (OSError, ValueError):
            pass
        with self._changed:
            peer.over = True
            self._changed.notify_all()


FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
