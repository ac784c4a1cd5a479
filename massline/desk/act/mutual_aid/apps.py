from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "massline.desk.act.mutual_aid"
    label = "programmes"
