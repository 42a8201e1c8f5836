"""usage: click.py APPLICATION BASE_URL FOLDER POSTGRESQL_LOG; keeps every answer in FOLDER/responses.jsonl."""

import importlib
import sys

from browser import Browser, wait_for


def main(application, base, folder, log):
    module = importlib.import_module(application)
    wait_for(base, getattr(module, "FIRST", "/"))
    module.click(Browser(base, folder, log))


if __name__ == "__main__":
    main(*sys.argv[1:])
