"""MediaWiki: logs in, writes and edits pages, reads lists, histories, differences, assets, its API, and uploads a picture."""

from browser import assets, hidden

FIRST = "/index.php?title=Special:Version"


def click(browser):
    first = browser.get("/index.php?title=Main_Page")[2]
    for path in assets(first) + ["/load.php?lang=en&modules=startup&only=scripts&raw=1&skin=vector",
                                 "/load.php?lang=en&modules=site.styles&only=styles&skin=vector"]:
        browser.get(path)
    login = "/index.php?title=Special:UserLogin"
    for password in ("wrong", "wiki-admin-password"):
        page = browser.get(login)[2]
        browser.form(login, {"wpName": "Admin", "wpPassword": password, "wploginattempt": "Log in", "wpEditToken": "+\\",
                             "title": "Special:UserLogin", "authAction": "login", "force": "", "wpLoginToken": hidden(page, "wpLoginToken")})
    for n in range(12):
        edit = browser.get(f"/index.php?title=Page_{n}&action=edit")[2]
        fields = {name: hidden(edit, name) for name in ("wpEditToken", "wpStarttime", "wpEdittime", "editRevId", "wpUltimateParam", "wpUnicodeCheck")}
        text = "\n".join(f"* [[Page {m}]] and [[Missing {n} {m}]] [[Category:Kind {n % 3}]] {{{{Page {m}}}}}" for m in range(n))
        browser.form(f"/index.php?title=Page_{n}&action=submit",
                     {**fields, "wpTextbox1": f"== Head ==\nText {n} ä €\n{text}", "wpSummary": f"edit {n}", "wpSave": "Save", "format": "text/x-wiki",
                      "model": "wikitext"})
    for path in ("title=Page_11", "title=Page_11&action=history", "title=Page_5&action=info", "title=Special:RecentChanges&days=90&limit=500",
                 "title=Special:AllPages", "title=Special:WhatLinksHere/Page_1", "title=Category:Kind_1", "title=Special:ListUsers",
                 "title=Special:Log", "title=Special:Watchlist", "title=Special:Preferences", "title=Special:Statistics", "title=Special:Search&search=Text",
                 "title=Page_5&action=raw", "title=Page_5&diff=prev", "title=Special:Export/Page_5", "title=Special:Contributions/Admin",
                 "title=Special:RecentChanges&feed=atom", "title=No_such_page", "title=Special:SpecialPages", "title=Special:WantedPages"):
        browser.get("/index.php?" + path)
    for path in ("action=query&list=allpages&format=json", "action=query&list=recentchanges&rclimit=50&rcprop=title|user|ids&format=json",
                 "action=parse&page=Page_11&format=json", "action=query&titles=Page_1|Page_2|Page_3&prop=revisions|links|categories&format=json",
                 "action=opensearch&search=Pa&format=json", "action=query&meta=siteinfo&format=json"):
        browser.get("/api.php?" + path)
    browser.get("/rest.php/v1/page/Page_5")
    upload = browser.get("/index.php?title=Special:Upload")[2]
    if "wpEditToken" in upload:
        browser.upload("/index.php?title=Special:Upload", [("wpEditToken", hidden(upload, "wpEditToken")), ("wpDestFile", "Dot.png"),
                       ("wpUploadDescription", "a dot"), ("wpUpload", "Upload file"), ("wpIgnoreWarning", "1")], "wpUploadFile", "dot.png", DOT, "image/png")
        browser.get("/index.php?title=File:Dot.png")
    browser.request("HEAD", "/index.php?title=Page_5")
    browser.get("/index.php?title=Special:UserLogout")


DOT = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f0005000"
                    "1ff56c7cdd80000000049454e44ae426082")
