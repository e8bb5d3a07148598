"""Dashboards and alerts: every query is one, runs on what the service tells, and names only what there is."""

import asyncio
import json
import re
import subprocess
import sys
from pathlib import Path

import aiohttp
import yaml
from prometheus_client.parser import text_string_to_metric_families

from realstaging.domains.operations import figures
from realstaging.kit.clock import utc_now
from realstaging.runtime import heartbeats, last_done
from realstaging.runtime.last_done import Done

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "deploy/observability"
RULES = yaml.safe_load((FOLDER / "rules.yml").read_text())
TESTS = yaml.safe_load((FOLDER / "rules_test.yml").read_text())
PROMTOOL = ROOT / "scripts/promtool"
sys.path.insert(0, str(ROOT / "scripts"))
import errors_page  # noqa: E402 - so does the one of errors
import metrics_page  # noqa: E402 - the reference of metrics knows them all

OURS = re.compile(r"\b((?:realstaging|http_server|http_client)_[a-z_]+[a-z])\b(?!\s*=|:)")
SERIES = re.compile(r"_(bucket|count|sum)$")
# What the client library tells of each process, and what Prometheus itself does.
OTHERS = {"process_resident_memory_bytes", "process_cpu_seconds_total", "up"}


def alerts():
    return {rule["alert"]: rule for group in RULES["groups"] for rule in group["rules"] if "alert" in rule}


def queries():
    """(where, query) of every panel and rule, with Grafana's variable filled in."""
    for name, dashboard in dashboards().items():
        for panel in dashboard["panels"]:
            for target in panel["targets"]:
                yield f"{name}: {panel['title']}", target["expr"].replace("$__rate_interval", "5m")
    for group in RULES["groups"]:
        for rule in group["rules"]:
            yield f"rules.yml: {rule.get('alert', rule.get('record'))}", rule["expr"]


ONCE_IS_ENOUGH = re.compile(r"increase\((\w+)(?:\{.*?\})?\[\w+\]\)\)? > 0$")


def test_what_once_is_enough_of_is_told_before_it_happens():
    """A series that begins at 1 has not risen, as Prometheus sees it: such an alert would wait for the second time."""
    wanted = {found[1] for rule in alerts().values() if (found := ONCE_IS_ENOUGH.search(rule["expr"]))}
    assert len(wanted) >= 2
    command = "import realstaging.worker, realstaging.wiring.jobs; from prometheus_client import generate_latest; print(generate_latest().decode())"
    told = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True).stdout
    assert [name for name in sorted(wanted) if not re.search(rf"^{name}(\{{.*\}})? 0\.0$", told, re.MULTILINE)] == []


# Units as Grafana 9 to 12 name them (packages/grafana-data/src/valueFormats/categories.ts).
UNITS = {"short", "reqps", "ops", "s", "bytes", "percentunit", "currencyUSD"}
# From Grafana 9 on (schema 37); what is newer than the oldest that is promised would not be migrated down.
SCHEMAS = range(36, 40)
WIDTH = 24


def dashboards():
    return {file.name: json.loads(file.read_text()) for file in sorted((FOLDER / "dashboards").glob("*.json"))}


def test_dashboards_are_as_grafana_takes_them():
    """Imported anywhere: no id or data source of somebody's own; no panel lies on another; nothing is asked under a name twice."""
    assert len({one["uid"] for one in dashboards().values()}) == len(dashboards()) > 5
    for name, dashboard in dashboards().items():
        assert dashboard["id"] is None, name
        assert re.fullmatch(r"[a-z0-9-]{1,40}", dashboard["uid"]), name
        assert dashboard["schemaVersion"] in SCHEMAS, name
        assert {one["name"]: (one["type"], one["query"]) for one in dashboard["templating"]["list"]} == {
            "datasource": ("datasource", "prometheus")
        }
        panels, taken = dashboard["panels"], set()
        assert len({panel["id"] for panel in panels}) == len({panel["title"] for panel in panels}) == len(panels), name
        for panel in panels:
            where = f"{name}: {panel['title']}"
            assert panel["type"] in {"stat", "timeseries"}, where
            assert panel["fieldConfig"]["defaults"]["unit"] in UNITS, where
            place = panel["gridPos"]
            covered = {
                (x, y)
                for x in range(place["x"], place["x"] + place["w"])
                for y in range(place["y"], place["y"] + place["h"])
            }
            assert covered, where
            assert max(x for x, _ in covered) < WIDTH, where
            assert not covered & taken, where
            taken |= covered
            assert len({target["refId"] for target in panel["targets"]}) == len(panel["targets"]) > 0, where
            for one in (panel, *panel["targets"]):
                assert one["datasource"] == {"type": "prometheus", "uid": "${datasource}"}, where
            # A variable that no dashboard has would be asked for as it stands.
            asked = re.findall(r"\$\{?(\w+)", json.dumps(panel))
            assert set(asked) <= {"datasource", "__rate_interval"}, where


def test_every_alerts_page_says_what_to_look_at_and_what_to_do():
    for page in (ROOT / "docs/how-to/alerts").glob("*.md"):
        about, looked_at, done = re.split(r"\n## (?:Look at|Do)\n", page.read_text())
        assert about.splitlines()[0][2:] in alerts(), page.name
        for steps in (looked_at, done):
            assert re.findall(r"^- \S", steps, re.MULTILINE), page.name
        # Something to type or to open: at night nobody thinks of it.
        assert re.search(r"`[^`]+`|\*[A-Z][^*]+\*", looked_at), page.name


def test_what_the_log_is_searched_for_is_written_there():
    code = "".join(path.read_text() for path in (ROOT / "src").rglob("*.py"))
    searched = {
        (page.name, name)
        for page in (ROOT / "docs/how-to/alerts").glob("*.md")
        for names in re.findall(r"\blog\b[^`\n]{0,60}`([a-z_.]+)`(?: and `([a-z_.]+)`)?", page.read_text())
        for name in filter(None, names)
    }
    assert len(searched) > 9
    assert [one for one in searched if f'"{one[1]}"' not in code] == []


def promtool(*arguments):
    return subprocess.run([PROMTOOL, *arguments], capture_output=True, text=True, check=False)


def test_every_metric_that_is_asked_for_is_there():
    known = metrics_page.metrics()
    histograms = {name for name, metric in known.items() if metric.describe()[0].type == "histogram"}
    missing = []
    for where, query in queries():
        for name in OURS.findall(re.sub(r'"[^"]*"', '""', re.sub(r"by \([^)]*\)", "", query))):
            base = SERIES.sub("", name)
            if name not in known and not (base in histograms and base != name):
                missing.append(f"{where}: {name}")
            # A label that a metric does not have matches nothing, without a word.
            for labels in re.findall(rf"{name}{{([^}}]*)}}", query):
                own = {*known.get(name, known.get(base))._labelnames, "le", "instance", "job"}
                missing += [
                    f"{where}: {name} has no {one}" for one in re.findall(r"(\w+)(?:=|!)", labels) if one not in own
                ]
    assert missing == []


def test_every_refusal_that_is_asked_for_is_one():
    codes = {one.code for one in errors_page.errors()} | set(errors_page.CODES.values())
    asked = [(where, wanted) for where, query in queries() for wanted in re.findall(r'[{,]code=~?"([^"]*)"', query)]
    assert len(asked) > 2
    nothing = [
        (where, one)
        for where, wanted in asked
        for one in wanted.split("|")
        if not any(map(re.compile(one).fullmatch, codes))
    ]
    assert nothing == []


def test_every_alert_is_tried_has_a_page_and_says_how_much_it_matters():
    tried = {one["alertname"] for test in TESTS["tests"] for one in test["alert_rule_test"] if one["exp_alerts"]}
    quiet = {one["alertname"] for test in TESTS["tests"] for one in test["alert_rule_test"] if not one["exp_alerts"]}
    assert tried == quiet == alerts().keys()
    for name, alert in alerts().items():
        place = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
        assert alert["annotations"]["runbook"] == f"/help/how-to/alerts/{place}/"
        page = (ROOT / f"docs/how-to/alerts/{place}.md").read_text()
        assert page.startswith(f"# {name}\n")
        assert alert["labels"]["severity"] in {"page", "ticket"}
        assert alert["annotations"]["summary"]
        assert f"alerts/{place}.md" in (ROOT / "docs/how-to/monitoring.md").read_text()


# A process of tests has asked every route, and promtool loads so many samples at once and no more: these are shown.
SHOWN_ROUTES = ("/api/v1/stagings", "/api/v1/projects")


def series(told):
    """What was scraped, as promtool's series: counters go up by a tenth a minute, all else stays."""
    for family in text_string_to_metric_families(told):
        for sample in family.samples:
            if not sample.labels.get("http_route", SHOWN_ROUTES[0]).startswith(SHOWN_ROUTES):
                continue
            labels = ",".join(f"{name}={json.dumps(value)}" for name, value in sample.labels.items())
            grows = family.type in {"counter", "histogram"}
            step = max(sample.value / 10, 0) if grows else 0
            yield {"series": f"{sample.name}{{{labels}}}", "values": f"{sample.value:f}+{step:f}x30"}


async def test_every_query_runs_on_what_the_service_tells(service, ada, tmp_path):
    """promtool says of an expression that is expected to give nothing what it gives: that is how a panel shows something."""
    platform = service.platform
    async with service.working():
        [staging] = await ada.stage(await ada.photo(await ada.project()))
        await ada.until(staging, "ready")
    for process in ("api", "worker"):
        await heartbeats.beat(platform, process)
    await last_done.note(platform.database, Done.BACKUP, utc_now())
    for figure in (
        figures.tell_queue,
        figures.tell_machine,
        figures.look_at_parts,
        figures.tell_money,
        figures.check_books,
    ):
        await figure(platform)
    async with aiohttp.ClientSession() as prometheus, prometheus.get(f"{service.url}/metrics") as answer:
        told = await answer.text()
    asked = list(queries())
    tests = [{"expr": expr, "eval_time": "20m", "exp_samples": []} for _, expr in asked]
    file = tmp_path / "queries.yml"
    document = {
        "rule_files": [],
        "evaluation_interval": "10m",
        "tests": [{"interval": "1m", "input_series": list(series(told)), "promql_expr_test": tests}],
    }
    file.write_text(json.dumps(document))
    found = await asyncio.to_thread(promtool, "test", "rules", str(file))
    assert "promtool is missing" not in found.stderr, found.stderr
    said = found.stdout + found.stderr
    assert re.findall(r'expr: (".*"), time: 20m, err: (.*)', said) == []
    shown = {json.loads(expr) for expr in re.findall(r'expr: (".*"), time: 20m,$', said, re.MULTILINE)}
    panels = {where for where, expr in asked if expr in shown and "rules.yml" not in where}
    # The service of the test asked no provider, sent no letter, refused nobody, and had no browser: the rest shows something.
    assert {
        "service.json: Requests",
        "service.json: Time to answer",
        "queue.json: Jobs",
        "engines.json: Time of a staging",
        "money.json: Times that the books disagree",
        "storage.json: Time of an operation",
        "service.json: Parts that answer",
        "service.json: Clocks ahead of the database's",
        "people.json: People",
    } <= panels
    assert len(panels) > 25
