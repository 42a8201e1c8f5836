"""Compares two folders of responses: status, headers, bodies but for tokens, times and random ids.

usage: same.py DIRECT UNDER_HEADROOM; ends with 1 where they differ.
"""

import json
import re
import sys

# Differ between any two runs of an application, with or without anything between.
OWN = {"date", "set-cookie", "etag", "x-request-id", "x-runtime", "last-modified", "expires", "content-length"}
MOVING = [
    re.compile(pattern)
    for pattern in (
        r"\"(?:cputime|walltime|wgBackendResponseTime)\":\"?[\d.]+",  # MediaWiki
        r"\s*\d+\.\d+%\s+\d+\.\d+\s+\d+ .*",  # MediaWiki's times by template
        r"form-[0-9a-f]{8}",  # Redmine
        r"(?<=tab_id=)[\w-]+",
        r"[A-Za-z0-9+/_=-]{20,}(?:\.[A-Za-z0-9_-]+)*",
        r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z| UTC|[+-]\d\d:?\d\d)?",
        r"\d\d:\d\d(?::\d\d)?(?: [AP]M)?",
        r"\b\d{10,}\b",
        r"\b(?:less than a|about|over|almost|\d+) (?:seconds?|minutes?)\b",
    )
]


def still(text):
    for pattern in MOVING:
        text = pattern.sub("*", text)
    return text


def in_any_order(value):
    """Lists of sets come in another order each time (Keycloak)."""
    if isinstance(value, list):
        return sorted((in_any_order(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True))
    return {key: in_any_order(each) for key, each in value.items()} if isinstance(value, dict) else value


def body(entry):
    text = still(entry["body"])
    try:
        return json.dumps(in_any_order(json.loads(text)), sort_keys=True).splitlines()
    except ValueError:
        return text.splitlines()


def responses(folder):
    with open(f"{folder}/responses.jsonl", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def headers(entry):
    return sorted((name.lower(), still(value)) for name, value in entry["headers"] if name.lower() not in OWN)


def differences(one, other):
    if (one["method"], still(one["target"])) != (other["method"], still(other["target"])):
        yield f"asked for {other['method']} {other['target']}"
    if one["status"] != other["status"]:
        yield f"status {one['status']} and {other['status']}"
    if headers(one) != headers(other):
        yield f"headers {[h for h in headers(one) if h not in headers(other)]} and {[h for h in headers(other) if h not in headers(one)]}"
    first, second = body(one), body(other)
    if first != second:
        pair = next(((a, b) for a, b in zip(first, second) if a != b), (f"{len(first)} lines", f"{len(second)} lines"))
        at = next((i for i, (a, b) in enumerate(zip(*pair)) if a != b), 0)
        yield "body: " + " | ".join(each[max(0, at - 60) : at + 100] for each in pair)


def main(direct, under):
    one, other = responses(direct), responses(under)
    bad = 0
    if len(one) != len(other):
        print(f"{len(one)} and {len(other)} responses")
        bad = 1
    for a, b in zip(one, other):
        for line in differences(a, b):
            print(f"{a['method']} {a['target']}: {line}")
            bad += 1
    print(f"{min(len(one), len(other))} responses compared, {bad} differences")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main(*sys.argv[1:])
