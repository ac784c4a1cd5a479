"""Portuguese."""

from massline.engine.languages.language import Language, words

LANGUAGE = Language(
    "pt",
    stop_words=words(
        """
        o a os as um uma uns umas e ou mas que de do da dos das em no na nos nas a ao à aos por para com
        sem sob sobre entre até não mais menos muito também como quando onde quem qual porque se me te
        lhe nos seu sua seus suas meu minha é são era ser estar está estão foi tem têm ter há este esta
        isso isto todo toda todos todas cada eu tu ele ela nós vós eles elas você vocês posso pode quero
        """
    ),
    question_words=words("quem quando onde qual quais como quanto"),
    titles=("Dona", "Seu", "Senhora?"),
    name_cues=("meu nome é",),
    name_particles=("da", "do", "dos", "e"),
)
