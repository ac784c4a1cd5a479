"""Vietnamese."""

from massline.engine.languages.language import Language, parse_word_set

LANGUAGE = Language(
    "vi",
    stop_words=parse_word_set(
        """
        và của là có không được cho các những một này đó trong với khi ở thì mà để từ đến tôi bạn chúng
        ta anh chị em nó họ như nào gì sao bao giờ đâu rất cũng đã sẽ đang phải
        """
    ),
)
