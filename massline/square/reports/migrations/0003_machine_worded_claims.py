import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('reports', '0002_looked_at'), ]
    operations = [
        migrations.AddField(
            model_name='claim',
            name='machine',
            field=models.BooleanField(default=False, help_text='worded by a machine, checked by people'),
        ),
    ]
