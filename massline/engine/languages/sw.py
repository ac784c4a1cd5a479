"""Swahili."""

from massline.engine.languages.language import Language, parse_word_set

LANGUAGE = Language(
    "sw",
    stop_words=parse_word_set(
        """
        na ya wa kwa ni la za katika cha vya mimi wewe yeye sisi ninyi wao hii huu hiyo huo hizi kama
        lakini au pia sana tu je nini lini wapi jinsi gani kuwa ana nina tuna wana yangu yako yake yetu
        yenu yao si bila hadi kwenye
        """
    ),
    question_words=parse_word_set("nani lini wapi vipi je"),
    titles=("Mama", "Baba", "Mzee", "Bwana", "Bibi"),
    name_cues=("jina langu ni",),
)
