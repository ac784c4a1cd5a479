from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "massline.square.conversations"
    label = "conversations"
