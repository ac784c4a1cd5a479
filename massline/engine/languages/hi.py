"""Hindi."""

from massline.engine.languages.language import Language, parse_word_set

LANGUAGE = Language(
    "hi",
    stop_words=parse_word_set(
        """
        है हैं का की के को में से पर और या यह वह ये वे मैं हम तुम आप मेरा मेरी मेरे हमारा एक नहीं क्या
        कैसे कब कहाँ क्यों था थी थे हो होना कर करना किया करें लिए साथ भी ही तो जो अगर लेकिन कि ने इस उस
        """
    ),
    titles=("श्री", "श्रीमती"),
    titles_after=("जी", "कुमार", "देवी", "सिंह"),
    has_capitals=False,
)
