from django.apps import AppConfig


class StructureConfig(AppConfig):
    name = "massline.desk.act.structure_tests"
    label = "structure"
