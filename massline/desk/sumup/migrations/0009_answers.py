import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('sumup', '0008_snapshots'), ]
    operations = [
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, help_text='its name on the square', unique=True)),
                ('question', models.TextField(help_text='as one of those who asked it put it')),
                ('text', models.TextField(max_length=1000)),
                ('sources', models.TextField(blank=True, help_text='where one can read it up, one a line')),
                ('asked_on', models.DateField(help_text='when it was asked first')),
                ('answered_on', models.DateField(default=django.utils.timezone.localdate)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='people.organisation')),
            ],
            options={
                'ordering': ['-answered_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='AnsweredQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('statement', models.UUIDField(blank=True, null=True, unique=True)),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answered', to='sumup.answer')),
                ('voice', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answered', to='listen.voice')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('statement__isnull', True), ('voice__isnull', False)), models.Q(('statement__isnull', False), ('voice__isnull', True)), _connector='OR'), name='one_question_each')],
            },
        ),
    ]
