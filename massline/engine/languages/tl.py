"""Tagalog."""

from massline.engine.languages.language import Language, parse_word_set

LANGUAGE = Language(
    "tl",
    stop_words=parse_word_set(
        """
        ang ng sa na mga ay at o ko mo niya namin natin nila ako ikaw siya kami tayo sila ito iyan iyon
        hindi wala may mayroon para kung paano kailan saan bakit ano sino din rin lang po ba si
        """
    ),
    titles=("Mang", "Aling", "Kuya", "Ate"),
    name_cues=("ang pangalan ko ay",),
)
