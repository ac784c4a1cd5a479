from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "massline.square.calls"
    label = "calls"
