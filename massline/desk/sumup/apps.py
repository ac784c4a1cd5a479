from django.apps import AppConfig
from django.db.models.signals import post_delete


class SumUpConfig(AppConfig):
    name = "massline.desk.sumup"
    label = "sumup"

    def ready(self) -> None:
        from massline.desk.listen.rounds.models import Voice
        from massline.desk.sumup.estimates.vector_cache import forget_vector

        post_delete.connect(forget_vector, sender=Voice)
