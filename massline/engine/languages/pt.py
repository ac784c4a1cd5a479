"""Portuguese."""

from massline.engine.languages.language import (
    CallWords,
    Language,
    NumberWords,
    parse_number_words,
    parse_word_list,
    parse_word_set,
)

LANGUAGE = Language(
    "pt",
    stop_words=parse_word_set(
        """
        o a os as um uma uns umas e ou mas que de do da dos das em no na nos nas a ao à aos por para com
        sem sob sobre entre até não mais menos muito também como quando onde quem qual porque se me te
        lhe nos seu sua seus suas meu minha é são era ser estar está estão foi tem têm ter há este esta
        isso isto todo toda todos todas cada eu tu ele ela nós vós eles elas você vocês posso pode quero
        """
    ),
    question_words=parse_word_set("quem quando onde qual quais como quanto"),
    courtesy_titles=("Sra?", "Senhora?"),
    titles=("Dona", "Seu", "Companheir[oa]"),
    name_cues=("meu nome é", "me chamo"),
    name_particles=("da", "do", "dos", "e"),
    numbers=NumberWords(
        values=parse_number_words(
            """
            zero=0 um=1 uma=1 dois=2 duas=2 três=3 quatro=4 cinco=5 seis=6 sete=7 oito=8 nove=9 dez=10
            onze=11 doze=12 treze=13 quatorze=14 catorze=14 quinze=15 dezesseis=16 dezasseis=16
            dezessete=17 dezassete=17 dezoito=18 dezenove=19 dezanove=19 vinte=20 trinta=30 quarenta=40
            cinquenta=50 sessenta=60 setenta=70 oitenta=80 noventa=90 dúzia=12 duzentos=200 duzentas=200
            trezentos=300 trezentas=300 quatrocentos=400 quatrocentas=400 quinhentos=500 quinhentas=500
            seiscentos=600 seiscentas=600 setecentos=700 oitocentos=800 novecentos=900
            """
        ),
        multipliers={"cem": 100, "cento": 100, "mil": 1000},
        not_alone=parse_word_set("zero um uma"),
        fractions={
            "a metade": 1 / 2,
            "metade": 1 / 2,
            "um terço": 1 / 3,
            "dois terços": 2 / 3,
            "um quarto": 1 / 4,
            "três quartos": 3 / 4,
            "um quinto": 1 / 5,
        },
        joint=r"e\s+",
        rough=("cerca de", "quase", "por volta de", "aproximadamente", "mais de", "uns", "umas"),
        out_of=("em cada", "de cada", "entre", "em", "de"),
        articles=("os", "as"),
        percent=(r"por cento\b",),
    ),
    calls=CallWords(
        passive=(
            r"\b(?:é|são|foi|foram|era|eram|será|serão|seja|sejam|sido)\s+(?:\w+mente\s+)?"
            r"(?:\w{2,}[aei]d[oa]s?|feit[oa]s?|dit[oa]s?|post[oa]s?|pag[oa]s?|abert[oa]s?)\b"
        ),
        nobody_acts=(
            r"(?:deve|devem|precisa|precisam|tem que|têm que) ser \w+[oa]s?",
            r"(?:exige|exigem|pede|pedem|reivindica)-se",
            "é preciso",
            "há que",
        ),
        place_open=(
            "a (?:confirmar|definir|combinar|anunciar)",
            "será (?:anunciado|informado|divulgado)",
            "em algum lugar",
        ),
        soon=("em breve", "logo mais", "nos próximos dias", "o quanto antes", "brevemente"),
        no_deed=(
            "conscientizar",
            "consciencializar",
            "dar visibilidade",
            r"ap(?:oie|oiem|oiar|oiemos) (?:a causa|a luta|a nossa luta|nossa luta)",
            "junte-se à luta",
            "participe da luta",
            "envolva-se",
            "faça alguma coisa",
            "fiquem? atent[oa]s?",
        ),
        imperatives=parse_word_list("""
            venha venham vem traga tragam assine assinem ligue liguem escreva escrevam compartilhe
            compartilhem partilhe partilhem doe doem vote votem ajude ajudem bata convide
            """),
        listing="(?:,|/|\\+|&|;|,? e)",
        coming=("venha", "venham", "vem"),
        conjunction=r"\be\b|&",
        second_step=r"\b(?:e depois|depois|e então|e também|bem como)\b",
    ),
)
