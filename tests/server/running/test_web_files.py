"""What browsers load: compressed, under names that change with the content, and little of it."""

import gzip
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

MOST_OF_A_PAGE = 200_000
"""Bytes of a first visit, as they go over the line; with the grid 280,000."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Prepared once: some megabytes are compressed."""
    from django.test import override_settings

    from huoku.server.running.web_files import prepare_web_files

    where = tmp_path_factory.mktemp("data") / "web_files"
    with override_settings(WEB_FILES=where, STATIC_ROOT=None):
        prepare_web_files()
    return where


@pytest.fixture
def prepared(folder):
    from huoku.server.running.web_files import WebFiles

    return WebFiles(location=folder, base_url="/static/")


def test_a_first_visit_loads_less_than_it_may_and_scripts_name_each_other_as_prepared(prepared, folder, client, db):
    page = client.get("/account/login/").content.decode()
    named = set(re.findall(r'="/static/([^"#?]+)', page))
    assert {"vendor/tabler.css", "look/page.js"} <= named
    asked = {prepared.stored_name(name) for name in named}
    scripts = {name for name in asked if name.startswith("look/") and name.endswith(".js")}
    for name in scripts:
        asked |= {f"look/{each}" for each in re.findall(r'from "\./([^"]+)"', (folder / name).read_text("utf-8"))}
    assert any(re.fullmatch(r"look/keys\.[0-9a-f]{12}\.js", name) for name in asked)
    weight = sum(len(gzip.compress((folder / name).read_bytes())) for name in asked)
    assert weight + len(gzip.compress(page.encode())) < MOST_OF_A_PAGE


def test_large_files_lie_there_compressed(prepared, folder):
    name = prepared.stored_name("vendor/tabler.css")
    packed = (folder / f"{name}.gz").read_bytes()
    assert gzip.decompress(packed) == (folder / name).read_bytes()


@pytest.fixture
def package(settings, tmp_path):
    """A house of one style sheet."""
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "one.css").write_text("b{}")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [folder], None
    settings.WEB_FILES = tmp_path / "data" / "web_files"
    return folder


def test_nothing_is_prepared_twice_until_a_package_changes(settings, package):
    from huoku.server.running.web_files import prepare_web_files

    prepare_web_files()
    stray = settings.WEB_FILES / "stray"
    stray.touch()
    prepare_web_files()
    assert stray.exists()
    (package / "one.css").write_text("b{color:red}")
    prepare_web_files()
    assert not stray.exists() and (settings.WEB_FILES / "one.css").read_text() == "b{color:red}"


def test_servers_that_begin_at_once_do_not_disturb_each_other(settings, package):
    from huoku.server.running.web_files import STAMP, prepare_web_files

    with ThreadPoolExecutor(8) as servers:
        for begun in [servers.submit(prepare_web_files) for _ in range(24)]:
            begun.result()
    assert (settings.WEB_FILES / STAMP).exists() and (settings.WEB_FILES / "one.css").exists()
    assert [path.name for path in settings.WEB_FILES.parent.iterdir()] == ["web_files"]


def test_a_name_that_was_not_prepared_is_served_from_its_package(tmp_path):
    from huoku.server.running.web_files import WebFiles

    assert WebFiles(location=tmp_path, base_url="/static/").url("look/page.js") == "/static/look/page.js"


def test_pages_go_compressed_over_the_line(client, db):
    answer = client.get("/account/login/", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
