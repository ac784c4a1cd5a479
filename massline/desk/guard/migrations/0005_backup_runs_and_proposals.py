"""Call backups that ran and proposals by two key-holders by their full names; the tables keep theirs."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("guard", "0004_second_word_on_invitations")]

    operations = [
        migrations.AlterModelTable(name="trying", table="guard_trying"),
        migrations.RenameModel(old_name="Trying", new_name="BackupRun"),
        migrations.AlterModelTable(name="proposal", table="guard_proposal"),
        migrations.RenameModel(old_name="Proposal", new_name="DualControlProposal"),
    ]
