"""``run.py``: when it sets up, when it starts at once, what it hands on from pip to uv."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """run.py as a module, with two small lock files and an environment in a folder of its own."""
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / ".venv").mkdir()
    (tmp_path / "requirements.lock").write_text("numpy==2.4.6\n")
    (tmp_path / "requirements-dev.lock").write_text("numpy==2.4.6\npytest==9.2.0\n")
    places = {"ROOT": tmp_path, "VENV": tmp_path / ".venv", "STAMP": tmp_path / ".venv" / "stamp"}
    for name, place in places.items():
        monkeypatch.setattr(module, name, str(place))
    monkeypatch.setattr(module, "PYTHON", sys.executable)
    return module


def stamp(run: ModuleType, *locks: str) -> None:
    Path(run.STAMP).write_text("\n".join(run.stamp_lines(list(locks))))


def test_a_fresh_clone_is_not_ready(run: ModuleType) -> None:
    assert not run.is_ready(testing=False)


def test_an_environment_stamped_for_running_is_ready_for_that_and_not_for_the_tests(run: ModuleType) -> None:
    stamp(run, "requirements.lock")
    assert run.is_ready(testing=False)
    assert not run.is_ready(testing=True)


def test_an_environment_stamped_for_the_tests_is_ready_for_both(run: ModuleType) -> None:
    stamp(run, "requirements.lock", "requirements-dev.lock")
    assert run.is_ready(testing=False)
    assert run.is_ready(testing=True)


def test_a_changed_lock_is_noticed_and_the_environment_kept(run: ModuleType, tmp_path: Path) -> None:
    stamp(run, "requirements.lock")
    (tmp_path / "requirements.lock").write_text("numpy==2.5.5\n")
    assert not run.is_ready(testing=False)
    assert run.is_sound(Path(run.STAMP).read_text())


def test_an_interrupted_set_up_starts_afresh(run: ModuleType) -> None:
    assert not run.is_sound(run.UNFINISHED)


def test_an_environment_that_was_moved_starts_afresh(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp(run, "requirements.lock")
    monkeypatch.setattr(run, "ROOT", "/somewhere/else")
    assert not run.is_sound(Path(run.STAMP).read_text())


def test_pips_settings_reach_uv_in_its_own_words(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "https://one.example/simple https://two.example/simple")
    monkeypatch.setenv("PIP_FIND_LINKS", "/wheels/a /wheels/b")
    monkeypatch.setenv("PIP_CERT", "/etc/ssl/own.pem")
    monkeypatch.setenv("PIP_TRUSTED_HOST", "mirror.example")
    settings = run.settings_for_uv()
    assert settings["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert settings["UV_INDEX"] == "https://one.example/simple https://two.example/simple"
    assert settings["UV_FIND_LINKS"] == "/wheels/a,/wheels/b"
    assert settings["SSL_CERT_FILE"] == "/etc/ssl/own.pem"
    assert settings["UV_INSECURE_HOST"] == "mirror.example"


def result(run: ModuleType, program: str, seconds: float = 60) -> str:
    return str(run.result_of(run.begun([sys.executable, "-c", program], shown=False), seconds, shown=False))


def test_a_check_that_fails_or_takes_too_long_does_not_pass(
    run: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert result(run, "") == "ok"
    assert result(run, "print('why'); raise SystemExit(1)") == "FAILED"
    assert "why" in capsys.readouterr().out
    assert result(run, "import threading; threading.Event().wait()", seconds=0.2) == "FAILED"


def test_a_check_whose_program_the_machine_lacks_is_told_apart(run: ModuleType) -> None:
    assert result(run, "raise SystemExit(77)") == "lacking"


@pytest.mark.skipif(sys.platform == "win32", reason="PostgreSQL is not started there")
def test_all_tests_run_on_both_databases_and_named_ones_on_sqlite_unless_told(run: ModuleType) -> None:
    assert run.databases(["-x"]) == (("sqlite", "postgres"), ["-x"])
    assert run.databases(["-x"], fast=True) == (("sqlite",), ["-x"])
    assert run.databases(["-k", "moq"]) == (("sqlite",), ["-k", "moq"])
    assert run.databases(["--database", "postgres", "tests/server"]) == (("postgres",), ["tests/server"])
    assert run.databases(["--database", "both", "-k", "moq"]) == (("sqlite", "postgres"), ["-k", "moq"])
    for unknown in (["--database", "oracle"], ["--database"]):
        with pytest.raises(SystemExit):
            run.databases(unknown)


def test_all_tests_share_the_cores_and_named_ones_run_in_this_process(run: ModuleType) -> None:
    assert "-n" in run.processes(["-x"])
    assert run.processes(["tests/buy"]) == run.processes(["-k", "moq"]) == []
