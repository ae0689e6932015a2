"""The audit trail: read, exported, and nothing in it changed unseen."""

import json

import pytest

from huoku.server.platform.refusals import NotAllowed


@pytest.fixture
def items(owner, does):
    """Adds items, by code: each leaves one entry in the chain of the items."""
    from huoku.server.items.commands.items import add_item

    return lambda *codes: [does(owner, add_item, reason="new drawing", code=code)["id"] for code in codes]


@pytest.fixture
def tampered(owner):
    """Lets somebody with the database's password at the audit trail: the guards are taken down and put up again."""
    from django.apps import apps
    from django.db import connection

    from huoku.server.platform.guards import put_up_guards
    from huoku.server.platform.models import AuditEntry, AuditSubject, Seal
    from huoku.server.platform.scope import entered

    def changed(change):
        with entered(owner.company), connection.cursor() as cursor:
            for model in (AuditEntry, AuditSubject, Seal):
                table = model._meta.db_table
                if connection.vendor == "postgresql":
                    cursor.execute(f'SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE "{table}" DISABLE TRIGGER USER')
                    continue
                for event in ("update", "delete"):
                    cursor.execute(f'DROP TRIGGER IF EXISTS "guard_{table}_{event}"')
            change(owner.company)
        put_up_guards(apps.get_app_config("ledger"), "default")

    return changed


def codes(findings):
    return [(each.code, each.where) for each in findings]


def test_who_did_what_when_and_why_with_old_and_new_values(owner, person, does, items, join):
    from huoku.server.platform.models import AuditEntry
    from huoku.server.platform.queries import AuditFilter, audit_trail
    from huoku.server.platform.roles import Role
    from huoku.server.platform.scope import entered

    bolt, nut = items("BOLT", "NUT")
    auditor = person(Role.AUDITOR)
    with entered(owner.company):
        newest, oldest = audit_trail(auditor, AuditFilter(action="items."))
        (of_nut,) = audit_trail(auditor, AuditFilter(subject=f"items.item:{nut}"))
        assert audit_trail(auditor, AuditFilter(user=auditor.user.pk)).count() == 0
        assert audit_trail(auditor, AuditFilter(since=newest.recorded_at)).count() >= 1
        assert audit_trail(auditor, AuditFilter(until=oldest.recorded_at, action="items.")).count() == 0
        assert AuditEntry.objects.of(owner.company).count() == 2
    (change,) = json.loads(oldest.changes)
    assert (oldest.actor, oldest.action, oldest.reason) == (owner.user, "items.add_item", "new drawing")
    assert (change["what"], change["id"], change["new"]["code"]) == ("items.item", bolt, "BOLT")
    assert of_nut == newest


def test_only_who_may_see_every_field_reads_the_trail(person):
    from huoku.server.platform.queries import audit_trail
    from huoku.server.platform.rights import READ_AUDIT
    from huoku.server.platform.roles import FieldGroup, Role, right

    for role in (Role.ADMIN, Role.BUYER, Role.SUPPLIER):
        with pytest.raises(NotAllowed):
            audit_trail(person(role))
    assert all(person(role).sees(group) for role in right(READ_AUDIT).roles for group in FieldGroup)


def test_the_trail_of_another_company_is_not_there(items, second_company, join):
    from huoku.server.platform.queries import audit_trail
    from huoku.server.platform.roles import Role
    from huoku.server.platform.scope import entered

    items("BOLT")
    with entered(second_company):
        assert audit_trail(join(second_company, "auditor", Role.AUDITOR)).count() == 0


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_an_export_holds_what_the_trail_holds(ending, owner, items, tmp_path):
    import polars as pl

    from huoku.server.platform.audit_export import export_audit
    from huoku.server.platform.queries import AuditFilter
    from huoku.server.platform.scope import entered

    items("BOLT", "=1+1")
    file = tmp_path / f"audit.{ending}"
    with entered(owner.company):
        assert export_audit(owner, AuditFilter(action="items."), file) == 2
    read = {"csv": pl.read_csv, "jsonl": pl.read_ndjson, "parquet": pl.read_parquet}[ending]
    frame = read(file)
    assert frame["seq"].to_list() == [2, 1]
    assert frame["actor"].to_list() == ["owner", "owner"] and frame["stream"].to_list() == ["items/0"] * 2
    assert "=1+1" in str(frame["changes"][0])


def test_a_cell_that_looks_like_a_formula_is_text_in_an_exported_sheet(owner, does, tmp_path):
    from huoku.server.items.commands.items import add_item
    from huoku.server.platform.audit_export import export_audit
    from huoku.server.platform.queries import AuditFilter
    from huoku.server.platform.scope import entered

    does(owner, add_item, reason="=HYPERLINK(1)", code="BOLT")
    with entered(owner.company):
        export_audit(owner, AuditFilter(), tmp_path / "audit.csv")
    assert "'=HYPERLINK(1)" in (tmp_path / "audit.csv").read_text("utf-8-sig")


def test_an_untouched_record_has_no_findings(owner, items):
    from huoku.server.platform.seals import seal_all, verify

    items("BOLT", "NUT")
    assert seal_all() == 1
    items("SCREW")
    assert verify(owner.company) == []


def test_a_changed_entry_is_found_where_it_stands(owner, items, tampered):
    from huoku.server.platform.models import AuditEntry
    from huoku.server.platform.seals import verify

    items("BOLT", "NUT", "SCREW")
    tampered(lambda company: AuditEntry.objects.of(company).filter(seq=2).update(reason="an older drawing"))
    assert codes(verify(owner.company)) == [("chain_changed", "items/0 #2 (platform.auditentry)")]


def test_an_entry_taken_out_leaves_a_hole_and_at_the_end_a_head_without_chain(owner, items, tampered):
    from huoku.server.platform.models import AuditEntry, AuditSubject
    from huoku.server.platform.seals import verify

    def take_out(seq):
        def change(company):
            AuditSubject.objects.of(company).filter(entry__seq=seq).delete()
            AuditEntry.objects.of(company).filter(seq=seq).delete()

        return change

    items("BOLT", "NUT", "SCREW")
    tampered(take_out(3))
    assert codes(verify(owner.company)) == [("chain_end", "items/0 #3")]
    tampered(take_out(1))
    assert codes(verify(owner.company)) == [("chain_hole", "items/0 #2 (platform.auditentry)")]


def test_a_chain_rewritten_to_its_end_differs_from_its_seal(owner, items, tampered):
    from huoku.server.platform.models import AuditEntry, Stream
    from huoku.server.platform.seals import seal_all, verify

    items("BOLT", "NUT")
    seal_all()

    def rewrite(company):
        AuditEntry.objects.of(company).filter(seq=1).update(reason="an older drawing")
        before, head = bytes(32), Stream.objects.of(company).get(kind="items")
        from huoku.server.platform.audit import link
        from huoku.server.platform.chains import entries

        for entry in list(entries(company.pk)):
            before = link(before, entry.recorded_at, entry.entry)
            AuditEntry.objects.of(company).filter(seq=entry.seq).update(digest=before)
        head.head = before
        head.save()

    tampered(rewrite)
    assert codes(verify(owner.company)) == [("chain_rewritten", "items/0 #2 (platform.auditentry)")]


def test_a_changed_seal_is_found_and_differs_from_the_file_outside(owner, items, tampered, tmp_path, settings):
    from dataclasses import replace

    from huoku.server.platform.models import Seal
    from huoku.server.platform.seals import differing_from_export, seal_all, verify

    outside = tmp_path / "roots.txt"
    settings.GIVEN = replace(settings.GIVEN, seal_file=str(outside))
    items("BOLT")
    seal_all()
    items("NUT")
    seal_all()
    assert len(outside.read_text().splitlines()) == 2
    assert differing_from_export(owner.company, outside) == []
    tampered(lambda company: Seal.objects.of(company).filter(number=2).update(root=bytes(32)))
    assert codes(verify(owner.company)) == [("seal_broken", "seal #2")]
    assert codes(differing_from_export(owner.company, outside)) == [("seal_differs_outside", "seal #2")]


def test_where_nothing_grew_nothing_is_sealed_and_nothing_written(owner, items, django_assert_num_queries, rows):
    from huoku.server.platform.models import Seal
    from huoku.server.platform.seals import seal_all

    items("BOLT")
    assert [seal_all(), seal_all()] == [1, 0]
    (seal,) = rows(Seal, owner.company)
    assert [length for length, _ in json.loads(seal.heads).values()] == [1]


def test_a_dry_run_leaves_no_entry(owner):
    from huoku.server.items.commands.items import AddItem, add_item
    from huoku.server.platform.command import perform
    from huoku.server.platform.queries import audit_trail
    from huoku.server.platform.scope import entered

    assert perform(add_item, AddItem(code="BOLT"), actor=owner, key="dry", dry_run=True).status == 200
    with entered(owner.company):
        assert audit_trail(owner).count() == 0
