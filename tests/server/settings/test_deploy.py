"""The settings as they are in earnest: nothing that Django's own check would complain of."""

import json
import os
import subprocess
import sys

import pytest


@pytest.fixture
def django_says(tmp_path, root):
    """Runs a command of Django's in a process of its own, with these settings."""

    def said(*command, **given):
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("HUOKU_", "DJANGO_"))}
        environment |= {f"HUOKU_{name.upper()}": value for name, value in given.items()}
        environment |= {"HUOKU_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "huoku.server.settings"}
        environment["PYTHONPATH"] = os.pathsep.join([str(root / "src"), os.environ.get("PYTHONPATH", "")])
        return subprocess.run(
            [sys.executable, "-m", "django", *command], env=environment, capture_output=True, text=True, cwd=tmp_path
        )

    return said


SECRET = "k7#Qw9!zR2@vX5$bN8%mL1^cJ4&hG6*fD3(sA0)pY-tE+uI=oW~eZ_qV"


CHECK = ("check", "--deploy", "--fail-level", "INFO")


def test_with_https_the_check_for_deployment_is_clean(django_says):
    checked = django_says(*CHECK, https="1", secret_key=SECRET, hosts="plan.example")
    assert checked.returncode == 0, checked.stderr


def test_the_check_for_deployment_sees_a_missing_secret_and_missing_https(django_says):
    told = django_says(*CHECK, hosts="plan.example").stderr
    assert "security.W009" in told and "security.W008" in told


def test_the_tables_are_those_of_the_models(django_says):
    checked = django_says("makemigrations", "--check", "--dry-run", "platform", secret_key=SECRET)
    assert checked.returncode == 0, checked.stdout


def test_each_line_of_the_log_is_json_also_of_a_failure(django_says):
    program = (
        "import django, logging, structlog; django.setup(); "
        "structlog.get_logger('huoku').info('began', items=3); "
        "logging.getLogger('django.request').error('wrong', exc_info=ValueError('x'))"
    )
    ran = django_says("shell", "-c", program, secret_key=SECRET)
    lines = [json.loads(line) for line in ran.stderr.splitlines()]
    assert [(line["event"], line["level"], line["logger"]) for line in lines] == [
        ("began", "info", "huoku"),
        ("wrong", "error", "django.request"),
    ]
    assert lines[0]["items"] == 3 and "ValueError: x" in lines[1]["exception"]


def test_with_https_cookies_are_for_this_host_and_https_alone(django_says):
    program = (
        "from django.conf import settings as s; "
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.DEBUG)"
    )
    said = django_says("shell", "-c", program, https="1", secret_key=SECRET).stdout
    assert said.splitlines()[-1].split() == ["__Host-sessionid", "__Host-csrftoken", "True", "True", "False"]
