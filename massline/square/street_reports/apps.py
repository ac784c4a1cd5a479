from django.apps import AppConfig


class StreetConfig(AppConfig):
    name = "massline.square.street_reports"
    label = "street"
