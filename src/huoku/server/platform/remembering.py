"""What all workers share and forget again: counts of failed logins, codes that were used. In a table, as JSON.

Django's own cache in a table keeps pickles: whoever could write there could have the server run anything.
"""

import json
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import IntegrityError, transaction

from huoku.server.platform import clock
from huoku.server.platform.models import Remembered

NEVER = datetime.max.replace(tzinfo=UTC)


class JsonCache(BaseCache):
    """Django's cache over ``Remembered``. Rows that are over count as gone; ``tidy`` takes them out."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        living = Remembered.objects.filter(cache_key=self._key(key, version), expires__gt=clock.now())
        value = living.values_list("value", flat=True).first()
        return default if value is None else json.loads(value)

    def set(self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        row = self._row(key, value, timeout, version)
        Remembered.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["cache_key"], update_fields=["value", "expires"]
        )

    def add(self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Of several that add at once, one does."""
        row = self._row(key, value, timeout, version)
        try:
            with transaction.atomic():
                Remembered.objects.filter(pk=row.pk, expires__lte=clock.now()).delete()
                row.save(force_insert=True)
        except IntegrityError:
            return False
        return True

    def touch(self, key: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        living = Remembered.objects.filter(cache_key=self._key(key, version), expires__gt=clock.now())
        return living.update(expires=self._end(timeout)) == 1

    def delete(self, key: Any, version: int | None = None) -> bool:
        return Remembered.objects.filter(cache_key=self._key(key, version)).delete()[0] == 1

    def clear(self) -> None:
        Remembered.objects.all().delete()

    def _row(self, key: Any, value: Any, timeout: float | None, version: int | None) -> Remembered:
        return Remembered(cache_key=self._key(key, version), value=json.dumps(value), expires=self._end(timeout))

    def _key(self, key: Any, version: int | None) -> str:
        return str(self.make_and_validate_key(key, version=version))

    def _end(self, timeout: float | None) -> datetime:
        end: float | None = self.get_backend_timeout(timeout)
        return NEVER if end is None else datetime.fromtimestamp(end, UTC)
