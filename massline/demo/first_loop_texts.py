"""Texts of the demo, all invented: a tenants' union through one winter."""

from dataclasses import dataclass
from typing import TypedDict

from massline.desk.call.call_draft import CallDraft

UNION = "Riverside Tenants"
SENTENCE = "Tenants of five blocks by the river who act together, because alone we freeze."
CHAPTERS = (
    (
        "Harbour Blocks",
        "harbour",
        "The blocks between the quay and the clock.",
        (("Quay House", 64), ("Clock House", 58)),
    ),
    (
        "Mill Lane",
        "mill-lane",
        "Forty stairwells and one laundry.",
        (("Mill Lane odd", 72), ("Mill Lane even", 66)),
    ),
    (
        "Old Brewery",
        "old-brewery",
        "Lofts, cellars and everyone between.",
        (("Brewery yard", 48), ("Malt tower", 40)),
    ),
)
SECTIONS = (("Block A", 210), ("Block B", 190), ("Block C", 160), ("Block D", 180), ("Block E", 160))


@dataclass(frozen=True)
class Idea:
    """A statement, and how each of three kinds of neighbour takes it: chance to agree, chance to pass."""

    text: str
    cold: float
    rent: float
    careful: float
    unsure: float = 0.1


FIRST_QUESTION = "What should change about the heating?"
FIRST_WHY = "Winter is six weeks away. What you say here goes to the mass meeting, word for word."
FIRST_IDEAS = (
    Idea("The landlord should give every boiler a repair date, in writing.", 0.97, 0.93, 0.9, 0.05),
    Idea("No rent rise while any flat is below 19 degrees.", 0.93, 0.96, 0.76, 0.06),
    Idea(
        "The landlord should publish what he pays for the boiler before he asks us for one more cent.",
        0.8,
        0.94,
        0.72,
        0.1,
    ),
    Idea("We should hold back part of the rent until the heat is on.", 0.3, 0.95, 0.04, 0.07),
    Idea("We should talk to the landlord once more before we do anything else.", 0.2, 0.05, 0.96, 0.06),
    Idea(
        "Whoever is old or ill should get an electric heater tomorrow, paid by the landlord.",
        0.96,
        0.76,
        0.85,
        0.05,
    ),
    Idea("We should go to the housing office together, all blocks on one day.", 0.93, 0.92, 0.66, 0.05),
    Idea("A lawyer should look at our contracts before we sign any letter.", 0.1, 0.4, 0.95, 0.1),
    Idea("The blocks with working heating should stand with those without.", 0.93, 0.85, 0.76, 0.06),
    Idea("I would pay a little more if the heating really worked.", 0.88, 0.03, 0.4, 0.08),
    Idea("We should tell the newspaper how cold it is.", 0.93, 0.55, 0.1, 0.1),
    Idea("The caretaker should have a phone that somebody answers at night.", 0.96, 0.68, 0.85, 0.06),
)
FIRST_OWN_WORDS = (
    Idea("My girl does her homework in her coat.", 0.97, 0.66, 0.66, 0.15),
    Idea("Nos prometieron arreglarlo en marzo. ¿Qué pasó?", 0.9, 0.88, 0.56, 0.2),
    Idea("نريد تدفئة في كل الغرف، لا في المطبخ فقط.", 0.96, 0.7, 0.68, 0.25),
    Idea("Warm tonight. Who pays, we settle in spring.", 0.95, 0.08, 0.35, 0.08),
    Idea("If we withhold rent, some of us could lose our homes. Think of us.", 0.8, 0.06, 0.96, 0.08),
)

# section, channel, mood, people, kind, words
FIRST_VOICES = (
    ("Block B", "door", 3, 2, "said", "My girl does her homework in her coat."),
    ("Block D", "stall", 2, 1, "said", "We signed in March. What happened to that?"),
    ("Block A", "door", 4, 3, "said", "If the whole stairwell goes, I go."),
    ("Block C", "door", 1, 1, "said", "They never answer. Why would they answer you?"),
    ("Block E", "meeting", 4, 6, "said", "Ours works. But last year it was us who froze, and nobody came."),
    ("Block B", "door", 5, 2, "said", "Tell me the day and I bring my sister."),
    ("Block A", "phone", 2, 1, "question", "Who pays if we lose?"),
    ("Block D", "door", 3, 2, "question", "Can they throw me out for coming?"),
    ("Block B", "door", 2, 1, "question", "Who pays if we lose?"),
    ("Block C", "door", 2, 1, "need", "My mother is 84 and sleeps in the kitchen. She needs a heater now."),
    ("Block E", "meeting", 4, 4, "offer", "We have two electric heaters we do not use."),
    ("Block A", "door", 3, 2, "said", "La caldera está rota desde septiembre y siguen cobrando."),
    ("Block D", "door", 3, 1, "said", "أنا لا أخاف، لكن أحتاج من يترجم لي في المكتب."),
    ("Block B", "stall", 4, 3, "said", "A date. I want a date on paper, not a promise."),
    ("Block A", "door", 2, 2, "said", "I am for it, but I do not hold back rent. I have children."),
    ("Block D", "phone", 3, 1, "said", "The night line rings and rings. Nobody is there."),
    ("Block E", "paper", 4, 1, "said", "Put the old people first, then shout about the rent."),
    ("Block B", "door", 3, 2, "said", "Seventeen degrees. I photographed the thermometer every morning."),
    (
        "Block A",
        "meeting",
        4,
        5,
        "said",
        "One day, all blocks, through the front door of the housing office.",
    ),
    ("Block D", "door", 2, 2, "said", "Last time five people came. I was one of the five."),
)
FIRST_SUM_UP = "What five blocks said about the heating"
FIRST_HEARD = (
    "People want a date on paper more than they want a fight. Old and ill neighbours come first. "
    "Many would go to the housing office if the whole stairwell goes; few would hold back rent."
)
FIRST_UNKNOWN = "We spoke to few people in Block C, and to nobody who works nights."
FIRST_NEXT = "The mass meeting decides on one demand. Whatever it decides stands here the same evening."


@dataclass(frozen=True)
class ClaimOf:
    """A claim and where its words are: numbers of voices and of statements in the lists above."""

    text: str
    voices: tuple[int, ...]
    statements: tuple[int, ...]
    minority: bool = False


FIRST_CLAIMS = (
    ClaimOf("Nearly everybody wants a repair date for every boiler, in writing.", (1, 13), (0,)),
    ClaimOf("Neighbours who are old or ill must be warm before anything else.", (9, 16), (5,)),
    ClaimOf("People would go to the housing office if they do not go alone.", (2, 5, 18), (6,)),
    ClaimOf(
        "Some fear for their home if we hold back rent, and ask us to think of them.",
        (14, 7),
        (16,),
        minority=True,
    ),
)


class ReviewWords(TypedDict):
    expected: str
    happened: str
    because: str
    keep: str
    change: str


class LessonWords(TypedDict):
    claim: str
    context: str
    evidence: str


PRINCIPLES = (
    "Nobody is left to face the landlord alone.",
    "What we do is open and without violence.",
    "No demand that helps one block at the cost of another.",
)
DEMANDS = (
    ("A repair date for every boiler, in writing.", (0,), ("keeps", "keeps", "keeps")),
    ("An electric heater for every old or ill neighbour, this week.", (1,), ("keeps", "keeps", "keeps")),
    ("Repair Block B first; the others can wait.", (0,), ("touches", "keeps", "breaks")),
)
DECISION = "We go together and hand over one demand: a repair date for every boiler"
DECISION_WHY = "It unites all five blocks, nobody risks their home, and a date can be checked."
DISSENT = "Twelve people wanted to hold back rent at once: “A date costs him nothing.” We look at it again after the walk."
FORECAST = (
    "Eighty to a hundred and twenty come. The office takes the letters and names dates within two weeks."
)
FIRST_CALL = CallDraft(
    slogan="Fix the heat before the frost",
    what="We walk to the housing office and hand over our letters",
    ask="Come, and bring one neighbour.",
    place="Harbour Square, by the clock",
    bring="Your letter, a warm coat",
    access="No steps on the way; interpreters for Arabic and Spanish walk in front.",
    called_by="Riverside Tenants, decided by the mass meeting",
    why="We ask for one thing: a repair date for every boiler, in writing.",
)
COMERS = (
    "Rosa",
    "Idris",
    "Mehmet",
    "Anke",
    "Leyla",
    "Tom",
    "Graça",
    "Yusuf",
    "Petra",
    "Samir",
    "Olga",
    "Bilal",
    "Hanne",
    "José",
    "Fatma",
    "Niklas",
    "Amina",
    "Piotr",
    "Lucía",
    "Karim",
    "Greta",
    "Omar",
    "Dana",
    "Viktor",
    "سلمى",
    "نور",
    "Ewa",
    "Malik",
    "Ines",
    "Joseph",
    "Thandi",
    "Mai",
    "Rafael",
    "Zeynep",
    "Lars",
    "Aisha",
)
REVIEW: ReviewWords = {
    "expected": "Eighty to a hundred and twenty people, letters handed over, dates within two weeks.",
    "happened": "Ninety-four came. The office took 214 letters at the door and named dates for three of five boilers.",
    "because": "Stairwell by stairwell, each of us brought one neighbour. The office had heard of us the day before.",
    "keep": "One demand. Interpreters in front. The next meeting announced from the steps.",
    "change": "Speak to Block C before, not after. Begin at eleven sharp; it was cold.",
}
# Who was in the room, section by section, by show of hands.
ROOM = {"Block A": 31, "Block B": 27, "Block C": 4, "Block D": 19, "Block E": 13}
LESSON: LessonWords = {
    "claim": "A demand that can be checked brings people who would not come for a fight.",
    "context": "Five blocks, eight weeks before frost, a landlord who does not answer.",
    "evidence": "94 came where 80 to 120 were expected; half of them had never come before.",
}
