"""What the processes told while something failed, as series for promtool, and which alerts go off on them.

The rules count in minutes and hours. Time is stretched instead of the rules: what was told every STEP seconds is written as if it had been
told every STEP × STRETCH, and what is a time or an age is stretched with it. Thresholds on rates of requests are met later by that, never sooner.
"""

import asyncio
import json
import math
import re
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import yaml
from prometheus_client.parser import text_string_to_metric_families

ROOT = Path(__file__).parents[3]
RULES = ROOT / "deploy/observability/rules.yml"
PROMTOOL = ROOT / "scripts/promtool"
STEP = 3.0
STRETCH = 10
TICK = int(STEP * STRETCH)
# Once it is over, what was told at last is told again, until what looks back half an hour sees none of the fault.
TOLD_AGAIN = 45 * 60 // TICK
# Steps by which it is known how fast something grows.
LATELY = 6
AGES = {"realstaging_oldest_waiting_job_seconds", "realstaging_oldest_letter_seconds"}
MOMENTS = {"realstaging_chore_last_success_timestamp_seconds", "realstaging_last_done_timestamp_seconds"}
# Done from outside, and not again while the fault lasts.
STANDING = {"realstaging_last_done_timestamp_seconds"}
GROWING = re.compile(r"_(total|count|sum|bucket)$")
# promtool takes ten thousand samples for a question, so labels that no rule asks for are summed away.
UNASKED = {"http_request_method", "operation", "route", "page", "type"}


def asked_for():
    """The metrics that the rules name."""
    rules = yaml.safe_load(RULES.read_text())
    text = " ".join(rule["expr"] for group in rules["groups"] for rule in group["rules"])
    return set(re.findall(r"\b(?:realstaging|http_server|http_client)_[a-z_]+\b(?!:)", text))


@dataclass
class Series:
    """What ``targets`` (name: address of its metrics) told, by the number of the step it was told at."""

    targets: dict
    began: float = field(default_factory=time.monotonic)
    at: float = field(default_factory=time.time)
    told: dict = field(default_factory=dict)
    last: int = 0

    @property
    def now(self):
        """The minutes that the rules see to have passed."""
        return (time.monotonic() - self.began) * STRETCH / 60

    async def keep_asking(self):
        """Until cancelled."""
        names = asked_for()
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(STEP - 0.5)) as prometheus:
            while True:
                step = round((time.monotonic() - self.began) / STEP)
                await asyncio.gather(*(self._ask(prometheus, target, step, names) for target in self.targets))
                self.last = step
                await asyncio.sleep(max(0.0, self.began + (step + 1) * STEP - time.monotonic()))

    async def _ask(self, prometheus, target, step, names):
        try:
            async with prometheus.get(self.targets[target]) as answer:
                found = self._read(await answer.text(), names)
        except (aiohttp.ClientError, OSError, TimeoutError):
            found = {}
        own = {"job": f"realstaging-{target}", "instance": target}
        found["up", ()] = float(bool(found))
        for (name, labels), value in found.items():
            key = (name, tuple(sorted({**dict(labels), **own}.items())))
            self.told.setdefault(key, {})[step] = value

    def _read(self, text, names):
        found = {}
        for family in text_string_to_metric_families(text):
            for sample in family.samples:
                if sample.name in names:
                    key = sample.name, labels_of(sample)
                    found[key] = found.get(key, 0.0) + self._stretched(sample)
        return found

    def _stretched(self, sample):
        if sample.name in AGES:
            return sample.value * STRETCH
        return (sample.value - self.at) * STRETCH if sample.name in MOMENTS else sample.value

    def written(self):
        """As promtool reads them."""
        return [
            {
                "series": f"{name}{{{','.join(f'{label}={json.dumps(value)}' for label, value in labels)}}}",
                "values": self._values(name, told),
            }
            for (name, labels), told in sorted(self.told.items())
        ]

    def _values(self, name, told):
        values = []
        for step in range(self.last + 1):
            if step in told:
                values.append(f"{told[step]:.9g}")
            else:
                values.append("stale" if step - 1 in told else "_")
        return " ".join([*values, *self._told_again(name, told)])

    def _told_again(self, name, told):
        if self.last not in told:
            return
        value, slope = told[self.last], 0.0
        before = max(0, self.last - LATELY)
        if GROWING.search(name) and before in told and self.last > before:
            slope = max(0.0, value - told[before]) / (self.last - before)
        if name in MOMENTS - STANDING:
            slope = float(TICK)
        for again in range(1, TOLD_AGAIN + 1):
            yield f"{value + slope * again:.9g}"


def labels_of(sample):
    """Those that a rule asks for; of routes whether it is the API's."""
    labels = {name: value for name, value in sample.labels.items() if name not in UNASKED}
    if "http_route" in labels:
        labels["http_route"] = "/api/" if labels["http_route"].startswith("/api/") else ""
    return tuple(sorted(labels.items()))


def firing(series, folder):
    """{alert: [minutes at which it was firing]}, with what it is about, as ``PartDown redis``."""
    last = series.last + TOLD_AGAIN
    document = {
        "rule_files": [str(RULES)],
        "evaluation_interval": f"{TICK}s",
        "tests": [
            {
                "interval": f"{TICK}s",
                "input_series": series.written(),
                "promql_expr_test": [
                    {"expr": 'ALERTS{alertstate="firing"}', "eval_time": f"{step * TICK}s", "exp_samples": []}
                    for step in range(1, last + 1)
                ],
            }
        ],
    }
    file = folder / "series.yml"
    file.write_text(json.dumps(document))
    done = subprocess.run([PROMTOOL, "test", "rules", file], capture_output=True, text=True, check=False)
    return read(done.stdout + done.stderr)


ABOUT = ("part", "place", "chore", "lane", "kind", "server_address", "what", "invariant")


def read(said):
    """What promtool says of questions that were expected to give nothing."""
    if wrong := re.findall(r"(?:err: |error: |unable|parse).*", said):
        raise AssertionError(f"promtool did not take the series: {wrong[0]}")
    found = {}
    for at, got in re.findall(r"time: (\S+),\s*\n\s*exp: nil\s*\n\s*got: (.*)", said):
        for labels in re.findall(r"ALERTS\", ([^}]*)\}", got):
            given = dict(re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', labels))
            name = " ".join([given["alertname"], *(given[label] for label in ABOUT if label in given)])
            found.setdefault(name, []).append(minutes(at))
    return found


def minutes(duration):
    """Of promtool's 1h2m30s."""
    units = {"h": 60.0, "m": 1.0, "s": 1 / 60}
    return math.fsum(float(number) * units[unit] for number, unit in re.findall(r"(\d+)([hms])", duration))
