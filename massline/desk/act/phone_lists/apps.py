from django.apps import AppConfig


class PhoneListsConfig(AppConfig):
    name = "massline.desk.act.phone_lists"
    label = "phone_lists"
