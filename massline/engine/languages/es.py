"""Spanish."""

from massline.engine.languages.language import (
    CallWords,
    Language,
    NumberWords,
    parse_number_words,
    parse_word_list,
    parse_word_set,
)

LANGUAGE = Language(
    "es",
    stop_words=parse_word_set(
        """
        el la los las un una unos unas y o u pero que de del al a ante con contra desde en entre hacia
        hasta para por según sin sobre tras no ni si sí se me te le les lo nos os su sus mi mis tu tus
        es son era eran ser estar está están estoy fue ha han hay he muy más menos ya también como cómo
        cuando cuándo cual cuál qué quién donde dónde porque esto eso este esta estos estas ese esa todo
        toda todos todas otro otra cada puedo puede quiero tengo tiene
        """
    ),
    question_words=parse_word_set("quién qué cuándo dónde cuál cuáles cómo cuánto cuánta cuántos"),
    courtesy_titles=("Sra?", "Señora?"),
    titles=("Srta", "Don", "Doña", "Compañer[oa]"),
    name_cues=("me llamo", "mi nombre es"),
    name_particles=("de", "del", "la", "el", "y"),
    office_words=parse_word_list(
        "sa oficina sindicato partido consejo asociaci[oó]n empresa alcald[ií]a ayuntamiento"
    ),
    numbers=NumberWords(
        values=parse_number_words(
            """
            cero=0 un=1 dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11
            doce=12 trece=13 catorce=14 quince=15 dieciséis=16 diecisiete=17 dieciocho=18 diecinueve=19
            veinte=20 veintiuno=21 veintidós=22 veintitrés=23 veinticuatro=24 veinticinco=25
            veintiséis=26 veintisiete=27 veintiocho=28 veintinueve=29 treinta=30 una=1 uno=1 docena=12
            cuarenta=40 cincuenta=50 sesenta=60 setenta=70 ochenta=80 noventa=90 doscientos=200
            doscientas=200 trescientos=300 trescientas=300 cuatrocientos=400 quinientos=500
            """
        ),
        multipliers={"cien": 100, "ciento": 100, "mil": 1000},
        not_alone=parse_word_set("cero un uno una"),
        fractions={
            "la mitad": 1 / 2,
            "un tercio": 1 / 3,
            "dos tercios": 2 / 3,
            "un cuarto": 1 / 4,
            "tres cuartos": 3 / 4,
            "tres cuartas partes": 3 / 4,
            "un quinto": 1 / 5,
        },
        joint=r"y\s+",
        rough=("unos", "unas", "casi", "cerca de", "alrededor de", "más de"),
        out_of=("de cada", "de"),
        articles=("los", "las"),
        percent=(r"por ciento\b",),
    ),
    calls=CallWords(
        passive=(
            r"\b(?:es|son|fue|fueron|era|eran|ser[áa]n?|sea|sean|sido)\s+(?:\w+mente\s+)?"
            r"(?:\w{2,}[aei]d[oa]s?|hech[oa]s?|dich[oa]s?|puest[oa]s?|rot[oa]s?)\b"
        ),
        nobody_acts=(
            r"se (?:debe|deben|tiene que|tienen que|exige|exigen|pide|piden|reclama|reclaman) ?\w*",
            r"ha(?:n)? sido \w+[aoi]d[oa]s?",
            "hay que",
        ),
        place_open=(
            "por (?:confirmar|definir|anunciar)",
            "se (?:anunciará|avisará|comunicará)",
            "en algún lugar",
        ),
        soon=("pronto", "próximamente", "en los próximos días", "cuanto antes"),
        no_deed=(
            "crear conciencia",
            r"concienciar\w*",
            "visibilizar",
            "apoy(?:a|ar|emos) (?:la causa|la lucha|nuestra lucha)",
            "involúcrate",
            "únete a la lucha",
            "haz algo",
        ),
        imperatives=parse_word_list("""
            ven venid vengan trae traed traigan firma firmad firmen llama llamen escribe escriban comparte
            compartan dona donen vota voten ayuda
            """),
        listing="(?:,|/|\\+|;|,? y|,? e)",
        coming=("ven", "vengan", "venid"),
        conjunction=r"\b[ye]\b",
        second_step=r"\b(?:y luego|y después|y también)\b",
    ),
)
