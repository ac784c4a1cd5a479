from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "massline.square.organisations"
    label = "organisations"
