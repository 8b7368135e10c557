"""Asks the lists of a platform, and compares what they took with some rows and with many; see bench/growth."""

import http.client
import json
import re
import statistics
import sys
import time
import urllib.parse

TICKET_SORTS = ("jiraKey summary status priority issueType assignee reporter resolution resolutionDate dueDate createdDate "
                "updatedDate lastSynced storyPoints").split()
TICKETS = {
    "status": ["Done", "Backlog", "None"], "statusCategory": ["Done"], "assignee": ["User Number 31"], "labels": ["label7", "area17"],
    "issueType": ["Bug"], "priority": ["High"], "resolution": ["Fixed"], "parentKey": ["GROW-7"], "component": ["Component 5"],
    "fixVersion": ["1.7"], "sprint": ["Sprint 9"], "updatedSince": ["2015-01-20T00:00:00Z"], "syncStatus": ["deleted", "all"],
    "search": ["4711", "GROW-4711", "1a2b", "gateway", "atewa", "gatewy", "payment", "payment 47", "no such words", "paymnt"],
}
# path, sorts, filters with values
LISTS = [
    ("jira-tickets", TICKET_SORTS, TICKETS),
    ("jira-ticket-errors", ["createdAt"], {}),
    ("jira-sync-logs", ["startedAt"], {"status": ["failed"], "syncType": ["full"]}),
    ("github-commits", ["committedDate", "date"], {
        "author": ["bot", "writer7@example.com"], "path": ["src", "src/module7", "src/module7/File7.java"],
        "repository": ["octo-org/repository-1", "octo-org/repository-40"], "since": ["2015-01-20T00:00:00Z"]}),
    ("github-pulls", ["number", "title", "state", "author", "createdAt", "updatedAt", "mergedAt"], {
        "state": ["open", "merged"], "author": ["writer7"], "label": ["label7"], "jiraKey": ["GROW-7"], "repository": ["octo-org/repository-7"]}),
    ("github-issues", ["number", "title", "state", "createdAt", "updatedAt"], {"repository": ["octo-org/repository-7"]}),
    ("github-workflow-runs", ["startedAt", "name", "durationMs"], {
        "name": ["Build 7"], "branch": ["main", "feature/7"], "event": ["release"], "outcome": ["failure"]}),
    ("github-deployments", ["createdAt", "updatedAt", "environment"], {"environment": ["production", "review-7"]}),
    ("github-branches", ["name"], {"repository": ["octo-org/repository-7"]}),
    ("github-tags", ["name"], {}),
    ("github-releases", ["publishedAt", "tagName", "name"], {}),
    ("/api/webhooks/events", ["createdAt"], {
        "status": ["processed", "dead", "ignored", "pending"], "integrationType": ["jira"], "eventType": ["release", "jira:issue_updated"],
        "projectId": [None]}),
    ("/api/audit-log", ["at"], {"actor": ["user7"], "action": ["config.save", "token.create"], "from": ["2015-01-20T00:00:00Z"]}),
]
PAGES = 20
REQUESTS = 5
FACTOR, FLOOR_MS = 3, 50


def measure(base, token, project):
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(base).netloc, timeout=60)

    def get(path):
        begin = time.perf_counter()
        connection.request("GET", path, headers={"Authorization": "Bearer " + token})
        answer = connection.getresponse()
        answer.read()
        return (time.perf_counter() - begin) * 1000, answer

    def median(path):
        times, answer = [], None
        for _ in range(REQUESTS):
            took, answer = get(path)
            times.append(took)
        text = answer.headers["X-Total-Count"] or ""
        if answer.headers["X-Total-Count-Estimate"]:
            text = "~" + text
        return {"ms": round(statistics.median(times), 1), "status": answer.status, "total": text}

    def whole(name, filters):
        path = name if name.startswith("/") else f"/api/projects/{project}/{name}"
        return path + ("?" + urllib.parse.urlencode(filters) if filters else "")

    for _ in range(40):  # the platform warms up
        for name, _, _ in LISTS:
            get(whole(name, {}))
    figures = {}
    for name, sorts, filters in LISTS:
        short = name.rsplit("/", 1)[-1]
        figures[short] = median(whole(name, {}))
        figures[short + " count=exact"] = median(whole(name, {"count": "exact"}))
        link = whole(name, {})
        for _ in range(PAGES - 1):
            found = re.search("<([^>]+)>", get(link)[1].headers["Link"] or "")
            link = found.group(1) if found else link
        figures[short + " twentieth page"] = median(link)
        for sort in sorts:
            for order in (sort, "-" + sort):
                figures[f"{short} sort={order}"] = median(whole(name, {"sort": order}))
        for key, values in filters.items():
            for value in values:
                given = project if value is None else value
                figures[f"{short} {key}={'PROJECT' if value is None else value}"] = median(whole(name, {key: given}))
    figures["jira-tickets search=gateway sort=summary status=Done"] = median(
        whole("jira-tickets", {"search": "gateway", "sort": "summary", "status": "Done"}))
    for field in ("status", "assignee", "labels"):
        figures["jira-tickets/values field=" + field] = median(whole("jira-tickets/values", {"field": field}))
    json.dump(figures, sys.stdout)


def compare(sizes, files):
    columns = [json.load(open(file + ".json")) for file in files]
    print(f"{'ms':54}" + "".join(f"{int(size):>12,}" for size in sizes) + "   matches with the most rows")
    slow = 0
    for name in columns[0]:
        row = [column[name] for column in columns]
        over = row[-1]["ms"] > max(FACTOR * row[0]["ms"], FLOOR_MS)
        slow += over
        failed = "".join(f" {one['status']}" for one in row if one["status"] != 200)
        print(f"{name:54}" + "".join(f"{one['ms']:>12}" for one in row) + f"   {row[-1]['total']}{failed}{'   GROWS' if over else ''}")
    print(f"{slow} of {len(columns[0])} take more than {FACTOR} times as long with the most rows, and more than {FLOOR_MS} ms")


if sys.argv[1] == "measure":
    measure(*sys.argv[2:])
else:
    split = sys.argv.index("--")
    compare(sys.argv[2:split], sys.argv[split + 1:])
