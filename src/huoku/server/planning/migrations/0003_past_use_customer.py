from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0002_run_went_on_from"),
    ]

    operations = [
        migrations.AddField(
            model_name="pastuse",
            name="customer",
            field=models.CharField(blank=True, default="", help_text="Who took it, as it was brought in.", max_length=80),
            preserve_default=False,
        ),
    ]
