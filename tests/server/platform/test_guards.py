"""Rows of one company stay with it: in the program, and in the database whatever the program does."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from huoku.server.platform.scope import CompanyNotNamed, Scoped


def scoped_models():
    return [model for model in apps.get_models() if issubclass(model, Scoped)]


@pytest.mark.parametrize("model", scoped_models(), ids=lambda model: model._meta.label)
def test_no_rows_are_read_counted_changed_or_deleted_without_naming_a_company(model, db):
    for ask in (
        lambda rows: list(rows.all()),
        lambda rows: rows.count(),
        lambda rows: rows.exists(),
        lambda rows: rows.filter(pk=1).first(),
        lambda rows: list(rows.values_list("pk", flat=True)),
        lambda rows: list(rows.iterator()),
        lambda rows: rows.in_bulk([1]),
        lambda rows: rows.update(pk=1),
        lambda rows: rows.all().delete(),
        lambda rows: rows.get(pk=1),
    ):
        with pytest.raises(CompanyNotNamed):
            ask(model.objects)


@pytest.mark.parametrize("model", scoped_models(), ids=lambda model: model._meta.label)
def test_unique_keys_begin_with_the_company_or_hang_on_a_row_of_it(model):
    for constraint in model._meta.constraints:
        fields = getattr(constraint, "fields", ())
        if fields:
            first = model._meta.get_field(fields[0])
            assert first.name == "company" or issubclass(first.related_model or object, Scoped), constraint.name
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            # A secret's digest or prefix is looked for before anybody knows the company.
            secret = field.name in ("digest", "prefix")
            assert secret or field.one_to_one, f"{model.__name__}.{field.name} is unique over all companies"


def test_the_database_refuses_a_reference_to_another_companys_row(owner, second_company, does, join):
    from huoku.server.platform.commands.companies import add_site
    from huoku.server.platform.models import Membership, MembershipSite
    from huoku.server.platform.roles import Role
    from huoku.server.platform.scope import EVERY_COMPANY, entered

    theirs = does(join(second_company, "two", Role.OWNER), add_site, code="EAST", name="East")["id"]
    ours = does(owner, add_site, code="EAST", name="East")["id"]
    with entered(EVERY_COMPANY):
        mine = Membership.objects.of(owner.company).get(user=owner.user)
        row = {"company": owner.company, "membership": mine}
        with pytest.raises(IntegrityError, match="another company"), transaction.atomic():
            MembershipSite.objects.create(**row, site_id=theirs)
        kept = MembershipSite.objects.create(**row, site_id=ours)
        for change in ({"site_id": theirs}, {"company": second_company}):
            with pytest.raises(IntegrityError, match="another company"), transaction.atomic():
                MembershipSite.objects.of(owner.company).filter(pk=kept.pk).update(**change)


def test_every_reference_between_companies_tables_is_guarded(db):
    from huoku.server.platform.guards import references

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = " ".join(name for (name,) in cursor.fetchall())
    for model in scoped_models():
        table = model._meta.db_table
        for column, _, _ in references(model):
            guard = f"guard_{table}_company" if connection.vendor == "postgresql" else f"guard_{table}_{column}_insert"
            assert guard in there


def append_only():
    return [model for model in apps.get_models() if getattr(model, "append_only", False)]


@pytest.mark.parametrize("model", append_only(), ids=lambda model: model._meta.label)
def test_facts_are_guarded_against_change_and_removal(model, db):
    """A row-level trigger needs a row, so the guards themselves are looked at; the audit trail shows them at work."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = %s", [f"guard_{table}_append_only"]
            )
            assert "BEFORE DELETE OR UPDATE OR TRUNCATE" in cursor.fetchone()[0].replace(" OR INSERT", "")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            assert {f"guard_{table}_update", f"guard_{table}_delete"} <= {name for (name,) in cursor.fetchall()}


def test_an_audit_entry_can_be_neither_changed_nor_removed(owner, does):
    from huoku.server.items.commands.items import add_item
    from huoku.server.platform.models import AuditEntry, AuditSubject
    from huoku.server.platform.scope import entered

    does(owner, add_item, code="BOLT")
    with entered(owner.company):
        entries = AuditEntry.objects.of(owner.company)
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            entries.update(reason="nothing")
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            AuditSubject.objects.of(owner.company).delete()
        assert entries.get().reason == ""


@pytest.mark.postgres_only
def test_postgresql_shows_no_row_before_a_company_is_entered(owner, second_company):
    from huoku.server.platform.models import Membership
    from huoku.server.platform.scope import EVERY_COMPANY, entered

    def seen():
        return Membership.objects.of_every_company().count()

    assert seen() == 0
    with entered(owner.company):
        assert seen() == 1
        with entered(second_company):
            assert list(Membership.objects.of_every_company().values_list("company__code", flat=True)) == ["TWO"]
        assert Membership.objects.of(second_company).count() == 0
    with entered(EVERY_COMPANY):
        assert seen() == 2
    assert seen() == 0


@pytest.mark.postgres_only
def test_postgresql_takes_no_row_for_a_company_that_was_not_entered(owner, second_company):
    from django.db import DatabaseError

    from huoku.server.platform.models import Site
    from huoku.server.platform.scope import entered

    with entered(owner.company), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Site.objects.create(company=second_company, code="EAST", name="East")


def test_two_companies_with_the_same_codes_do_not_meet(owner, second_company, join, does):
    from huoku.server.items.commands.items import add_item
    from huoku.server.items.models import Item
    from huoku.server.platform.roles import Role
    from huoku.server.platform.scope import entered

    theirs = join(second_company, "two", Role.OWNER)
    for actor in (owner, theirs):
        does(actor, add_item, code="BOLT", name=actor.company.code)
    for actor in (owner, theirs):
        with entered(actor.company):
            assert [item.name for item in Item.objects.of(actor.company)] == [actor.company.code]
