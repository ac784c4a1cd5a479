import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('sumup', '0006_taken_out'), ]
    operations = [
        migrations.CreateModel(
            name='Masking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(help_text='as it may be published')),
                ('taken_out', models.JSONField(default=list, help_text="[[start, end], …] of the voice's text")),
                ('source_digest', models.CharField(help_text="of the voice's text when somebody looked", max_length=64)),
                ('day', models.DateField(default=django.utils.timezone.localdate)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('voice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='maskings', to='listen.voice')),
            ],
            options={
                'get_latest_by': 'pk',
            },
        ),
        migrations.AddField(
            model_name='citation',
            name='masking',
            field=models.ForeignKey(blank=True, help_text='the voice as it may go out, where something was taken out', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='sumup.masking'),
        ),
    ]
