"""Which language a text is in, with the collection as the prior."""

import csv
from pathlib import Path

from massline.embed.language_identification import detect_languages

_SIB = {
    "amh_Ethi": "am", "arb_Arab": "ar", "ben_Beng": "bn", "deu_Latn": "de", "eng_Latn": "en", "fra_Latn": "fr",
    "hat_Latn": "ht", "hau_Latn": "ha", "hin_Deva": "hi", "ind_Latn": "id", "pes_Arab": "fa", "por_Latn": "pt",
    "quy_Latn": "qu", "rus_Cyrl": "ru", "spa_Latn": "es", "swh_Latn": "sw", "tgl_Latn": "tl", "tur_Latn": "tr",
    "ukr_Cyrl": "uk", "vie_Latn": "vi", "yor_Latn": "yo", "zho_Hans": "zh",
}  # fmt: skip


def test_twenty_two_languages_are_told_apart(shared: Path) -> None:
    with (shared / "data" / "themes" / "sib200-22lang" / "test.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))[::4]
    found = detect_languages([row["text"] for row in rows])
    right = sum(_SIB[row["lang"]] == code for row, code in zip(rows, found, strict=True))
    assert right >= 0.995 * len(rows)


def test_a_short_text_is_read_in_the_light_of_the_others() -> None:
    voices = [
        "La renta está muy alta este año",
        "Queremos agua limpia en el barrio",
        "No hay luz en la escalera",
    ]
    assert detect_languages(["Casa mala"] + voices * 10)[0] == "es"


def test_the_order_of_the_texts_does_not_matter() -> None:
    texts = ["Die Miete steigt", "The rent rises", "Le loyer augmente", "Le loyer augmente encore"]
    assert detect_languages(texts[::-1]) == detect_languages(texts)[::-1]


def test_what_has_no_letters_is_undetermined() -> None:
    assert detect_languages(["123", "", "!!"]) == ["und", "und", "und"]
    assert detect_languages([]) == []
