"""Turkish."""

from massline.engine.languages.language import Language, words

LANGUAGE = Language(
    "tr",
    stop_words=words(
        """
        ve bir bu şu o da de için ile ben sen biz siz onlar mi mı mu mü ne nasıl neden nerede ne zaman
        kim değil var yok çok daha en gibi kadar ama veya ya ki olan olarak her
        """
    ),
    question_words=words("kim ne neden niçin nasıl nerede hangi"),
)
