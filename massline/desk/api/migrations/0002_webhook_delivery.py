"""Call the delivery of an event to a webhook a webhook delivery; the table keeps its name."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("api", "0001_keys_and_webhooks")]

    operations = [
        migrations.AlterModelTable(name="telling", table="api_telling"),
        migrations.RenameModel(old_name="Telling", new_name="WebhookDelivery"),
    ]
