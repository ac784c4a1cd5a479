import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('listen', '0001_initial'),
        ('people', '0001_initial'),
        ('sumup', '0003_citations_in_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name='claim',
            name='numbers_because',
            field=models.CharField(blank=True, help_text='why a number stays that the cited data do not show', max_length=240),
        ),
        migrations.AddField(
            model_name='sumup',
            name='looked_at',
            field=models.TextField(blank=True, help_text='where we looked for another view', max_length=600),
        ),
    ]
