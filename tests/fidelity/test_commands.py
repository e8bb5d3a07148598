import msgspec
import pytest
import typer
from typer.testing import CliRunner

from realstaging.cli import fidelity as commands
from realstaging.fidelity.report import Report
from realstaging.imaging import decode, encode


@pytest.fixture
def app():
    app = typer.Typer()
    commands.add_to(app)
    return app


@pytest.fixture
def files(pair, tmp_path):
    empty, staged, _ = pair
    (tmp_path / "empty.png").write_bytes(encode.png(empty))
    (tmp_path / "staged.png").write_bytes(encode.png(staged))
    return tmp_path


def test_verify_tells_and_paints(app, files):
    result = CliRunner().invoke(
        app,
        ["verify", str(files / "empty.png"), str(files / "staged.png"), "--json", "--overlay", str(files / "o.png")],
    )
    assert result.exit_code == 0, result.output
    assert msgspec.json.decode(result.stdout, type=Report).registration.found
    assert decode.decode(files / "o.png").shape == (512, 768, 3)


def test_verify_ends_with_one_where_the_house_is_another(app, files):
    result = CliRunner().invoke(app, ["verify", str(files / "empty.png"), str(files / "empty.png")])
    assert result.exit_code == 1
    assert "Nothing was changed" in result.stdout


def test_restore_writes_the_originals_size(app, files):
    result = CliRunner().invoke(
        app, ["restore", str(files / "empty.png"), str(files / "staged.png"), "-o", str(files / "m.png")]
    )
    assert result.exit_code == 0, result.output
    assert decode.decode(files / "m.png").shape == (512, 768, 3)


@pytest.mark.parametrize("written", ["empty.png", "staged.png", "link.png"])
def test_neither_command_writes_over_what_it_reads(app, files, written):
    (files / "link.png").symlink_to(files / "empty.png")
    read = {name: (files / name).read_bytes() for name in ("empty.png", "staged.png")}
    both = [str(files / name) for name in read]
    for asked in (["restore", *both, "-o"], ["verify", *both, "--overlay"]):
        assert CliRunner().invoke(app, [*asked, str(files / written)]).exit_code == 2
    assert {name: (files / name).read_bytes() for name in read} == read
