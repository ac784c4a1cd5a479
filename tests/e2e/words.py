"""What is said in the story of one turn, where more than one chapter of it needs the words."""

PASSPHRASE = "nine herons cross a frozen weir"
QUESTION = "What should change about the laundry?"
SEEDS = (
    "The laundry should open at six.",
    "The landlord should repair both dryers.",
    "A wash should cost nothing.",
)
OWN_WORDS = "My back cannot carry wet sheets up five floors… نحتاج مصعداً"
SAID_AT_THE_DOOR = "Two dryers for ninety flats. I hang it in the kitchen."
CLAIM = "People want both dryers repaired before anything else."
SLOGAN = "Dry laundry for every floor"
