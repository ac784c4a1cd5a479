import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('calls', '0004_renamed_models'),
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChosenDesign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('key', models.CharField(max_length=60)),
                ('design', models.CharField(choices=[('type', 'Words alone'), ('band', 'Colour band'), ('picture', 'Your own picture or linocut'), ('portrait', 'A voice with its words'), ('number', 'Number of the week'), ('before-after', 'Before and after'), ('window', 'Window sign'), ('sticker', 'Sticker and banner')], default='type', max_length=12)),
                ('number', models.CharField(blank=True, max_length=12)),
                ('counted', models.CharField(blank=True, help_text='what the number counts', max_length=80)),
                ('quote', models.CharField(blank=True, max_length=160)),
                ('who', models.CharField(blank=True, help_text='whose words, without a name', max_length=60)),
                ('before', models.CharField(blank=True, max_length=60)),
                ('after', models.CharField(blank=True, max_length=60)),
                ('picture', models.BinaryField(help_text='a PNG of one bit: black on white', null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='designs', to='organisations.publicorganisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'kind', 'key'), name='one_design_per_page')],
            },
        ),
        # The version before reads and writes calls_sharepicture until the restart, and again after a rollback: it stays,
        # without a constraint that would keep a call from being deleted. A migration of the next version drops it.
        # Pictures are drawn again when they are asked for: nothing of the old ones is moved.
        migrations.AlterField(
            model_name='sharepicture',
            name='call',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='calls.publishedcall'),
        ),
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name='SharePicture')]),
        migrations.CreateModel(
            name='SharePicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('key', models.CharField(max_length=60)),
                ('language', models.CharField(max_length=12)),
                ('form', models.CharField(choices=[('wide', 'Picture for links (wide)'), ('square', 'Picture for posts (square)'), ('upright', 'Picture for stories (upright)'), ('loop', 'Ten-second loop without sound')], max_length=8)),
                ('digest', models.CharField(help_text='of the words and the design it was drawn from', max_length=64)),
                ('picture', models.BinaryField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='share_pictures', to='organisations.publicorganisation')),
            ],
            options={
                'db_table': 'calls_pagepicture',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'kind', 'key', 'language', 'form'), name='one_picture_per_form')],
            },
        ),
    ]
