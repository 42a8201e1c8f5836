"""Redmine: logs in, reads lists, details, forms and feeds, files an issue with an upload, comments on it, uses the API."""

from browser import assets, hidden


def click(browser):
    login = browser.get("/login")[2]
    for path in assets(login):
        browser.get(path)
    browser.get("/my/page")
    fields = {"username": "admin", "password": "wrong", "authenticity_token": hidden(login, "authenticity_token")}
    browser.form("/login", fields)
    login = browser.get("/login")[2]
    browser.form("/login", {**fields, "password": "admin", "authenticity_token": hidden(login, "authenticity_token")})
    for path in (
        "/", "/my/page", "/projects", "/projects/orders", "/projects/orders/activity", "/projects/orders/roadmap",
        "/issues", "/projects/orders/issues", "/projects/orders/issues?sort=priority:desc&per_page=100&set_filter=1",
        "/projects/orders/issues?set_filter=1&group_by=assigned_to&c[]=subject&c[]=author&c[]=spent_hours",
        "/projects/orders/issues.csv", "/projects/orders/issues.pdf?per_page=100", "/projects/orders/issues.atom",
        "/issues/4", "/issues/5", "/issues/6", "/issues/12", "/issues/12.pdf", "/issues/12/edit", "/issues/9999",
        "/projects/orders/issues/gantt", "/projects/orders/issues/calendar?year=2026&month=3", "/projects/orders/time_entries",
        "/projects/orders/time_entries/report?criteria[]=user", "/projects/orders/news", "/news/1", "/projects/orders/wiki",
        "/projects/orders/settings", "/projects/orders/settings/members", "/search?q=order", "/users", "/users/5", "/groups", "/roles",
        "/workflows/edit", "/admin/info", "/settings", "/issues.json?limit=50&include=attachments,relations", "/issues/12.json?include=journals",
        "/projects.xml", "/users.json?limit=100", "/nothing/here",
    ):
        browser.get(path)
    form = browser.get("/projects/orders/issues/new")[2]
    token = hidden(form, "authenticity_token")
    sent = browser.request("POST", "/uploads.js?attachment_id=1&filename=note.txt&content_type=text%2Fplain", b"a note\n" * 1000,
                           {"Content-Type": "application/octet-stream", "X-CSRF-Token": token, "X-Requested-With": "XMLHttpRequest",
                            "Accept": "text/javascript"})[2]
    fields = [("authenticity_token", token), ("issue[tracker_id]", "1"), ("issue[subject]", "Filed by a script"),
              ("issue[description]", "ä, € and \U0001f600"), ("issue[status_id]", "1"), ("issue[priority_id]", "2")]
    browser.upload("/projects/orders/issues", fields, "attachments[dummy][file]", "picture.png", bytes(range(256)) * 40, "image/png")
    browser.get("/issues/61")
    browser.get("/attachments/1")
    browser.get("/attachments/download/1")
    edit = browser.get("/issues/61/edit")[2]
    browser.form("/issues/61", {"_method": "patch", "authenticity_token": hidden(edit, "authenticity_token"),
                                "issue[notes]": "A comment", "issue[status_id]": "2"})
    browser.request("HEAD", "/issues/61")
    browser.request("OPTIONS", "/issues/61")
    browser.get("/issues/61", **{"Accept-Encoding": "gzip"})
    browser.form("/logout", {"authenticity_token": hidden(browser.get("/logout")[2], "authenticity_token")})
