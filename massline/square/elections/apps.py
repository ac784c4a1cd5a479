from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "massline.square.elections"
    label = "elections"
