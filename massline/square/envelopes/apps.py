from django.apps import AppConfig


class EnvelopesConfig(AppConfig):
    name = "massline.square.envelopes"
    label = "envelopes"
