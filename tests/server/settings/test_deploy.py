"""The settings as they are in earnest: nothing that Django's own check would complain of."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

SECRET = "k7#Qw9!zR2@vX5$bN8%mL1^cJ4&hG6*fD3(sA0)pY-tE+uI=oW~eZ_qV"
PROGRAM = """
import json, logging
import django, structlog
from django.conf import settings
from django.core.checks import run_checks
from django.test import RequestFactory

django.setup()
structlog.get_logger("huoku").info("began", items=3)
logging.getLogger("django.request").error("wrong", exc_info=ValueError("x"))
asked = RequestFactory().get("/api/v1/HUO/calendars/counts.ics", {"signature": "1:of-wang"})
logging.getLogger("django.request").warning("Unauthorized: %s", asked.path, extra={"request": asked})
kept = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "DEBUG")
told = [check.id for check in run_checks(include_deployment_checks=True)]
print(json.dumps({"checks": told, **{name: getattr(settings, name) for name in kept}}))
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory, root):
    """What a process of its own says with these settings: its facts, and the lines of its log."""

    def ran(**given):
        folder = tmp_path_factory.mktemp("server")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("HUOKU_", "DJANGO_"))}
        environment |= {f"HUOKU_{name.upper()}": value for name, value in given.items()}
        environment |= {"HUOKU_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "huoku.server.settings"}
        environment["PYTHONPATH"] = os.pathsep.join([str(root / "src"), os.environ.get("PYTHONPATH", "")])
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, cwd=folder, check=True
        )
        return json.loads(done.stdout), [json.loads(line) for line in done.stderr.splitlines()]

    return ran


@pytest.fixture(scope="module")
def in_earnest(said):
    return said(https="1", secret_key=SECRET, hosts="plan.example")


def test_with_https_the_check_for_deployment_is_clean(in_earnest):
    assert in_earnest[0]["checks"] == []


def test_the_check_for_deployment_sees_a_missing_secret_and_missing_https(said):
    facts, _ = said(secret_key="short", hosts="plan.example")
    assert {"security.W009", "security.W008"} <= set(facts["checks"])


def test_with_https_cookies_are_for_this_host_and_https_alone(in_earnest):
    facts, _ = in_earnest
    assert (facts["SESSION_COOKIE_NAME"], facts["CSRF_COOKIE_NAME"]) == ("__Host-sessionid", "__Host-csrftoken")
    assert facts["SESSION_COOKIE_SECURE"] and facts["CSRF_COOKIE_SECURE"] and not facts["DEBUG"]


def test_each_line_of_the_log_is_json_also_of_a_failure(in_earnest):
    began, wrong, _ = in_earnest[1]
    assert (began["event"], began["level"], began["logger"], began["items"]) == ("began", "info", "huoku", 3)
    assert (wrong["event"], wrong["level"], wrong["logger"]) == ("wrong", "error", "django.request")
    assert "ValueError: x" in wrong["exception"]


def test_no_line_of_the_log_holds_what_an_address_carries(in_earnest):
    *_, refused = in_earnest[1]
    assert refused["event"] == "Unauthorized: /api/v1/HUO/calendars/counts.ics"
    assert "of-wang" not in json.dumps(in_earnest[1])


def test_the_tables_are_those_of_the_models(db):
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
