from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """An app for its templates; the models of contacts are in people."""

    name = "massline.desk.contacts"
    label = "contacts"
