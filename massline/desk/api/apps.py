from django.apps import AppConfig
from django.db.models.signals import post_save


class ApiConfig(AppConfig):
    name = "massline.desk.api"
    label = "api"

    def ready(self) -> None:
        from massline.desk.api import webhook_signal_receivers
        from massline.desk.call import signals
        from massline.desk.decide.decisions.models import Decision
        from massline.desk.people.signals import membership_ended
        from massline.desk.sumup.estimates.models import MoodSnapshot, PulseSnapshot
        from massline.square.reports.models import ReportBack

        signals.call_published.connect(webhook_signal_receivers.call_published)
        signals.call_changed.connect(webhook_signal_receivers.call_changed)
        signals.call_cancelled.connect(webhook_signal_receivers.call_cancelled)
        membership_ended.connect(webhook_signal_receivers.membership_ended)
        post_save.connect(webhook_signal_receivers.report_published, sender=ReportBack)
        post_save.connect(webhook_signal_receivers.decision_made, sender=Decision)
        post_save.connect(webhook_signal_receivers.pulse_taken, sender=PulseSnapshot)
        post_save.connect(webhook_signal_receivers.mood_taken, sender=MoodSnapshot)
