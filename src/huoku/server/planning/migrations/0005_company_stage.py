from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0004_left_by"),
    ]

    operations = [
        migrations.AlterField(
            model_name="planningsettings",
            name="excess_limit_millionths",
            field=models.BigIntegerField(help_text="Where empty that of the stage.", null=True),
        ),
        migrations.AddField(
            model_name="planningsettings",
            name="company_stage",
            field=models.CharField(
                choices=[
                    ("any", "any"),
                    ("startup", "startup"),
                    ("growth", "growth"),
                    ("expansion", "expansion"),
                ],
                default="any",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="planningsettings",
            name="dead_warn_millionths",
            field=models.BigIntegerField(help_text="Where empty that of the stage.", null=True),
        ),
        migrations.AddField(
            model_name="planningsettings",
            name="dead_alarm_millionths",
            field=models.BigIntegerField(help_text="Where empty that of the stage.", null=True),
        ),
    ]
