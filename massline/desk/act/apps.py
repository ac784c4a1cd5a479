from django.apps import AppConfig


class ActConfig(AppConfig):
    name = "massline.desk.act"
    label = "act"

    def ready(self) -> None:
        from massline.desk.act import assessment_facts  # noqa: F401  (registers its facts)
        from massline.desk.act.events import call_signal_receivers
        from massline.desk.call import signals

        signals.call_published.connect(call_signal_receivers.make_event_of_call)
        signals.call_changed.connect(call_signal_receivers.change_event_of_call)
        signals.call_cancelled.connect(call_signal_receivers.cancel_event_of_call)
