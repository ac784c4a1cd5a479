from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "massline.desk.act.programmes"
    label = "programmes"
