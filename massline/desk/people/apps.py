from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "massline.desk.people"
    label = "people"
