"""`make contract`: what we send and what the sandbox answers, against what Stripe itself has published.

The public stripe-mock is built from its Go module. It refuses requests that do not fit its schema; and the schema that it carries is what
every answer of the sandbox is held against. It is stateless and of an earlier version than ours: what differs for that is listed, and known.
"""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from aiohttp.test_utils import unused_port

from realstaging.stripe.client import Stripe
from realstaging.stripe.errors import StripeRefused
from realstaging.stripe.version import API_VERSION
from tests.sandbox.journey import journey
from tests.stripe.calls import every_call
from tests.stripe.schema import Published

ROOT = Path(__file__).parents[2]
MODULE = "github.com/stripe/stripe-mock"
VERSION = "v0.203.0"
BIN = ROOT / "build/contract"
# What 2026-10-28.endive has and 2026-08-26.dahlia, which this mock speaks, has not: each with what is said of it.
KNOWN_OF_REQUESTS = {
    "catalogue.create_endpoint": "its enumeration of api_version ends with its own version",
    # https://docs.stripe.com/api/subscriptions/update, and the SDK's SubscriptionModifyParamsBillingCycleAnchor.
    "subscriptions.begin_period": "billing_cycle_anchor is a word there, and an object with a type here",
}
KNOWN_OF_ANSWERS: dict[str, str] = {}


def go():
    """Where Go is; None where it is not."""
    return shutil.which("go") or next((place for place in ("/usr/local/go/bin/go",) if Path(place).exists()), None)


def build(compiler):
    """The mock as a program, and the folder of its module."""
    environment = {**os.environ, "GOBIN": str(BIN), "GOFLAGS": "-mod=mod -buildvcs=false"}
    subprocess.run([compiler, "install", f"{MODULE}@{VERSION}"], check=True, env=environment, timeout=900)
    told = subprocess.run(
        [compiler, "env", "GOMODCACHE"], check=True, capture_output=True, text=True, env=environment, timeout=60
    )
    return BIN / "stripe-mock", Path(told.stdout.strip()) / f"{MODULE}@{VERSION}"


@asynccontextmanager
async def mock(program):
    """It, answering at the address that is given."""
    port, other = unused_port(), unused_port()
    log = (BIN / "mock.log").open("wb")
    ports = ["-http-port", str(port), "-https-port", str(other)]
    process = await asyncio.create_subprocess_exec(program, *ports, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        async with aiohttp.ClientSession() as asking:
            while True:
                try:
                    async with asking.get(address):
                        break
                except aiohttp.ClientError:
                    assert time.monotonic() < deadline, "the mock did not come up"
                    await asyncio.sleep(0.1)
        yield address
    finally:
        process.terminate()
        await process.wait()
        log.close()


async def requests_against(address):
    """Each call that was refused, and why."""
    stripe = Stripe("sk_test_123", "", address, tries=0)
    refused = {}
    calls = every_call(stripe, await stripe.subscriptions.one("sub_1"))
    for name, call in calls.items():
        try:
            await call
        except StripeRefused as error:
            refused[name] = error.reason
    await stripe.close()
    return len(calls), refused


async def answers_against(published):
    """How many answers and events were looked at, and what is wrong with which."""
    answers, events = await journey()
    wrong = {}
    for method, path, answer in answers:
        schema = published.answer_of(method, path)
        faults = published.faults(answer, schema) if schema else [" is at an address that is not published"]
        wrong |= {f"{method} {_kind(path)}{fault}": None for fault in faults}
    for event in events:
        told = event["data"]["object"]
        name = told["object"]
        for schema, value, where in (
            (published.schemas["event"], event, event["type"]),
            (published.schemas[name], told, f"{event['type']}: {name}"),
        ):
            wrong |= {f"{where}{fault}": None for fault in published.faults(value, schema)}
    return len(answers), len(events), [re.sub(r"\[\d+\]", "[]", one) for one in wrong]


def _kind(path):
    return re.sub(
        r"(cus|prod|price|cs_test|sub|sub_sched|in|pi|re|du|evt|we|bpc|clock|ch)_[A-Za-z0-9]{8,}", r"{\1}", path
    )


def apart(found, known):
    """What is known, with why, and what is not."""
    explained = {one: why for one in found for pattern, why in known.items() if re.search(pattern, one)}
    return explained, [one for one in dict.fromkeys(found) if one not in explained]


async def main():
    compiler = go()
    if compiler is None:
        print("There is no Go here, and stripe-mock cannot be built: the contract was not looked at.")
        return 2
    program, module = build(compiler)
    published = Published(json.loads((module / "embedded/openapi/spec3.json").read_bytes()))
    print(f"stripe-mock {VERSION}, Stripe's schema of {published.version}; we speak {API_VERSION}.")
    async with mock(program) as address:
        count, refused = await requests_against(address)
    explained, unexplained = apart([f"{name}: {why}" for name, why in refused.items()], KNOWN_OF_REQUESTS)
    print(f"\n{count} requests sent, {count - len(refused)} taken.")
    looked, events, wrong = await answers_against(published)
    explained_too, wrong = apart(wrong, KNOWN_OF_ANSWERS)
    print(f"{looked} answers of the sandbox and {events} events looked at.")
    if explained or explained_too:
        print("\nDiffers by version, as is known:")
        print("\n".join(f"  {one}: {why}" for one, why in {**explained, **explained_too}.items()))
    if unexplained or wrong:
        print("\nNot as it is published:")
        print("\n".join(f"  {one}" for one in [*unexplained, *wrong]))
        return 1
    print("\nAll as it is published.")
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
