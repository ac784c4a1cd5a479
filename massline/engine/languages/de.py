"""German."""

from massline.engine.languages.language import CallWords, Language, parse_word_list, parse_word_set

LANGUAGE = Language(
    "de",
    stop_words=parse_word_set(
        """
        der die das den dem des ein eine einer eines einem einen und oder aber auch als am an auf aus
        bei bis da damit dann dass daß denn doch dort du durch er es etwas euch für ganz gar gegen hat
        haben hatte hier hin ich ihm ihn ihr ihre im in ins ist ja jede jeder jedes jetzt kann kein
        keine können man mehr mein meine mich mir mit muss müssen nach nicht nichts noch nun nur ob ohne
        schon sehr sein seine sich sie sind so soll sollen sollte sollten über um und uns unser unter
        viel viele vom von vor war waren was weil weniger wenn wer werden wie wieder will wir wird wo
        wurde zu zum zur zwischen bitte statt alle allem allen aller alles bzw etc
        """
    ),
    question_words=parse_word_set(
        "wer was wann wo warum wieso weshalb wie welche welcher welches wohin woher ist sind kann können darf"
    ),
    courtesy_titles=("Herr", "Frau"),
    titles=("Genoss(?:e|in)",),
    name_cues=("ich hei(?:ß|ss)e", "mein name ist"),
    name_particles=("von", "der"),
    office_words=("gmbh", "ag", "amt", "verein", "gewerkschaft", "partei", "rat"),
    calls=CallWords(
        passive=(
            r"\b(?:wird|werden|wurden?|worden|werde)\b(?=.*\b(?:\w*ge\w{2,}(?:t|en)|\w{2,}iert|"
            r"(?:be|ver|er|zer|ent)\w{2,}(?:t|en))\b)"
        ),
        nobody_acts=("man (?:muss|sollte|müsste)", r"es muss \w+", r"gehört \w+t"),
        place_open=(r"wird noch (?:bekannt|mitgeteilt)\w*", "folgt(?: noch)?", "irgendwo"),
        soon=("bald", "demnächst", "in den nächsten (?:tagen|wochen)"),
        no_deed=(
            "zeichen setzen",
            "bewusstsein schaffen",
            "unterstützt (?:uns|den kampf)",
            "macht mit",
            "tut was",
        ),
        imperatives=parse_word_list("""
            komm kommt bring bringt unterschreib unterschreibt ruf ruft schreib schreibt teil teilt spende
            spendet hilf helft
            """),
        listing="(?:,|/|\\+|;|,? und)",
        coming=("kommt?",),
        conjunction=r"\bund\b",
        second_step=r"\b(?:und dann|und auch|sowie)\b",
    ),
)
