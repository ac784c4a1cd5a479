from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("listen", "0005_parcels")]

    operations = [
        migrations.AddField(
            model_name="fieldreport",
            name="steps",
            field=models.JSONField(
                blank=True,
                help_text="of a group, people at each step of the mood, lowest first",
                null=True,
            ),
        ),
    ]
