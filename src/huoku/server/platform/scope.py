"""Rows belong to one company, and nobody reads or writes them without naming it.

``Item.objects.of(company)`` is the only way to rows; any other query raises when it is evaluated. Below that stand the
database's own guards: no row may refer to another company's row, and PostgreSQL hides rows of companies other than the
one that ``entered`` names (see ``guards.py``).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Self, TypeVar

from django.db import connection, models

from huoku.server.platform.sql import Row, Statement, ask, ask_together

M = TypeVar("M", bound=models.Model)

EVERY_COMPANY = "*"
"""What upkeep enters (migrations, checks, backups): all companies' rows are seen."""


class CompanyNotNamed(Exception):
    """A query over companies' rows was evaluated without ``.of(company)``. A fault of ours, never of a user."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(f"{model.__name__}.objects must be asked .of(company)")


class ScopedQuerySet(models.QuerySet[M]):
    """Evaluates only once it is bound to a company: by ``of``, or by coming from a row (``order.lines``)."""

    _company: int | str | None = None

    def of(self, company: "int | models.Model") -> Self:
        """The rows of ``company``, given as itself or by its id."""
        company_id = company if isinstance(company, int) else company.pk
        bound = self.filter(company_id=company_id)
        bound._company = company_id
        return bound

    def of_every_company(self) -> Self:
        """All rows, for upkeep (checks, seals, backups). Never in answer to a person."""
        bound = self.all()
        bound._company = EVERY_COMPANY
        return bound

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._company = self._company
        return clone

    def checked(self) -> None:
        """Raises CompanyNotNamed."""
        # Django binds the rows of a related manager (order.lines) to their row by a hint.
        if self._company is None and getattr(self._hints.get("instance"), "company_id", None) is None:  # type: ignore[attr-defined]
            raise CompanyNotNamed(self.model)

    def _fetch_all(self) -> None:
        self.checked()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Iterator[M]:
        self.checked()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self.checked()
        return super().count()

    def exists(self) -> bool:
        self.checked()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self.checked()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self.checked()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self.checked()
        return super().delete()


ScopedManager = models.Manager.from_queryset(ScopedQuerySet)


class Scoped(models.Model):
    """A row of one company. Unique keys and indexes of such tables begin with the company, which has none for itself:
    it would be written with every row and serve no question."""

    company = models.ForeignKey("platform.Company", models.PROTECT, related_name="+", db_index=False)

    objects = ScopedManager()

    class Meta:
        abstract = True


class Stay:
    """Whose rows PostgreSQL shows just now, and what it showed before. SQLite has no such net."""

    def __init__(self) -> None:
        # Within a transaction for as long as it lasts, so that the end of it leaves nothing entered.
        self._until_its_end = connection.in_atomic_block
        self._before: str | None = None

    def enter(self, company: "int | models.Model | str", questions: Sequence[Statement] = ()) -> list[list[Row]]:
        """From now on this company's rows alone (or all: ``EVERY_COMPANY``), whatever was entered; the answers to these
        questions, which are asked within it and in the same round."""
        if connection.vendor != "postgresql":
            return ask_together(questions)
        name = str(company.pk if isinstance(company, models.Model) else company)
        ((_, before),), *answers = ask_together([(_ENTER, [name, self._until_its_end]), *questions])
        if self._before is None:
            self._before = before or ""
        return answers

    def leave(self) -> None:
        """Back to what was entered before."""
        # A broken transaction takes the setting back by itself when it ends.
        if self._before is not None and not connection.needs_rollback:
            ask(_ENTER, [self._before, self._until_its_end])
            self._before = None


@contextmanager
def entered(company: "int | models.Model | str") -> Iterator[None]:
    """Within it, PostgreSQL shows this company's rows only (or all: ``EVERY_COMPANY``)."""
    with staying() as stay:
        stay.enter(company)
        yield


@contextmanager
def staying() -> Iterator[Stay]:
    """Within it whoever enters goes from one company to another without leaving in between; in the end he leaves."""
    stay = Stay()
    try:
        yield stay
    finally:
        stay.leave()


# What was entered before is read first: OFFSET keeps the inner query whole.
_ENTER = (
    "SELECT set_config('huoku.company', %s, %s), was.company "
    "FROM (SELECT current_setting('huoku.company', true) AS company OFFSET 0) AS was"
)
