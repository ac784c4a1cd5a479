import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0003_routing'),
    ]

    operations = [
        migrations.AddField(
            model_name='statement',
            name='read_on',
            field=models.DateField(blank=True, help_text='the day a moderator decided', null=True),
        ),
        migrations.AddField(
            model_name='statement',
            name='same_as',
            field=models.ForeignKey(blank=True, help_text='the shown statement that says it already, where that is why', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='repeats', to='conversations.statement'),
        ),
    ]
