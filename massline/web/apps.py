from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "massline.web"
    label = "web"

    def ready(self) -> None:
        """A clone holds the catalogues as text only; where they can be compiled, they are before anybody reads."""
        import logging

        from massline.web.translations import compile_catalogues

        try:
            compile_catalogues()
        except OSError as problem:
            logging.getLogger("massline.web").warning(
                "The translations could not be compiled: %s", problem.strerror
            )
