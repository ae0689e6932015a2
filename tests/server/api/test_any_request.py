"""Whatever is sent, the interface answers as its description says, and never with a fault of its own."""

from contextlib import contextmanager
from itertools import islice

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.tries import IS_STRESS, tries

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
BY_TURNS = [(0, None, 1), (0, None, 1)] if IS_STRESS else [(0, None, 2), (1, None, 2)]
"""Requests that are right at every second operation, wrong ones at the others; with --stress both at each."""
FEW = settings(
    max_examples=tries(2),
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@contextmanager
def one_connection():
    """The test's transaction lives on a connection that a request's end must not close, as in Django's own client."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.sqlite_only  # the description is the same on both
@pytest.mark.parametrize(("mode", "doors"), list(zip(GenerationMode, BY_TURNS, strict=True)))
def test_any_request_is_answered_as_described(world, mode, doors):
    from django.core.wsgi import get_wsgi_application

    with one_connection():
        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    cookie = f"sessionid={world.owner.client.cookies['sessionid'].value}; csrftoken={'a' * 32}"
    tried = 0

    def ask(case):
        nonlocal tried
        tried += 1
        case.path_parameters["company"] = world.owner.company
        if str(case.path_parameters.get("id", "")).isdigit():
            case.path_parameters["id"] = int(case.path_parameters["id"]) % 4 + 1
        given_headers = {name: value for name, value in dict(case.headers or {}).items() if name != "Cookie"}
        case.headers = {**given_headers, "Cookie": cookie, "X-CSRFToken": "a" * 32, "Accept-Encoding": "identity"}
        case.headers.setdefault("Idempotency-Key", f"try-{tried}")
        case.call_and_validate(checks=CHECKS)

    with one_connection():
        for operation in islice(schema.get_all_operations(), *doors):
            FEW(given(operation.ok().as_strategy(generation_mode=mode))(ask))()
    assert tried > 150
