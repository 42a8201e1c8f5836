"""Applies a fix to a project as a machine would: from the finding's JSON alone, which it reads from standard input.

It knows Python's syntax and Django's calls, and nothing of the project. Lines keep their numbers, so that several fixes
of one report can be applied one after another.
"""

import ast
import json
import os
import sys

# A chain of calls ends before these: they ask the database.
ASKING = {"iterator", "first", "last", "get", "count", "exists", "aggregate", "earliest", "latest", "in_bulk"}


class Source(object):
    def __init__(self, path):
        self.path = path
        with open(path) as file:
            self.lines = file.read().split("\n")
        self.parse()

    def parse(self):
        self.tree = ast.parse("\n".join(self.lines))
        self.parents = {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    def text(self, node):
        return ast.get_source_segment("\n".join(self.lines), node)

    def replace(self, node, text):
        """Puts `text` in the place of a node; on one line, so that no line after it moves."""
        first, last = node.lineno - 1, node.end_lineno - 1
        before = self.lines[first].encode()[: node.col_offset].decode()
        after = self.lines[last].encode()[node.end_col_offset :].decode()
        self.lines[first : last + 1] = [before + text.replace("\n", " ") + after] + [""] * (last - first)
        # what followed on the last line was moved up to the first
        self.parse()

    def insert_after(self, node, text):
        self.replace(node, self.text(node) + text)

    def imports(self, statement):
        if statement not in "\n".join(self.lines):
            first = next(node for node in self.tree.body if isinstance(node, (ast.Import, ast.ImportFrom)))
            self.replace(first, self.text(first) + "; " + statement)

    def write(self):
        with open(self.path, "w") as file:
            file.write("\n".join(self.lines))

    def query_set(self, line):
        """The longest chain of calls on a model's manager, at a line, that does not ask the database yet."""
        best = None
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.lineno <= line <= node.end_lineno:
                names, root = chain(node)
                if isinstance(root, ast.Name) and root.id[:1].isupper() and not ASKING & set(names):
                    if best is None or len(names) > len(chain(best)[0]):
                        best = node
        if best is None:
            raise SystemExit("no query set at %s:%d" % (self.path, line))
        return best

    def reading(self, line, relation):
        """The owner, and the whole expression that asks one of its relation's managers, at a line."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Attribute) and node.attr == relation and node.lineno <= line <= node.end_lineno:
                owner, asked = self.text(node.value), node
                while True:
                    parent = self.parents[asked]
                    called = isinstance(parent, ast.Call) and parent.func is asked
                    named = isinstance(parent, ast.Attribute) and isinstance(self.parents[parent], ast.Call)
                    if not (called or named and self.parents[parent].func is parent):
                        return owner, asked
                    asked = parent
                    if called and isinstance(parent.func, ast.Attribute) and parent.func.attr in ASKING:
                        return owner, asked
        raise SystemExit("nothing reads %s at %s:%d" % (relation, self.path, line))


def chain(node):
    """The names of a chain's attributes, and what it begins with."""
    names = []
    while isinstance(node, (ast.Call, ast.Attribute)):
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
        node = node.func if isinstance(node, ast.Call) else node.value
    return names, node


def quoted(paths):
    return ", ".join('"%s"' % path for path in paths.split(","))


def addition(action, details):
    if action in ("select_related", "prefetch_related"):
        return ".%s(%s)" % (action, quoted(details["paths"]))
    if action == "defer":
        joined = ".select_related(%s)" % quoted(details["joined"]) if "joined" in details else ""
        return joined + ".defer(%s)" % quoted(details["paths"])
    if action == "annotate":
        return ".annotate(%s)" % details["annotation"]
    if action == "prefetch_to_attr":
        lookups = [
            'Prefetch("%s", queryset=%s, to_attr="%s")' % (path, details["queryset"], details["toAttr"])
            for path in details["paths"].split(",")
        ]
        return ".prefetch_related(%s)" % ", ".join(lookups)
    raise SystemExit("an action that nobody told this machine of: " + action)


def load_field(source, line, paths):
    """Adds the fields to only(), or takes them out of defer()."""
    node = source.query_set(line)
    while isinstance(node, (ast.Call, ast.Attribute)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("only", "defer"):
            names = [argument.value for argument in node.args]
            wanted = paths.split(",")
            names = names + wanted if node.func.attr == "only" else [name for name in names if name not in wanted]
            source.replace(node, "%s(%s)" % (source.text(node.func), ", ".join(map(repr, names)) or "None"))
            return
        node = node.func if isinstance(node, ast.Call) else node.value
    raise SystemExit("neither only() nor defer() at %s:%d" % (source.path, line))


def apply(project, finding):
    details = finding["fixes"][0]["details"]
    action, path = details["action"], os.path.join(project, details["file"])
    if action == "append_setting":
        with open(path, "a") as file:
            file.write("\n" + details["setting"] + "\n")
        return
    if action == "class_attribute":
        with open(path) as file:
            lines = file.read().split("\n")
        lines.insert(int(details["line"]), "    " + details["attribute"])
        with open(path, "w") as file:
            file.write("\n".join(lines))
        return
    source = Source(path)
    if action == "load_field":
        load_field(source, int(details["line"]), details["paths"])
    else:
        source.insert_after(source.query_set(int(details["line"])), addition(action, details))
    if "import" in details:
        for statement in details["import"].split("\n"):
            source.imports(statement)
    source.write()
    if "read" in details:
        site = finding["callSite"]
        source = Source(os.path.join(project, site["file"]))
        owner, asked = source.reading(site["line"], site["relation"].split(".")[1])
        loaded = 'hasattr(%s, "%s")' % (owner, details["toAttr"])
        if loaded not in source.lines[site["line"] - 1]:
            read = details["read"].replace("{owner}", owner)
            source.replace(asked, "(%s if %s else %s)" % (read, loaded, source.text(asked)))
            source.write()


if __name__ == "__main__":
    apply(sys.argv[1], json.load(sys.stdin))
