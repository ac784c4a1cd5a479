from django.apps import AppConfig


class LegalConfig(AppConfig):
    name = "massline.desk.act.legal"
    label = "legal"
