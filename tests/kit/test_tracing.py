"""Spans, and which traces of a process are kept."""

import asyncio
from uuid import UUID

import pytest

from realstaging.kit import tracing
from realstaging.kit.errors import NotFound, Unavailable
from realstaging.kit.tracing import MOST_SPANS, Context, Kind, Span
from realstaging.runtime import logs
from realstaging.runtime.otlp import Keeper, Keeping

PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
JOB = UUID("01939d5a-0000-7000-8000-000000000001")


@pytest.fixture
def kept():
    """What is kept of a process that samples nothing: failed and slow traces."""
    exported = []
    tracing.collect(Keeper(Keeping(slow_request=0.2, slow_job=60), exported.append))
    yield exported
    tracing.collect(None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        PARENT + "\n",
    ],
)
def test_what_is_no_traceparent_is_none(text):
    assert tracing.read(text, trusted=True) is None


def test_a_traceparent_says_where_in_which_trace():
    told = tracing.read(PARENT, trusted=True)
    assert str(told) == PARENT
    assert told.sampled
    # A newer version may say more.
    assert tracing.read(f"cc{PARENT[2:]}-more", trusted=True) == told


def test_strangers_do_not_decide_what_is_kept(kept):
    for trusted, sampled in ((True, True), (False, False)):
        with Span("request", Kind.SERVER, parent=tracing.read(PARENT, trusted=trusted)) as span:
            assert span.sampled is sampled
            assert f"{span.trace_id:032x}" in tracing.traceparent()
    assert len(kept) == 1


def test_a_trace_with_a_failure_is_kept_whole(kept):
    with Span("request", Kind.SERVER), Span("well"):
        pass
    with pytest.raises(ValueError), Span("request", Kind.SERVER):
        with Span("before"):
            pass
        with Span("broken"):
            raise ValueError("no")
    assert [(span.name, span.error) for span in kept] == [
        ("before", None),
        ("broken", "ValueError"),
        ("request", "ValueError"),
    ]


@pytest.mark.parametrize(
    ("error", "failure"), [(NotFound(), False), (Unavailable(), True), (asyncio.CancelledError(), False)]
)
def test_a_refusal_is_no_failure(kept, error, failure):
    with pytest.raises(type(error)), Span("request", Kind.SERVER):
        raise error
    assert bool(kept) is failure


def test_what_took_long_is_kept(kept):
    for kind, seconds in ((Kind.SERVER, 0.1), (Kind.SERVER, 0.3), (Kind.CONSUMER, 59), (Kind.CONSUMER, 61)):
        with Span(f"{kind.name} {seconds}", kind) as span:
            span.began -= int(seconds * 1e9)
    assert [span.name for span in kept] == ["SERVER 0.3", "CONSUMER 61"]


def test_a_trace_has_a_bound_and_says_what_was_left_out(kept):
    with Span("request", Kind.SERVER) as request:
        for _ in range(MOST_SPANS + 7):
            with Span("step"):
                pass
        request.fail("500")
    assert len(kept) == MOST_SPANS + 1
    assert kept[-1].attributes["realstaging.spans.left_out"] == 7


async def test_what_a_request_began_and_did_not_wait_for_is_kept_with_it(kept):
    gate = asyncio.Event()

    async def later():
        with Span("later"):
            await gate.wait()

    tasks = []
    for became in ("well", "failed", "slow"):
        with Span(became, Kind.SERVER) as span:
            tasks.append(asyncio.create_task(later()))
            await asyncio.sleep(0)
            if became == "failed":
                span.fail("500")
            if became == "slow":
                span.began -= 300_000_000
    gate.set()
    await asyncio.gather(*tasks)
    assert [span.name for span in kept] == ["failed", "slow", "later", "later"]


def test_a_run_is_known_without_being_told():
    asked = Context(1, 2, True)
    first, second = (tracing.of_run(JOB, run, asked) for run in (1, 2))
    assert first == tracing.of_run(JOB, 1, asked) != second
    assert (first.trace_id, first.sampled) == (1, True)
    # What nobody's trace asked for has one of its own, whatever the run.
    assert tracing.of_run(JOB, 1, None).trace_id == tracing.of_run(JOB, 2, None).trace_id == JOB.int


def test_a_line_of_the_log_names_its_step():
    with Span("request", parent=tracing.read(PARENT, trusted=True)) as span:
        told = logs.with_trace(None, "info", {"event": "x"})
    assert told == {"event": "x", "trace_id": PARENT[3:35], "span_id": f"{span.span_id:016x}"}
    assert logs.with_trace(None, "info", {"event": "x"}) == {"event": "x"}
