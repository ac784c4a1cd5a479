from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    name = "massline.desk.act.subscriptions"
    label = "subscriptions"
