"""deploy/observability/dashboards: Grafana's dashboards, written from what is asked here. Each panel: a title, its unit, its queries.

Classic JSON, which every Grafana since 9 loads; the data source is a variable. What rows say (`domains/operations/figures.py`) is told by
every process alike and taken by max.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple


class Query(NamedTuple):
    """PromQL, and how its lines are called."""

    expr: str
    legend: str = ""


class Panel(NamedTuple):
    title: str
    unit: str
    queries: tuple[Query, ...]
    kind: str = "timeseries"
    below_zero: bool = False
    """Whether it can be less than nothing; an axis that begins at 0 would hide that."""


def lines(title: str, unit: str, *queries: Query) -> Panel:
    return Panel(title, unit, queries)


def number(title: str, unit: str, expr: str) -> Panel:
    return Panel(title, unit, (Query(expr),), "stat")


REQUESTS = "http_server_request_duration_seconds"
CALLS = "http_client_request_duration_seconds"
FILES = "realstaging_storage_operation_duration_seconds"


def quantiles(metric: str, by: str, matching: str = "") -> tuple[Query, ...]:
    """Medians and the slowest twentieth; never an average of such."""
    return tuple(
        Query(
            f"histogram_quantile({share}, sum by (le, {by}) (rate({metric}_bucket{matching}[$__rate_interval])))",
            f"{name} {{{{{by}}}}}",
        )
        for share, name in ((0.5, "p50"), (0.95, "p95"))
    )


DASHBOARDS: dict[str, tuple[str, tuple[Panel, ...]]] = {
    "service": (
        "Service",
        (
            number("Requests", "reqps", f"sum(rate({REQUESTS}_count[$__rate_interval]))"),
            number(
                "Failed, of all",
                "percentunit",
                f'(sum(rate({REQUESTS}_count{{http_response_status_code=~"5.."}}[$__rate_interval])) or vector(0)) / '
                f"sum(rate({REQUESTS}_count[$__rate_interval]))",
            ),
            number("API processes", "short", 'max(realstaging_processes{process="api"})'),
            number("Event streams", "short", "sum(realstaging_event_streams)"),
            lines(
                "Requests by answer",
                "reqps",
                Query(
                    f"sum by (http_response_status_code) (rate({REQUESTS}_count[$__rate_interval]))",
                    "{{http_response_status_code}}",
                ),
            ),
            lines("Time to answer", "s", *quantiles(REQUESTS, "http_request_method", '{http_route=~"/api/.*"}')),
            lines(
                "Slowest routes, p95",
                "s",
                Query(
                    f"topk(10, histogram_quantile(0.95, sum by (le, http_route) (rate({REQUESTS}_bucket[$__rate_interval]))))",
                    "{{http_route}}",
                ),
            ),
            lines(
                "Refused",
                "reqps",
                Query("sum by (code) (rate(realstaging_refusals_total[$__rate_interval]))", "{{code}}"),
                Query("sum(rate(realstaging_requests_shed_total[$__rate_interval]))", "too many at once"),
            ),
            lines("Requests under way", "short", Query("sum(realstaging_requests_in_flight)", "under way")),
            lines(
                "Database connections",
                "short",
                Query("max by (state) (realstaging_database_connections)", "{{state}}"),
            ),
            lines("Memory of processes", "bytes", Query("process_resident_memory_bytes", "{{instance}}")),
            lines(
                "Processor time", "short", Query("rate(process_cpu_seconds_total[$__rate_interval])", "{{instance}}")
            ),
            lines("Parts that answer", "short", Query("min by (part) (realstaging_part_up)", "{{part}}")),
            lines(
                "Clocks ahead of the database's",
                "s",
                Query("max by (instance) (realstaging_clock_offset_seconds)", "{{instance}}"),
            )._replace(below_zero=True),
        ),
    ),
    "queue": (
        "Queue and workers",
        (
            number("Workers", "short", 'max(realstaging_processes{process="worker"})'),
            number("Waiting", "short", 'sum(max by (lane) (realstaging_jobs{state="waiting"}))'),
            number("Oldest waits", "s", "max(realstaging_oldest_waiting_job_seconds)"),
            number("Dead jobs", "short", "sum(max by (kind) (realstaging_dead_jobs)) or vector(0)"),
            lines("Jobs", "short", Query("max by (lane, state) (realstaging_jobs)", "{{lane}} {{state}}")),
            lines("Oldest waiting", "s", Query("max by (lane) (realstaging_oldest_waiting_job_seconds)", "{{lane}}")),
            lines("Time of a run", "s", *quantiles("realstaging_job_seconds", "kind")),
            lines(
                "Runs by outcome",
                "ops",
                Query("sum by (outcome) (rate(realstaging_job_seconds_count[$__rate_interval]))", "{{outcome}}"),
            ),
            lines(
                "Chores that fail",
                "ops",
                Query("sum by (chore) (rate(realstaging_chore_failures_total[$__rate_interval]))", "{{chore}}"),
            ),
            lines(
                "Since a chore succeeded",
                "s",
                Query("time() - max by (chore) (realstaging_chore_last_success_timestamp_seconds)", "{{chore}}"),
            ),
            lines(
                "Messages to endpoints",
                "ops",
                Query("sum by (outcome) (rate(realstaging_webhook_tries_total[$__rate_interval]))", "{{outcome}}"),
            ),
            lines(
                "Letters",
                "ops",
                Query("sum by (outcome) (rate(realstaging_letters_total[$__rate_interval]))", "{{outcome}}"),
                Query("max(realstaging_oldest_letter_seconds)", "oldest waits, s"),
            ),
        ),
    ),
    "engines": (
        "Engines and providers",
        (
            number("Ready in the last hour", "short", 'sum(max by (engine) (realstaging_stagings{state="ready"}))'),
            number(
                "Failed in the last hour",
                "short",
                'sum(max by (engine) (realstaging_stagings{state="failed"})) or vector(0)',
            ),
            number("Providers, last hour", "currencyUSD", "sum(max by (model) (realstaging_provider_spend_dollars))"),
            number(
                "Pictures refused by the gate",
                "percentunit",
                'sum(max by (model) (realstaging_provider_pictures{outcome="unfaithful"})) / '
                "sum(max by (model, outcome) (realstaging_provider_pictures))",
            ),
            lines(
                "Stagings of the last hour",
                "short",
                Query("max by (engine, state) (realstaging_stagings)", "{{engine}} {{state}}"),
            ),
            lines("Time of a staging", "s", *quantiles("realstaging_job_seconds", "outcome", '{kind="staging.stage"}')),
            lines(
                "Cost by model, last hour",
                "currencyUSD",
                Query("max by (model) (realstaging_provider_spend_dollars)", "{{model}}"),
            ),
            lines(
                "Pictures by outcome, last hour",
                "short",
                Query("max by (model, outcome) (realstaging_provider_pictures)", "{{model}} {{outcome}}"),
            ),
            lines("Time for a request to a provider", "s", *quantiles(CALLS, "url_template")),
            lines(
                "Requests to providers that fail",
                "reqps",
                Query(
                    f'sum by (server_address, error_type) (rate({CALLS}_count{{error_type!=""}}[$__rate_interval]))',
                    "{{server_address}} {{error_type}}",
                ),
            ),
        ),
    ),
    "money": (
        "Money",
        (
            number("Used up, last hour", "currencyUSD", "max(realstaging_earned_dollars)"),
            number("Providers, last hour", "currencyUSD", "sum(max by (model) (realstaging_provider_spend_dollars))"),
            number(
                "Margin, last hour",
                "currencyUSD",
                "max(realstaging_earned_dollars) - (sum(max by (model) (realstaging_provider_spend_dollars)) or vector(0))",
            )._replace(below_zero=True),
            number(
                "Times that the books disagree", "short", "sum(max by (invariant) (realstaging_ledger_disagreements))"
            ),
            lines(
                "Used up and spent",
                "currencyUSD",
                Query("max(realstaging_earned_dollars)", "used up"),
                Query("sum(max by (model) (realstaging_provider_spend_dollars))", "providers"),
            ),
            lines(
                "Spent without a result",
                "short",
                Query(
                    "sum(increase(realstaging_predictions_given_up_total[1h]))", "predictions that could not be ended"
                ),
                Query("sum(increase(realstaging_unpaid_paused_total[1h]))", "stagings not asked for"),
            ),
            lines(
                "Refused for want of money",
                "reqps",
                Query(
                    'sum by (code) (rate(realstaging_refusals_total{code=~"payment_required|budget_reached|unpaid_.*"}[$__rate_interval]))',
                    "{{code}}",
                ),
            ),
            lines(
                "Found open and ended",
                "short",
                Query("sum by (what) (increase(realstaging_left_behind_total[1h]))", "{{what}}"),
            ),
        ),
    ),
    "storage": (
        "Storage",
        (
            number("Photos", "bytes", 'max(realstaging_stored_bytes{what="originals"})'),
            number("Results", "bytes", 'max(realstaging_stored_bytes{what="results"})'),
            number("Free, least", "percentunit", "min(realstaging_disk_free_bytes / realstaging_disk_size_bytes)"),
            number(
                "Since the last backup", "s", 'time() - max(realstaging_last_done_timestamp_seconds{what="backup"})'
            ),
            lines("Time of an operation", "s", *quantiles(FILES, "operation")),
            lines(
                "Operations",
                "ops",
                Query(f"sum by (operation) (rate({FILES}_count[$__rate_interval]))", "{{operation}}"),
            ),
            lines(
                "Operations that fail",
                "ops",
                Query(
                    f'sum by (operation, error_type) (rate({FILES}_count{{error_type!=""}}[$__rate_interval]))',
                    "{{operation}} {{error_type}}",
                ),
            ),
            lines("Free", "bytes", Query("min by (place) (realstaging_disk_free_bytes)", "{{place}}")),
        ),
    ),
    "people": (
        "People",
        (
            number("Accounts", "short", 'max(realstaging_people{what="accounts"})'),
            number("New accounts, last day", "short", 'max(realstaging_people{what="new_accounts"})'),
            number("People there, last day", "short", 'max(realstaging_people{what="active"})'),
            number("Event streams", "short", "sum(realstaging_event_streams)"),
            lines("People", "short", Query("max by (what) (realstaging_people)", "{{what}}")),
            lines("What pages take", "s", *quantiles("realstaging_web_vital_seconds", "vital")),
            lines(
                "Pages that move, p75",
                "short",
                Query(
                    "histogram_quantile(0.75, sum by (le, page) (rate(realstaging_web_layout_shift_bucket[$__rate_interval])))",
                    "{{page}}",
                ),
            ),
            lines(
                "Errors in browsers",
                "ops",
                Query("sum by (page) (rate(realstaging_web_errors_total[$__rate_interval]))", "{{page}}"),
            ),
            lines(
                "Refused at the door",
                "reqps",
                Query(
                    'sum by (code) (rate(realstaging_refusals_total{code=~"unauthenticated|not_permitted|too_many_requests"}[$__rate_interval]))',
                    "{{code}}",
                ),
            ),
            lines(
                "Asked for, by route",
                "reqps",
                Query(
                    f'topk(10, sum by (http_route) (rate({REQUESTS}_count{{http_request_method="POST"}}[$__rate_interval])))',
                    "{{http_route}}",
                ),
            ),
        ),
    ),
}


def written() -> dict[str, str]:
    """The files, by their names."""
    return {
        f"{name}.json": json.dumps(_dashboard(name, title, panels), indent=1) + "\n"
        for name, (title, panels) in DASHBOARDS.items()
    }


def _dashboard(name: str, title: str, panels: tuple[Panel, ...]) -> dict[str, Any]:
    return {
        "id": None,
        "uid": f"realstaging-{name}",
        "title": f"Real Staging: {title}",
        "tags": ["realstaging"],
        "schemaVersion": 39,
        "timezone": "browser",
        "refresh": "1m",
        "time": {"from": "now-6h", "to": "now"},
        "templating": {
            "list": [{"name": "datasource", "type": "datasource", "query": "prometheus", "label": "Data source"}]
        },
        "panels": [_panel(number, panel, place) for number, (panel, place) in enumerate(_placed(panels), start=1)],
    }


def _placed(panels: tuple[Panel, ...]) -> list[tuple[Panel, dict[str, int]]]:
    """Numbers in a row of four, lines below them two by two. Grafana's grid has 24 columns."""
    numbers = [panel for panel in panels if panel.kind == "stat"]
    graphs = [panel for panel in panels if panel.kind != "stat"]
    placed = [(panel, {"h": 4, "w": 6, "x": 6 * place, "y": 0}) for place, panel in enumerate(numbers)]
    return placed + [
        (panel, {"h": 8, "w": 12, "x": 12 * (place % 2), "y": 4 + 8 * (place // 2)})
        for place, panel in enumerate(graphs)
    ]


def _panel(number: int, panel: Panel, place: dict[str, int]) -> dict[str, Any]:
    source = {"type": "prometheus", "uid": "${datasource}"}
    return {
        "id": number,
        "type": panel.kind,
        "title": panel.title,
        "datasource": source,
        "gridPos": place,
        "fieldConfig": {"defaults": {"unit": panel.unit, **({} if panel.below_zero else {"min": 0})}, "overrides": []},
        "targets": [
            {
                "refId": chr(ord("A") + place),
                "datasource": source,
                "expr": query.expr,
                "legendFormat": query.legend,
                "exemplar": panel.kind == "timeseries",
            }
            for place, query in enumerate(panel.queries)
        ],
    }
