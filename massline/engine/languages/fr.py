"""French."""

from massline.engine.languages.language import (
    CallWords,
    Language,
    NumberWords,
    parse_number_words,
    parse_word_list,
    parse_word_set,
)

LANGUAGE = Language(
    "fr",
    stop_words=parse_word_set(
        """
        le la les l un une des du de d et ou mais donc or ni car que qui quoi dont où à au aux en dans
        par pour sur avec sans sous entre vers chez ne pas plus moins très trop aussi bien ce cet cette
        ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs je j tu il elle on nous vous
        ils elles me te se lui y est sont était être avoir a ai as ont avait fait faire peut dois doit
        comme comment quand pourquoi si tout tous toute toutes même c s n m t qu
        """
    ),
    question_words=parse_word_set("qui quand où pourquoi comment quel quelle quels quelles combien est-ce"),
    courtesy_titles=("M", "Mme", "Mlle", "Monsieur", "Madame"),
    titles=("Camarade",),
    name_cues=("je m['’]appelle",),
    numbers=NumberWords(
        values=parse_number_words(
            """
            zéro=0 un=1 une=1 deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11
            douze=12 treize=13 quatorze=14 quinze=15 seize=16 vingt=20 trente=30 quarante=40 cinquante=50
            soixante=60 septante=70 huitante=80 nonante=90 dizaine=10 douzaine=12 quinzaine=15
            vingtaine=20 trentaine=30 quarantaine=40 cinquantaine=50 soixantaine=60 centaine=100
            """
        ),
        multipliers={"cent": 100, "cents": 100, "mille": 1000},
        # "Sept" shortens a month in English, "neuf" is new, "cent" is money.
        not_alone=parse_word_set("zéro un une sept neuf cent cents six"),
        fractions={
            "la moitié": 1 / 2,
            "un tiers": 1 / 3,
            "deux tiers": 2 / 3,
            "un quart": 1 / 4,
            "trois quarts": 3 / 4,
            "un cinquième": 1 / 5,
        },
        joint=r"et\s+",
        rough=("environ", "presque", "près de", "à peu près", "autour de", "plus de", "quelque"),
        out_of=("sur",),
        articles=("les",),
        percent=(r"pour cent\b", r"p\.\s?c\."),
    ),
    calls=CallWords(
        passive=(
            r"\b(?:est|sont|était|étaient|sera|seront|soit|soient|été|fut|furent)\s+(?:\w+ment\s+)?"
            r"(?:\w{2,}ée?s?|\w{2,}ite?s?|fait(?:e|s|es)?|mis(?:e|es)?|pris(?:e|es)?|vendue?s?|rompue?s?)\b"
        ),
        nobody_acts=(
            r"(?:doit|doivent|devrait|devraient|peut|peuvent) être \w+(?:é|ée|és|ées|it|ite|is|ise|u|ue)s?",
            "il faut",
            "on (?:doit|exige|demande)",
        ),
        place_open=(
            "à (?:confirmer|préciser|définir|annoncer|venir)",
            "sera (?:annoncé|précisé|communiqué)",
            "quelque part",
        ),
        soon=("bientôt", "prochainement", "dans les prochains jours", "au plus vite", "sous peu"),
        no_deed=(
            "faire prendre conscience",
            "sensibiliser",
            r"soutenez (?:la cause|la lutte|notre lutte|nous)",
            r"soutenir (?:la cause|la lutte|notre lutte)",
            "rejoignez (?:la lutte|le mouvement)",
            "engagez-vous",
            "mobilisez-vous",
            "faites quelque chose",
            "restez informée?s?",
        ),
        imperatives=parse_word_list("""
            venez viens apportez apporte signez signe appelez appelle écrivez écris partagez partage donnez
            donne votez vote aidez aide frappez invitez parlez
            """),
        listing="(?:,|/|\\+|&|;|,? et)",
        coming=("venez", "viens"),
        conjunction=r"\bet\b|&",
        second_step=r"\b(?:et puis|puis|et ensuite|ensuite|et aussi|ainsi que)\b",
    ),
)
