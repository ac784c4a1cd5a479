"""Turkish."""

from massline.engine.languages.language import Language, parse_word_set

LANGUAGE = Language(
    "tr",
    stop_words=parse_word_set(
        """
        ve bir bu şu o da de için ile ben sen biz siz onlar mi mı mu mü ne nasıl neden nerede ne zaman
        kim değil var yok çok daha en gibi kadar ama veya ya ki olan olarak her
        """
    ),
    question_words=parse_word_set("kim ne neden niçin nasıl nerede hangi"),
)
