from django.apps import AppConfig


class ActConfig(AppConfig):
    name = "massline.desk.act"
    label = "act"
