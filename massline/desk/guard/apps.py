from django.apps import AppConfig


class GuardConfig(AppConfig):
    name = "massline.desk.guard"
    label = "guard"
