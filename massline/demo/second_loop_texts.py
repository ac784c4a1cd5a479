"""Words of the demo's second round: what people answer once three boilers have a date."""

from massline.demo.first_loop_texts import Idea

SECOND_QUESTION = "The dates are here for three boilers. What now?"
SECOND_WHY = (
    "Blocks A, D and E have a date. Blocks B and C have none. Tell us what you see and what you would do."
)
SECOND_IDEAS = (
    Idea("We do not stop before the last block has a date.", 0.95, 0.9, 0.76),
    Idea("Blocks with a date should come when we go for those without.", 0.92, 0.86, 0.66),
    Idea("Somebody should check every date: is the boiler really repaired?", 0.93, 0.88, 0.9, 0.06),
    Idea("If Block B has no date by the first, we hold back rent there.", 0.55, 0.86, 0.1, 0.18),
    Idea("We should thank the office for the three dates.", 0.45, 0.3, 0.85, 0.25),
    Idea("Let us hold the next meeting in Block C.", 0.82, 0.66, 0.72, 0.25),
    Idea("We need a list of who is cold tonight and who can lend a heater.", 0.94, 0.8, 0.84),
    Idea("The landlord should pay back heating costs for the cold weeks.", 0.86, 0.95, 0.62),
    Idea("One spokesperson for all blocks is enough.", 0.4, 0.35, 0.62, 0.25),
    Idea("Each block should send two people to every meeting.", 0.78, 0.72, 0.74),
)
SECOND_HELD = (
    "We must not stop before the last block has its date.",
    "Ask the night workers. They are never at home when you knock.",
    "Why not all sit in the warm office until Block B has a date?",
    "Mr. Kessler from flat 12 told the landlord everything.",
)
SECOND_VOICES = (
    (
        "Block A",
        "door",
        4,
        16,
        "said",
        "They came on Monday with tools. I did not believe it until I saw it.",
    ),
    ("Block B", "door", 2, 19, "said", "Three dates, and we are not among them. Again."),
    ("Block D", "stall", 4, 22, "said", "I come for Block B. They came for us."),
    ("Block B", "door", 3, 2, "question", "Will the others still come now that they are warm?"),
    ("Block E", "meeting", 5, 31, "offer", "We lend our two heaters to Block C until it is repaired."),
    ("Block A", "door", 4, 8, "said", "Somebody must check. A date is only paper."),
    ("Block B", "phone", 2, 1, "question", "Who pays if we lose?"),
    ("Block D", "door", 4, 1, "said", "Me gustó ver a tanta gente. Mi madre preguntó cuándo es la próxima."),
    ("Block C", "door", 1, 4, "said", "You are the first who knocked here since summer."),
)
TURNING = "Block C"
# people at each step of the mood, lowest first, and one sentence from the meeting of each stairwell
TURNING_NIGHT = (
    ((0, 0, 0, 1, 11), "The heating is back in the next block. Now it is our turn, and I come."),
    ((0, 0, 1, 2, 11), "My mother signed tonight. She has never signed anything."),
    ((0, 0, 0, 2, 13), "Tell us the day. We bring the whole stairwell."),
)
