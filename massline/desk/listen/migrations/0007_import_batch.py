"""Call a file on its way into a round an import batch; the table keeps its name."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("listen", "0006_report_steps")]

    operations = [
        migrations.AlterModelTable(name="parcel", table="listen_parcel"),
        migrations.RenameModel(old_name="Parcel", new_name="ImportBatch"),
    ]
