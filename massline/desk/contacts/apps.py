from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Templates only: the models of contacts live in people."""

    name = "massline.desk.contacts"
    label = "contacts"
