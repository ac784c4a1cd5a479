from django.apps import AppConfig


class ActConfig(AppConfig):
    name = "massline.desk.act"
    label = "act"

    def ready(self) -> None:
        from massline.desk.act import receivers
        from massline.desk.call import signals

        signals.call_published.connect(receivers.make_event)
        signals.call_changed.connect(receivers.change_event)
        signals.call_cancelled.connect(receivers.cancel_event)
