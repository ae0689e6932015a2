"""How the supply of a shortage stands is kept in both languages. Of older cases it is read from their trail, which had
both; it was written there at the same moment."""

from typing import Any

from django.db import migrations, models

from huoku.server.platform.scope import EVERY_COMPANY, entered

STATE = models.CharField(blank=True, max_length=80, help_text="How what it waits for stood when last seen.")


def read_from_the_trail(apps: Any, schema_editor: Any) -> None:
    """The Chinese of the last step that says the same; else what there is."""
    cases = apps.get_model("shortages", "ShortageCase")._base_manager
    steps = apps.get_model("shortages", "TrailStep")._base_manager.filter(kind="supply")
    with entered(EVERY_COMPANY):
        for case in cases.exclude(supply_state_en="").only("supply_state_en").iterator():
            said = case.supply_state_en
            step = steps.filter(case=case.pk, text_en__startswith=said).order_by("pk").last()
            cases.filter(pk=case.pk).update(supply_state_zh=step.text_zh[:80] if step else said)


class Migration(migrations.Migration):
    dependencies = [("shortages", "0001_initial")]
    operations = [
        migrations.RenameField("shortagecase", "supply_state", "supply_state_en"),
        migrations.AlterField("shortagecase", "supply_state_en", models.CharField(blank=True, max_length=80)),
        migrations.AddField("shortagecase", "supply_state_zh", STATE.clone()),
        migrations.RunPython(read_from_the_trail, migrations.RunPython.noop),
    ]
