import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('sumup', '0005_machine_worded_claims'), ]
    operations = [
        migrations.CreateModel(
            name='TakenOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=400)),
                ('order', models.PositiveSmallIntegerField()),
                ('minority', models.BooleanField(default=False)),
                ('numbers_because', models.CharField(blank=True, max_length=240)),
                ('machine', models.CharField(blank=True, max_length=80)),
                ('voices', models.JSONField(default=list, help_text='numbers of the voices it cited')),
                ('statements', models.JSONField(default=list, help_text='uuids of the statements it cited')),
                ('day', models.DateField(default=django.utils.timezone.localdate)),
                ('sum_up', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taken_out', to='sumup.sumup')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
    ]
