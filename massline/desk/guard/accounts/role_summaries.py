"""What each role can do, in one sentence, for whoever hands out an invitation."""

from django.utils.translation import gettext as _

from massline.desk.people.choices import Role


def role_summaries() -> dict[Role, str]:
    return {
        Role.MEMBER: _("Writes down what people say and reads everything but names. Can’t publish."),
        Role.ORGANISER: _("Also asks, sums up, calls and publishes. Sees no names or numbers."),
        Role.HOLDER: _("Also unlocks names and numbers. You need to unlock them first to give the key."),
    }
