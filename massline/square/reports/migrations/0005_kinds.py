from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_public_answers")]

    operations = [
        migrations.AddField(
            model_name="reportback",
            name="kind",
            field=models.CharField(
                choices=[("heard", "report-back"), ("decision", "decision"), ("unity", "points of unity")],
                default="heard",
                max_length=8,
            ),
        ),
    ]
