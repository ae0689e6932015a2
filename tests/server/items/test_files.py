"""Files are what their first bytes say, and nobody reaches another company's."""

from dataclasses import replace

import pytest

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.fixture
def store(tmp_path, settings):
    from huoku.server.platform import files

    settings.MEDIA_ROOT = tmp_path
    return files


def test_the_same_bytes_are_kept_once(store, tmp_path):
    first, second = (store.keep(1, name, [PNG[:5], PNG[5:]]) for name in ("a.png", "b.png"))
    assert first == second and first.media_type == "image/png" and first.size_bytes == 48
    assert [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()] == [PNG]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.jpg", PNG),  # the name says one thing, the bytes another
        ("photo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("page.pdf", b"<html><script>"),
        ("photo.png.exe", PNG),
        ("empty.png", b""),
    ],
)
def test_what_is_none_of_the_known_kinds_is_refused_and_not_kept(store, tmp_path, name, content):
    with pytest.raises(store.WrongKind):
        store.keep(1, name, [content])
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_file_that_is_too_large_is_refused_while_it_comes(store, tmp_path):
    came = 0

    def endless():
        nonlocal came
        while True:
            came += 1024**2
            yield PNG + bytes(1024**2 - len(PNG))

    with pytest.raises(store.TooLarge):
        store.keep(1, "a.png", endless())
    assert came <= store.MOST_BYTES + 1024**2 and not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "name", ["../a.png", "a/b.png", "C:\\a.png", ".png", "con.png", "a\u202egnp.exe", "a.png ", "\0"]
)
def test_a_name_that_could_lead_elsewhere_is_no_name(name):
    from pydantic import TypeAdapter, ValidationError

    from huoku.server.platform.files import FileName

    try:
        taken = TypeAdapter(FileName).validate_python(name)
    except ValidationError:
        return
    assert taken == "a.png"  # a space at the end is taken off


def test_a_drawing_is_put_to_an_item_only_after_its_bytes_are_there(store, do, items, company):
    from huoku.server.items.commands.files import add_item_file

    items("BOLT")
    kept = store.keep(company.pk, "bolt.png", [PNG])
    about = {"item": "BOLT", "kind": "photo", "name": "bolt.png", "media_type": "image/png", "size_bytes": 48}
    assert do(add_item_file, sha256=kept.sha256, **about)["version"] == 1
    elsewhere = store.keep(company.pk + 1, "other.png", [PNG + b"x"])
    for sha256 in (elsewhere.sha256, "0" * 64):
        with pytest.raises(store.NotKept):
            do(add_item_file, sha256=sha256, **about)


def test_a_file_that_no_row_has_named_for_a_week_is_swept_and_no_other(store, company):
    import os
    from datetime import UTC, datetime, timedelta

    from huoku.server.items.models import Item, ItemFile
    from huoku.server.platform.scope import entered

    keep, path_of, sweep = store.keep, store.path_of, store.sweep

    now = datetime.now(UTC)
    week_ago = (now - timedelta(days=7, minutes=1)).timestamp()
    named, unused, new = (keep(company.pk, "a.pdf", [b"%PDF-1.7 " + text]).sha256 for text in (b"a", b"b", b"c"))
    for digest in (named, unused):
        os.utime(path_of(company.pk, digest), (week_ago, week_ago))
    with entered(company):
        item = Item.objects.create(company=company, code="BOLT")
        facts = {"kind": "drawing", "name": "a.pdf", "media_type": "application/pdf", "size_bytes": 10}
        ItemFile.objects.create(company=company, item=item, sha256=named, **facts)
    assert sweep(now) == 1
    assert [path_of(company.pk, digest).is_file() for digest in (named, unused, new)] == [True, False, True]


@pytest.mark.parametrize(("ends_with", "refused"), [(0, None), (1, "Infected"), (2, "NotScanned")])
def test_a_file_is_kept_when_the_scanner_found_nothing_in_it(store, tmp_path, settings, ends_with, refused):
    scanner = tmp_path / "scanner"
    scanner.write_text(f'#!/bin/sh\ngrep -q PNG "$1" && exit {ends_with}\n')
    scanner.chmod(0o700)
    settings.GIVEN = replace(settings.GIVEN, virus_scanner=str(scanner))
    if refused is None:
        assert store.path_of(1, store.keep(1, "a.png", [PNG]).sha256).is_file()
    else:
        with pytest.raises(getattr(store, refused)):
            store.keep(1, "a.png", [PNG])
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == [scanner]


def test_without_the_scanner_that_was_named_no_file_is_kept(store, settings):
    settings.GIVEN = replace(settings.GIVEN, virus_scanner="/nowhere/at/all")
    with pytest.raises(store.NotScanned):
        store.keep(1, "a.png", [PNG])
