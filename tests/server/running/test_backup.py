"""A backup is one file that can be checked, and put back into an empty place only."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]


def rewritten(saved: Path, target: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    """The same archive with one part changed."""
    with ZipFile(saved) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, change(body) if name == part else body)


def test_what_was_saved_can_be_put_back(huoku, founded, saved, tmp_path):
    done = huoku("restore", saved, "--data", tmp_path / "new", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["new_secret"] is True
    assert (tmp_path / "new" / "files" / "图纸.txt").read_text(encoding="utf-8") == "M6×20"
    with closing(sqlite3.connect(tmp_path / "new" / "huoku.sqlite3")) as new:
        assert new.execute("SELECT code FROM platform_company").fetchall() == [("HUO",)]
    assert huoku("upgrade", "--check", "--data", tmp_path / "new").returncode == 0


def test_a_backup_says_that_it_is_whole_and_was_tried(huoku, saved):
    done = huoku("verify", saved, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    answer = json.loads(done.stdout)
    assert answer["rehearsed"] is True and answer["parts"] == 2


def test_nothing_that_is_there_is_overwritten(huoku, founded, saved):
    before = (founded / "huoku.sqlite3").read_bytes()
    done = huoku("restore", saved, "--data", founded)
    assert done.returncode == 2 and "there is a database already" in done.stderr
    assert (founded / "huoku.sqlite3").read_bytes() == before


def test_of_the_nightly_backups_the_last_14_are_kept_named_by_the_servers_time(huoku, founded):
    folder = founded / "backups"
    folder.mkdir(exist_ok=True)
    for day in range(1, 15):
        (folder / f"huoku-202501{day:02}-020000.zip").write_bytes(b"")
    before = datetime.now(ZoneInfo("Asia/Shanghai"))
    done = huoku("backup", "--data", founded, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    kept = sorted(path.name for path in folder.glob("huoku-*.zip"))
    assert kept[0] == "huoku-20250102-020000.zip" and len(kept) == 14
    made = datetime.strptime(kept[-1], "huoku-%Y%m%d-%H%M%S.zip").replace(tzinfo=before.tzinfo)
    assert before - timedelta(seconds=1) < made < before + timedelta(minutes=10)
    for path in folder.glob("huoku-202501*.zip"):
        path.unlink()


def cut(saved: Path, damaged: Path) -> None:
    damaged.write_bytes(saved.read_bytes()[: saved.stat().st_size // 2])


def nonsense(saved: Path, damaged: Path) -> None:
    damaged.write_bytes(b"PK\x03\x04" + bytes(100))


def a_stretch_of_the_archive(saved: Path, damaged: Path) -> None:
    """In the middle of the compressed database."""
    whole = bytearray(saved.read_bytes())
    for place in range(2_000, 2_040):
        whole[place] ^= 0xFF
    damaged.write_bytes(whole)


def one_bit_of_the_database(saved: Path, damaged: Path) -> None:
    """In an archive that is otherwise in order, as somebody would make it who wanted to change a figure."""
    rewritten(saved, damaged, "database.sqlite3", lambda body: body[:-1] + bytes([body[-1] ^ 1]))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (cut, "no backup of huoku's, or it is damaged"),
        (nonsense, "no backup of huoku's, or it is damaged"),
        (a_stretch_of_the_archive, "database.sqlite3 does not match its digest"),
        (one_bit_of_the_database, "database.sqlite3 does not match its digest"),
    ],
)
def test_damage_is_seen_before_anything_is_written(huoku, saved, tmp_path, damage, said):
    damaged = tmp_path / "damaged.zip"
    damage(saved, damaged)
    done = huoku("restore", damaged, "--data", tmp_path / "new")
    assert done.returncode == 3 and said in done.stderr, done.stderr
    assert "take another one" in done.stderr and "correct them" not in done.stderr
    assert not (tmp_path / "new" / "huoku.sqlite3").exists()


def test_a_backup_of_a_newer_program_is_refused(huoku, saved, tmp_path):
    newer = tmp_path / "newer.zip"

    def of_tomorrow(body: bytes) -> bytes:
        said = json.loads(body)
        said["migrations"]["platform"] = "9999_of_tomorrow"
        return json.dumps(said).encode()

    rewritten(saved, newer, "manifest.json", of_tomorrow)
    done = huoku("restore", newer, "--data", tmp_path / "new")
    assert done.returncode == 3 and "platform.9999_of_tomorrow" in done.stderr


def test_a_database_of_a_newer_program_is_left_alone(huoku, saved, tmp_path):
    data = tmp_path / "new"
    huoku("restore", saved, "--data", data)
    with closing(sqlite3.connect(data / "huoku.sqlite3")) as database:
        row = ("platform", "9999_of_tomorrow", "2026-11-22")
        database.execute("INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, ?)", row)
        database.commit()
    checked = huoku("upgrade", "--check", "--data", data)
    assert checked.returncode == 1 and "newer than the program" in checked.stdout
    refused = huoku("upgrade", "--data", data)
    assert refused.returncode == 2 and "newer than this program" in refused.stderr


def test_a_second_server_is_not_founded_over_the_first(huoku, founded):
    done = huoku("init", founded)
    assert done.returncode == 2 and "there is a huoku server already" in done.stderr


def test_a_folder_without_a_server_says_how_to_found_one(huoku, tmp_path):
    done = huoku("backup", "--data", tmp_path / "empty")
    assert done.returncode == 2 and "huoku init" in done.stderr
