"""Directus: logs in, makes two collections with a relation, fills them, reads lists with relations, uploads, opens the studio."""

import json

from browser import assets

FIRST = "/server/ping"


def click(browser):
    browser.get("/")
    page = browser.get("/admin/login")[2]
    for path in assets(page):
        browser.get(path)
    browser.json("POST", "/auth/login", {"email": "admin@example.org", "password": "wrong"})
    answer = browser.json("POST", "/auth/login", {"email": "admin@example.org", "password": "admin-password"})[2]
    auth = {"Authorization": "Bearer " + json.loads(answer)["data"]["access_token"]}
    name = {"field": "name", "type": "string", "meta": {}, "schema": {}}
    key = {"field": "id", "type": "integer", "meta": {"hidden": True}, "schema": {"is_primary_key": True, "has_auto_increment": True}}
    browser.json("POST", "/collections", {"collection": "customer", "schema": {}, "meta": {}, "fields": [key, name]}, **auth)
    browser.json("POST", "/collections", {"collection": "purchase", "schema": {}, "meta": {},
                                           "fields": [key, name, {"field": "customer", "type": "integer", "meta": {}, "schema": {}},
                                                      {"field": "total", "type": "decimal", "meta": {}, "schema": {}}]}, **auth)
    browser.json("POST", "/fields/customer", {"field": "purchases", "type": "alias", "meta": {"special": ["o2m"], "interface": "list-o2m"}}, **auth)
    browser.json("POST", "/relations", {"collection": "purchase", "field": "customer", "related_collection": "customer",
                                         "meta": {"one_field": "purchases"}, "schema": {"on_delete": "SET NULL"}}, **auth)
    browser.json("POST", "/items/customer", [{"name": f"Customer {n}"} for n in range(20)], **auth)
    browser.json("POST", "/items/purchase", [{"name": f"Purchase {n}", "customer": n % 20 + 1, "total": n * 1.5} for n in range(120)], **auth)
    for path in ("/items/purchase", "/items/purchase?fields=*,customer.*&limit=50", "/items/purchase?filter[total][_gt]=50&sort=-total&limit=10",
                 "/items/purchase?aggregate[sum]=total&groupBy[]=customer", "/items/customer?fields=*&meta=*", "/items/purchase/5",
                 "/items/purchase/5?fields=*.*", "/items/purchase?search=Purchase%201", "/items/none", "/collections", "/fields", "/relations",
                 "/users/me?fields=*.*", "/users", "/roles", "/permissions", "/activity?limit=50", "/revisions?limit=20", "/settings", "/presets",
                 "/server/info", "/server/specs/oas", "/utils/hash/verify", "/flows", "/dashboards", "/files"):
        browser.get(path, **auth)
    for n in range(1, 6):
        browser.json("PATCH", f"/items/purchase/{n}", {"name": f"Renamed {n}"}, **auth)
    browser.json("POST", "/graphql", {"query": "{ purchase(limit: 30) { id name customer { id name } } customer { id name } }"}, **auth)
    sent = browser.upload("/files", [("title", "note")], "file", "note.txt", b"a note\n" * 2000, "text/plain", **auth)[2]
    browser.get("/assets/" + json.loads(sent)["data"]["id"], **auth)
    browser.get("/files", **auth)
    browser.request("DELETE", "/items/purchase/120", headers=auth)
    browser.request("OPTIONS", "/items/purchase", headers=auth)
    browser.request("HEAD", "/items/purchase", headers=auth)
