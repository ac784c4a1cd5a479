from django.apps import AppConfig


class DecideConfig(AppConfig):
    name = "massline.desk.decide"
    label = "decide"
