from django.apps import AppConfig


class LegalConfig(AppConfig):
    name = "massline.desk.act.legal_support"
    label = "legal"
