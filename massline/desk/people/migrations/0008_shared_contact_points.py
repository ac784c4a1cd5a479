"""Before people who share a phone were two, a contact point had one contact: going back, only the first is found by it."""

from django.db import migrations, models


def find_first_only(apps, schema_editor):
    contacts = apps.get_model("people", "Contact").objects.using(schema_editor.connection.alias)
    earlier = contacts.filter(
        organisation=models.OuterRef("organisation"),
        blind_index=models.OuterRef("blind_index"),
        pk__lt=models.OuterRef("pk"),
    )
    later = contacts.exclude(blind_index=None).filter(models.Exists(earlier)).values_list("pk", flat=True)
    contacts.filter(pk__in=list(later)).update(blind_index=None)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_contact_points"),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, find_first_only),
    ]
