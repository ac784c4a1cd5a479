"""Polish."""

from massline.engine.languages.language import Language, parse_word_set

LANGUAGE = Language(
    "pl",
    stop_words=parse_word_set(
        """
        i w z na do nie się to że jest są być był o od po za dla przez przy jak co kto gdzie kiedy
        dlaczego czy ale lub oraz ten ta te tego tej tym ja ty on ona my wy oni mój nasz jego jej ich
        bardzo też już tylko
        """
    ),
)
