"""Counts requests and their time, for /metrics."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from huoku.server.running.health import REQUESTS, SECONDS


class Measured:
    """Middleware around all others."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self.answer(request)
        SECONDS.observe(time.perf_counter() - begun)
        REQUESTS.labels(request.method or "", f"{response.status_code // 100}xx").inc()
        return response
