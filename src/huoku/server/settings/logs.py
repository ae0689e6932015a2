"""One way to log: a line of JSON to standard error, with the request's id where there is a request."""

from typing import Any

import structlog


def without_the_request(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Django adds the request where something went wrong; as text it is the whole address, with what is secret in it:
    a calendar's signature, a code of another system."""
    event.pop("request", None)
    return event


SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def logs(level: str) -> dict[str, Any]:
    """Settings of the standard library's logging; structlog's own loggers go the same way."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*SHARED, structlog.stdlib.ExtraAdder(), without_the_request],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        # Django's own handlers would print each line a second time, in another form.
        "loggers": {name: {"handlers": [], "propagate": True, "level": level} for name in ("django", "django.server")},
    }
