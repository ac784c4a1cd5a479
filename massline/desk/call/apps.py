from django.apps import AppConfig


class CallConfig(AppConfig):
    name = "massline.desk.call"
    label = "call"
