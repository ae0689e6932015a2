"""Which rows a page has: found by their ids first, so that nothing is joined to rows that nobody will see.

A company has a million movements and a page has a hundred. The ids are put in order by what the order needs alone; what
is shown beside them is fetched for those of the page.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Exists, ForeignKey, Model, OuterRef, Q, QuerySet, UniqueConstraint
from django.db.models.expressions import Col
from django.db.models.fields.related_lookups import RelatedExact

from huoku.server.platform.actor import Actor
from huoku.server.platform.scope import Scoped, ScopedQuerySet
from huoku.server.platform.tables.asking import Question, is_unique
from huoku.server.platform.tables.table import Table

INDEXED = ("exact", "in", "gt", "gte", "lt", "lte")
"""What an index over a column answers. Parts of texts it does not."""
FEW = 5_000
"""So many rows are put in order in a few milliseconds, whatever they are ordered by."""


def found(table: Table, actor: Actor, asked: Question, limit: int) -> QuerySet[Any]:
    """The first rows that the question asks for, so many at most, in their order."""
    rows = table.rows_for(actor).filter(asked.chosen).annotate(**asked.parts())
    if asked.after is not None:
        rows = rows.filter(asked.beyond())
    if first := _those_that_come_first(actor, table.model, rows, asked, limit):
        rows = rows.filter(first)
    elif isinstance(rows, ScopedQuerySet) and not _an_index_serves(table.model, asked):
        rows = read_through(rows)
    ids = rows.order_by(*asked.order()).values("pk")[:limit]
    shown: QuerySet[Any] = table.rows_for(actor).filter(pk__in=ids).annotate(**asked.parts())
    return shown.order_by(*asked.order())


def _those_that_come_first(
    actor: Actor, model: type[Model], rows: QuerySet[Any], asked: Question, limit: int
) -> Q | None:
    """Where rows are ordered by the code of what they refer to: those that refer to the first of these. Each of them
    has a row at least, so that so many of them have all the rows of the page. None where no index leads from them to
    their rows, some rows refer to none, or the rows that are asked for are few themselves."""
    source, _, falls = asked.ordered_by()[0]
    way, _, name = source.rpartition("__")
    hops = _hops(model, way)
    if not hops or any(each.null for each in hops) or not _is_indexed(model, hops[0]):
        return None
    other: Any = hops[-1].related_model
    if not issubclass(other, Scoped) or not is_unique(other, name) or _are_few(model, rows, asked, hops[0]):
        return None
    theirs = rows.order_by().filter(**{way: OuterRef("pk")}).values("pk")
    others = other.objects.of(actor.company).filter(Exists(theirs)).order_by(f"-{name}" if falls else name)
    return Q(**{f"{way}__in": others.values("pk")[:limit]})


def _are_few(model: type[Model], rows: QuerySet[Any], asked: Question, ordered_by: ForeignKey[Any, Any]) -> bool:
    """Are the rows of one thing asked for, say the bills that one item is in, and is that what they are ordered by, or
    are there few? To go through all that others refer to until a page of it is found would take far longer."""
    of_one = {name for name, lookup in _looked_up(asked.chosen) if lookup == "exact"}
    if ordered_by.attname in of_one:
        return True
    named = [each for each in model._meta.fields if isinstance(each, ForeignKey) and each.attname in of_one]
    return any(_is_indexed(model, each) for each in named) and not rows.order_by()[FEW : FEW + 1].exists()


def _hops(model: type[Model], way: str) -> list[ForeignKey[Any, Any]]:
    """The references on the way to another table; none where something else stands on it."""
    found_: list[ForeignKey[Any, Any]] = []
    for part in filter(None, way.split("__")):
        field = (found_[-1].related_model if found_ else model)._meta.get_field(part)
        if not isinstance(field, ForeignKey):
            return []
        found_.append(field)
    return found_


def _is_indexed(model: type[Model], field: Any) -> bool:
    return field.db_index or field.attname in _indexed_after_company(model)


class _OfCompany(RelatedExact):
    """``company = ...`` for which SQLite does not go to an index."""

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, Sequence[Any]]:
        sql, given = super().as_sql(compiler, connection)
        return f"+{sql}", given


def read_through(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The same rows. SQLite takes any index that begins with the company, though nearly all rows are this company's,
    collects all of them by it and puts them in order; a table that is read through in its own order needs neither."""
    rows = rows.all()
    where: Any = rows.query.where
    where.children = [_OfCompany(each.lhs, each.rhs) if _is_of_company(each) else each for each in where.children]
    return rows


def _is_of_company(condition: Any) -> bool:
    """What is worked out for a row, such as the item of an order that comes next, is compared like a reference too."""
    is_column = isinstance(condition, RelatedExact) and isinstance(condition.lhs, Col)
    return is_column and condition.lhs.target.name == "company"


def _an_index_serves(model: type[Model], asked: Question) -> bool:
    """Does an index of a company's rows go on with what they are ordered by, or with what is asked for?"""
    first = asked.ordered_by()[0][0]
    looked_up = {name for name, _ in _looked_up(asked.chosen)}
    return not _indexed_after_company(model).isdisjoint({first, *looked_up})


def _indexed_after_company(model: type[Model]) -> set[str]:
    indexes = [(each.fields, each.expressions, each.condition) for each in model._meta.indexes]
    rules = [each for each in model._meta.constraints if isinstance(each, UniqueConstraint)]
    indexes += [(list(each.fields), each.expressions, each.condition) for each in rules]
    found_ = set()
    for fields, expressions, condition in indexes:
        names = fields or [getattr(each, "name", "") for each in expressions]
        if condition is None and len(names) > 1 and names[0] == "company" and names[1]:
            found_.add(model._meta.get_field(names[1].removeprefix("-")).attname)  # type: ignore[union-attr]
    return found_


def _looked_up(chosen: Q) -> Iterator[tuple[str, str]]:
    """The columns of which the question asks for values that an index would find, and how it asks."""
    for each in chosen.children:
        if isinstance(each, Q):
            yield from () if each.negated else _looked_up(each)
        elif isinstance(each, tuple):
            name, _, lookup = str(each[0]).partition("__")
            if (lookup or "exact") in INDEXED:
                yield name, lookup or "exact"
