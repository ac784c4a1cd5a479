"""English."""

from massline.engine.languages.language import (
    CallWords,
    Language,
    NumberWords,
    parse_number_words,
    parse_word_list,
    parse_word_set,
)

LANGUAGE = Language(
    "en",
    stop_words=parse_word_set(
        """
        a about above after again against all also always am an and any anyone anything are aren't
        around as at away back be because been before being below between both but by came can can't
        cannot come could couldn't did didn't do does doesn't doing don't done down during each either
        else enough even ever every everyone everything few for from further get gets getting give go
        goes going got had has hasn't have haven't having he he's her here hers him his how how's i i'd
        i'll i'm i've if in instead into is isn't it it's its itself just keep know less let let's like
        likely long look lot made make makes making many may maybe me might mine more most much must my
        need needs never new no nor not nothing now of off often ok on once one only or other others our
        ours out over own people per please put quite rather really said same say see seem seems set
        shall she should shouldn't show since so some someone something still such take tell than thank
        thanks that that's the their theirs them themselves then there there's these they they're thing
        things think this those though through to too try trying under until up upon us use used using
        very via want wants was wasn't way we we'll we're we've well were weren't what what's when where
        whether which while who whom whose why will with within without won't would wouldn't yes yet you
        you'd you'll you're you've your yours
        """
    ),
    question_words=parse_word_set(
        """
        who what when where why how which whose is are was were do does did can could should would will
        has have
        """
    ),
    courtesy_titles=("Mr", "Mrs", "Ms", "Mx", "Dr"),
    titles=(
        "Miss",
        "Prof",
        "Sir",
        "Madam",
        "Chief",
        "Comrade",
        "Sister",
        "Brother",
        "Uncle",
        "Aunt(?:ie|y)?",
    ),
    name_cues=("my name is", "i am called"),
    office_words=parse_word_list("""
        office council union party committee association company court police city town ministry
        minister mayor councill?or director board church mosque school university hospital newspaper
        times post news radio bank group ltd inc llc housing tenants? workers? students? landlords?
        homes? agency department front league alliance coalition network chamber federation society club
        blocks?
        """),
    numbers=NumberWords(
        values=parse_number_words(
            """
            zero=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11
            twelve=12 thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19
            twenty=20 thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 dozen=12
            """
        ),
        multipliers={"hundred": 100, "thousand": 1000},
        not_alone=parse_word_set("zero one once"),
        fractions={
            "half": 1 / 2,
            "a third": 1 / 3,
            "one third": 1 / 3,
            "two thirds": 2 / 3,
            "two-thirds": 2 / 3,
            "a quarter": 1 / 4,
            "one quarter": 1 / 4,
            "three quarters": 3 / 4,
            "three-quarters": 3 / 4,
            "a fifth": 1 / 5,
            "one fifth": 1 / 5,
        },
        joint=r"and\s+",
        rough=("about", "around", "roughly", "nearly", "almost", "some", "over", "more than"),
        out_of=("out of", "of every", "of", "in every", "in"),
        articles=("the",),
        percent=(r"per\s?cent\b",),
    ),
    calls=CallWords(
        passive=(
            r"\b(?:is|are|was|were|be|been|being|get|gets|got)\s+(?:not\s+|never\s+)?(?:\w+ly\s+)?"
            r"(?:\w{2,}ed|given|taken|made|done|paid|kept|sold|told|held|left|built|heard|thrown|driven|"
            r"broken|cut)\b"
        ),
        nobody_acts=(
            r"(?:must|should|needs? to|has to|have to|will|can|may) (?:\w+ )?be \w+(?:ed|en|ne|de|lt|pt|ut)",
            "mistakes were made",
        ),
        place_open=(
            r"t\.?b\.?[acd]\.?",
            "to be (?:announced|confirmed|decided)",
            "somewhere",
            "place follows",
        ),
        soon=(
            "soon",
            "asap",
            "shortly",
            "in the coming (?:days|weeks)",
            "one of these days",
            "watch this space",
        ),
        no_deed=(
            "raise awareness",
            "spread awareness",
            "be aware",
            "show (?:your )?support",
            "support (?:us|the (?:struggle|cause|movement))",
            "get involved",
            "stay (?:tuned|strong|informed)",
            "join the (?:struggle|fight|movement)",
            "do something",
            "care more",
            "think about it",
        ),
        imperatives=parse_word_list("""
            come bring sign call write knock join share donate vote tell ask talk help cook carry read print
            meet walk stand send
            """),
        listing="(?:,|/|\\+|&|;|,? and)",
        coming=("come",),
        conjunction=r"\band\b|&",
        second_step=r"\b(?:and then|and also|as well as)\b",
    ),
)
