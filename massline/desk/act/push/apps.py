from django.apps import AppConfig
from django.db.models.signals import post_save


class PushConfig(AppConfig):
    name = "massline.desk.act.push"
    label = "push"

    def ready(self) -> None:
        from massline.desk.act.push import signal_receivers
        from massline.desk.call.urgent_calls.models import UrgentRequest
        from massline.desk.people.signals import membership_ended, sessions_ended
        from massline.desk.sumup.estimates.models import MoodSnapshot, PulseSnapshot

        post_save.connect(signal_receivers.push_breakout, sender=PulseSnapshot)
        post_save.connect(signal_receivers.push_mood_turn, sender=MoodSnapshot)
        post_save.connect(signal_receivers.push_urgent_request, sender=UrgentRequest)
        membership_ended.connect(signal_receivers.end_devices_of_former_member)
        sessions_ended.connect(signal_receivers.end_devices_of_account)
