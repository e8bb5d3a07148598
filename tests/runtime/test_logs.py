import json
import logging

import pytest
import structlog

from realstaging.kit import bearer_texts
from realstaging.runtime import logs


@pytest.fixture(autouse=True)
def as_before():
    yield
    structlog.reset_defaults()


def test_lines_are_json_and_keep_no_secret(capsys):
    logs.configure("info", as_json=True)
    structlog.get_logger().info(
        "seen",
        access_token="abc",
        Authorization="Bearer abc",
        url="postgresql://me:word@host/db",
        link="http://x/files/a?expires=1&signature=abc",
        plain="kept",
    )
    line = json.loads(capsys.readouterr().out)
    assert line["event"] == "seen"
    assert line["plain"] == "kept"
    assert line["level"] == "info"
    assert "abc" not in json.dumps(line)
    assert "word" not in json.dumps(line)


def test_the_level_is_kept(capsys):
    logs.configure("warning", as_json=True)
    structlog.get_logger().info("not this")
    structlog.get_logger().warning("but this")
    assert "not this" not in capsys.readouterr().out


def test_a_secret_of_this_process_is_hidden_wherever_it_stands(capsys):
    logs.configure("info", as_json=True, secrets=["hunter22", "p/w+x"])
    structlog.get_logger().info(
        "seen hunter22",
        error=ValueError("bad port in 'p/w+x'"),
        deep={"a": [{"b": "x-hunter22"}]},
        inner={"api_key": "zzz"},
    )
    logging.getLogger("library").warning("told %s", "hunter22")
    try:
        raise RuntimeError("hunter22 again")
    except RuntimeError:
        logging.getLogger("library").exception("failed")
        structlog.get_logger().exception("failed too")
    said = capsys.readouterr().out
    assert "seen [hidden]" in said
    assert "failed too" in said
    for secret in ("hunter22", "p/w+x", "zzz"):
        assert secret not in said


def test_keys_and_links_of_ours_are_hidden_wherever_they_stand(capsys):
    logs.configure("info", as_json=True)
    key, link = bearer_texts.new("rs_live_"), bearer_texts.new("rs_link_")
    structlog.get_logger().info(
        f"sent {key}", path=f"/api/v1/upload-links/{link}/uploads", deep=[{"a": f"x{key[3:]}{key}"}]
    )
    logging.getLogger("library").warning("told %s", f"Bearer {key}")
    said = capsys.readouterr().out
    assert key not in said
    assert link not in said
    assert "rs_live_[hidden]" in said
    assert "upload-links/rs_link_[hidden]/uploads" in said
