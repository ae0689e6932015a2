"""Settings come from a file and, over it, from the environment; what is wrong is named."""

from pathlib import Path

import pytest

from huoku.errors import UsageError
from huoku.server.databases import database
from huoku.server.given import given

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "huoku.toml").write_text('hosts = ["erp.example.com"]\nhttps = true\nproxies = 1\n', encoding="utf-8")
    return tmp_path


def test_the_environment_comes_before_the_file(data):
    said = given({"HUOKU_DATA": str(data), "HUOKU_HTTPS": "no"})
    assert (said.hosts, said.https, said.proxies, said.data) == (("erp.example.com",), False, 1, data)


def test_a_secret_may_stand_in_a_file_of_its_own(data):
    (data / "key").write_text("s3cret\n", encoding="utf-8")
    assert given({"HUOKU_SECRET_KEY_FILE": str(data / "key")}).secret == "s3cret"


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"HUOKU_HTTPS": "perhaps"}, "HUOKU_HTTPS=perhaps: true or false is wanted"),
        ({"HUOKU_PROXIES": "-1"}, "HUOKU_PROXIES=-1: a whole number from 0 is wanted"),
        ({"HUOKU_CONFIG": "/nowhere/huoku.toml"}, "HUOKU_CONFIG=/nowhere/huoku.toml: there is no such file"),
        ({"HUOKU_SECRET_KEY_FILE": "/nowhere"}, "HUOKU_SECRET_KEY_FILE=/nowhere: cannot be read"),
        ({"HUOKU_TIMEZONE": "Mars/Base"}, "timezone=Mars/Base: a time zone such as Asia/Shanghai is wanted"),
        ({"HUOKU_LANGUAGE": "de"}, "language=de: one of zh-hans, zh-hant, en is wanted"),
        ({"HUOKU_LOG_LEVEL": "LOUD"}, "log_level=LOUD: one of DEBUG, INFO"),
        ({"HUOKU_PREFIX": "a b"}, "prefix=a b: a path such as /huoku is wanted"),
        ({"HUOKU_SESSION_MINUTES": "0"}, "session_minutes=0: a whole number from 1 is wanted"),
        ({"HUOKU_BREACHED_PASSWORDS": "/nowhere"}, "breached_passwords=/nowhere: a file that is there is wanted"),
    ],
)
def test_a_wrong_setting_is_named_with_what_would_be_right(environment, said):
    with pytest.raises(UsageError, match=said):
        given(environment)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("host = 'a'", "unknown setting host"),
        ("= 3", "this is no TOML"),
        ("hosts = 5", "hosts=5: text is wanted, of several a list"),
        ("database = ['a']", "database=.*: text is wanted"),
    ],
)
def test_a_wrong_line_of_the_file_is_named(tmp_path, line, said):
    (tmp_path / "huoku.toml").write_text(line, encoding="utf-8")
    with pytest.raises(UsageError, match=f"huoku.toml: {said}"):
        given({"HUOKU_DATA": str(tmp_path)})


def test_an_address_of_a_database_names_its_parts():
    postgresql = database("postgresql://li:a%40b@db.example.com:6432/huoku?sslmode=require")
    assert [postgresql[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "li",
        "a@b",
        "db.example.com",
        "6432",
        "huoku",
    ]
    assert postgresql["OPTIONS"]["sslmode"] == "require"
    assert database("sqlite:////srv/huoku.sqlite3")["NAME"] == "/srv/huoku.sqlite3"


@pytest.mark.parametrize("url", ["mysql://a/b", "huoku", "sqlite://", "postgresql://host"])
def test_an_address_of_no_database_of_ours_is_refused(url):
    with pytest.raises(UsageError, match=r"postgresql://user:password@host:port/name is wanted"):
        database(url)
