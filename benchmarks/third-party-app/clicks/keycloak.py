"""Keycloak: signs in to the account console by OpenID Connect, makes realms, clients, users, groups, roles by the admin API."""

import re
import urllib.parse

from browser import assets

FIRST = "/realms/master"


def click(browser):
    browser.get("/realms/master/.well-known/openid-configuration")
    browser.get("/realms/master/protocol/openid-connect/certs")
    target = "/realms/master/protocol/openid-connect/auth?" + urllib.parse.urlencode(
        {"client_id": "account-console", "redirect_uri": f"http://{browser.host}/realms/master/account/", "response_type": "code",
         "scope": "openid", "state": "s", "nonce": "n", "code_challenge_method": "S256",
         "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"})
    page = browser.get(target)[2]
    for path in assets(page, 4):
        browser.get(path)
    for password in ("wrong", "admin"):
        action = re.search(r'action="([^"]+)"', page).group(1).replace("&amp;", "&")
        split = urllib.parse.urlsplit(action)
        page = browser.form(f"{split.path}?{split.query}", {"username": "admin", "password": password})[2]
    browser.get("/realms/master/account/")

    def token():
        import json

        answer = browser.form("/realms/master/protocol/openid-connect/token",
                              {"grant_type": "password", "client_id": "admin-cli", "username": "admin", "password": "admin"})[2]
        return {"Authorization": "Bearer " + json.loads(answer)["access_token"]}

    auth = token()
    browser.json("POST", "/admin/realms", {"realm": "shop", "enabled": True}, **auth)
    auth = token()
    for n in range(8):
        browser.json("POST", "/admin/realms/shop/users",
                     {"username": f"user{n}", "email": f"u{n}@example.org", "enabled": True, "firstName": "A", "lastName": f"B{n}",
                      "attributes": {"team": [f"t{n % 3}"]}, "credentials": [{"type": "password", "value": f"pw-{n}", "temporary": False}]}, **auth)
    for n in range(3):
        browser.json("POST", "/admin/realms/shop/groups", {"name": f"group{n}"}, **auth)
        browser.json("POST", "/admin/realms/shop/roles", {"name": f"role{n}", "description": "a role"}, **auth)
        browser.json("POST", "/admin/realms/shop/clients", {"clientId": f"client{n}", "enabled": True, "publicClient": True,
                                                            "directAccessGrantsEnabled": True, "redirectUris": ["*"]}, **auth)
    for path in ("users?max=50", "users?search=user1", "users/count", "groups?briefRepresentation=false", "roles", "clients", "client-scopes",
                 "authentication/flows", "components", "events", "admin-events", "sessions/stats", "identity-provider/instances", "",
                 "users?max=50&briefRepresentation=false", "roles/role0/users", "users/none", "default-groups", "localization"):
        browser.get(f"/admin/realms/shop/{path}".rstrip("/"), **auth)
    for n in range(3):
        browser.form("/realms/shop/protocol/openid-connect/token",
                     {"grant_type": "password", "client_id": "client0", "username": f"user{n}", "password": f"pw-{n}"})
    browser.get("/admin/realms/shop/clients", **auth)
    browser.get("/admin/realms", **auth)
    browser.request("OPTIONS", "/realms/shop/protocol/openid-connect/token")
    browser.get("/admin/master/console/")
    browser.get("/nothing/here")
