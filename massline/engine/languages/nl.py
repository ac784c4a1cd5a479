"""Dutch."""

from massline.engine.languages.language import Language, parse_word_set

LANGUAGE = Language(
    "nl",
    stop_words=parse_word_set(
        """
        de het een en of maar dat die dit deze van voor met op in aan te ten ter bij door naar om uit
        over onder is zijn was waren wordt worden heeft hebben had niet geen meer ook als dan ik je jij
        u hij zij ze we wij jullie mijn jouw uw ons hun hoe wat wie waar wanneer waarom kan kunnen moet
        moeten wil er nog al zo
        """
    ),
    question_words=parse_word_set("wie wat wanneer waar waarom hoe welke"),
    name_particles=("van",),
)
