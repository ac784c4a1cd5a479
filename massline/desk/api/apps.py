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

        signals.call_published.connect(webhook_signal_receivers.queue_call_published_webhook)
        signals.call_changed.connect(webhook_signal_receivers.queue_call_changed_webhook)
        signals.call_cancelled.connect(webhook_signal_receivers.queue_call_cancelled_webhook)
        membership_ended.connect(webhook_signal_receivers.end_keys_of_former_member)
        post_save.connect(webhook_signal_receivers.queue_report_published_webhook, sender=ReportBack)
        post_save.connect(webhook_signal_receivers.queue_decision_webhook, sender=Decision)
        post_save.connect(webhook_signal_receivers.queue_breakout_webhook, sender=PulseSnapshot)
        post_save.connect(webhook_signal_receivers.queue_mood_turn_webhook, sender=MoodSnapshot)
