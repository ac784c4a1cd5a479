"""Italian."""

from massline.engine.languages.language import Language, parse_word_set

LANGUAGE = Language(
    "it",
    stop_words=parse_word_set(
        """
        il lo la i gli le l un uno una e o ma che di del della dei delle a al alla ai alle da dal in nel
        nella con su sul per tra fra non più meno molto anche come quando dove chi cosa perché se si mi
        ti ci vi è sono era essere ho ha hanno questo questa questi queste quello suo sua mio mia tutto
        tutti
        """
    ),
    question_words=parse_word_set("chi cosa quando dove perché come quale quali quanto"),
    name_cues=("mi chiamo",),
)
