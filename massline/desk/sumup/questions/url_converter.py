"""The key of a question in URLs: v for a voice or s for a statement, and its uuid."""


class QuestionName:
    regex = "[vs][0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
