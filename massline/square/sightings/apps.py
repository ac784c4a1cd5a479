from django.apps import AppConfig


class StreetConfig(AppConfig):
    name = "massline.square.sightings"
    label = "street"
