"""Words for numbers in English, Spanish and Arabic."""

_EN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_ES = (
    "cero un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco "
    "veintiséis veintisiete veintiocho veintinueve treinta"
)
_AR = {
    "اثنان": 2, "اثنين": 2, "اثنتان": 2, "اثنتين": 2, "ثلاثة": 3, "ثلاث": 3, "أربعة": 4, "أربع": 4, "خمسة": 5, "خمس": 5,
    "ستة": 6, "ست": 6, "سبعة": 7, "سبع": 7, "ثمانية": 8, "ثماني": 8, "ثمان": 8, "تسعة": 9, "تسع": 9, "عشرة": 10, "عشر": 10,
    "عشرون": 20, "عشرين": 20, "ثلاثون": 30, "ثلاثين": 30, "أربعون": 40, "أربعين": 40, "خمسون": 50, "خمسين": 50,
    "ستون": 60, "ستين": 60, "سبعون": 70, "سبعين": 70, "ثمانون": 80, "ثمانين": 80, "تسعون": 90, "تسعين": 90,
    "مئتان": 200, "مئتين": 200, "مائتان": 200, "مائتين": 200,
}  # fmt: skip
_TENS = {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12,
    "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90, "docena": 12,
    "una": 1, "uno": 1, "doscientos": 200, "doscientas": 200, "trescientos": 300, "trescientas": 300,
    "cuatrocientos": 400, "quinientos": 500,
}  # fmt: skip

WORDS: dict[str, int] = {
    **{word: number for number, word in enumerate(_EN.split())},
    **{word: number for number, word in enumerate(_ES.split())},
    **_TENS,
    **_AR,
}
HUNDREDS: dict[str, int] = {
    "hundred": 100, "cien": 100, "ciento": 100, "مئة": 100, "مائة": 100,
    "thousand": 1000, "mil": 1000, "ألف": 1000, "آلاف": 1000,
}  # fmt: skip
NOT_ALONE = {"zero", "one", "cero", "un", "uno", "una", "ست", "once"}
FRACTIONS: dict[str, float] = {
    "half": 1 / 2, "a third": 1 / 3, "one third": 1 / 3, "two thirds": 2 / 3, "two-thirds": 2 / 3, "a quarter": 1 / 4,
    "one quarter": 1 / 4, "three quarters": 3 / 4, "three-quarters": 3 / 4, "a fifth": 1 / 5, "one fifth": 1 / 5,
    "la mitad": 1 / 2, "un tercio": 1 / 3, "dos tercios": 2 / 3, "un cuarto": 1 / 4, "tres cuartos": 3 / 4,
    "tres cuartas partes": 3 / 4, "un quinto": 1 / 5,
    "نصف": 1 / 2, "ثلث": 1 / 3, "ثلثا": 2 / 3, "ثلثي": 2 / 3, "ثلثان": 2 / 3, "ربع": 1 / 4, "ثلاثة أرباع": 3 / 4,
}  # fmt: skip
ROUGHLY = (
    "about", "around", "roughly", "nearly", "almost", "some", "over", "more than", "unos", "unas", "casi", "cerca de",
    "alrededor de", "más de", "نحو", "حوالي", "قرابة", "أكثر من",
)  # fmt: skip
