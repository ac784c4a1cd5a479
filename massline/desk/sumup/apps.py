from django.apps import AppConfig


class SumUpConfig(AppConfig):
    name = "massline.desk.sumup"
    label = "sumup"
