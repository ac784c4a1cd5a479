"""Words that name no theme: short lists for some languages, and a way to see them in any language from the voices."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

UNDETERMINED = "und"

_LISTS = {
    "am": "እና ነው ላይ ውስጥ እኔ አንተ እሱ እነሱ ይህ ያ ወደ ከ በ ለ ግን ምን እንዴት መቼ የት",
    "ar": "في من على إلى عن أن إن هذا هذه ذلك التي الذي ما لا لم لن هو هي هم نحن أنا أنت كان كانت يكون قد كل أو ثم مع بعد قبل كيف لماذا متى أين هل بين حتى إذا كما و يا غير",
    "de": "der die das den dem des ein eine einer eines einem einen und oder aber auch als am an auf aus bei bis da damit dann dass daß denn doch dort du durch er es etwas euch für ganz gar gegen hat haben hatte hier hin ich ihm ihn ihr ihre im in ins ist ja jede jeder jedes jetzt kann kein keine können man mehr mein meine mich mir mit muss müssen nach nicht nichts noch nun nur ob ohne schon sehr sein seine sich sie sind so soll sollen sollte sollten über um und uns unser unter viel viele vom von vor war waren was weil weniger wenn wer werden wie wieder will wir wird wo wurde zu zum zur zwischen bitte statt alle allem allen aller alles bzw etc",
    "es": "el la los las un una unos unas y o u pero que de del al a ante con contra desde en entre hacia hasta para por según sin sobre tras no ni si sí se me te le les lo nos os su sus mi mis tu tus es son era eran ser estar está están estoy fue ha han hay he muy más menos ya también como cómo cuando cuándo cual cuál qué quién donde dónde porque esto eso este esta estos estas ese esa todo toda todos todas otro otra cada puedo puede quiero tengo tiene",
    "fr": "le la les l un une des du de d et ou mais donc or ni car que qui quoi dont où à au aux en dans par pour sur avec sans sous entre vers chez ne pas plus moins très trop aussi bien ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs je j tu il elle on nous vous ils elles me te se lui y est sont était être avoir a ai as ont avait fait faire peut dois doit comme comment quand pourquoi si tout tous toute toutes même c s n m t qu",
    "ha": "da na ta ya ba ne ce a cikin wannan wani wata shi ita su mu ku ni kai za zan ina yana tana suna don me yaya yaushe ina daga zuwa kan ga ma amma",
    "hi": "है हैं का की के को में से पर और या यह वह ये वे मैं हम तुम आप मेरा मेरी मेरे हमारा एक नहीं क्या कैसे कब कहाँ क्यों था थी थे हो होना कर करना किया करें लिए साथ भी ही तो जो अगर लेकिन कि ने इस उस",
    "id": "yang dan di ke dari untuk dengan pada ini itu adalah saya kami kita anda mereka dia tidak ada akan bisa apa bagaimana kapan mana mengapa atau juga sudah belum oleh karena lebih agar dalam",
    "it": "il lo la i gli le l un uno una e o ma che di del della dei delle a al alla ai alle da dal in nel nella con su sul per tra fra non più meno molto anche come quando dove chi cosa perché se si mi ti ci vi è sono era essere ho ha hanno questo questa questi queste quello suo sua mio mia tutto tutti",
    "nl": "de het een en of maar dat die dit deze van voor met op in aan te ten ter bij door naar om uit over onder is zijn was waren wordt worden heeft hebben had niet geen meer ook als dan ik je jij u hij zij ze we wij jullie mijn jouw uw ons hun hoe wat wie waar wanneer waarom kan kunnen moet moeten wil er nog al zo",
    "pl": "i w z na do nie się to że jest są być był o od po za dla przez przy jak co kto gdzie kiedy dlaczego czy ale lub oraz ten ta te tego tej tym ja ty on ona my wy oni mój nasz jego jej ich bardzo też już tylko",
    "pt": "o a os as um uma uns umas e ou mas que de do da dos das em no na nos nas a ao à aos por para com sem sob sobre entre até não mais menos muito também como quando onde quem qual porque se me te lhe nos seu sua seus suas meu minha é são era ser estar está estão foi tem têm ter há este esta isso isto todo toda todos todas cada eu tu ele ela nós vós eles elas você vocês posso pode quero",
    "ru": "и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было вот от меня еще нет о из ему теперь когда даже ну вдруг ли если уже или ни быть был него до вас нибудь опять уж вам ведь там потом себя ничего ей может они тут где есть надо ней для мы тебя их чем была сам чтоб без будто чего раз тоже себе под будет ж тогда кто этот того потому этого какой почему это при",
    "sv": "och i att det som en på är av för med den till inte om har de ett var jag man vi ni han hon men så vad hur när varför eller kan ska från mer också sig sin",
    "sw": "na ya wa kwa ni la za katika cha vya mimi wewe yeye sisi ninyi wao hii huu hiyo huo hizi kama lakini au pia sana tu je nini lini wapi jinsi gani kuwa ana nina tuna wana yangu yako yake yetu yenu yao si bila hadi kwenye",
    "tl": "ang ng sa na mga ay at o ko mo niya namin natin nila ako ikaw siya kami tayo sila ito iyan iyon hindi wala may mayroon para kung paano kailan saan bakit ano sino din rin lang po ba si",
    "tr": "ve bir bu şu o da de için ile ben sen biz siz onlar mi mı mu mü ne nasıl neden nerede ne zaman kim değil var yok çok daha en gibi kadar ama veya ya ki olan olarak her",
    "uk": "і в у не що він на я з як а то все вона так його але та ти до ж ви за б по тільки її мені було від мене ще ні про із коли навіть якщо вже або бути був них для ми їх чим без цей це при чому як де",
    "vi": "và của là có không được cho các những một này đó trong với khi ở thì mà để từ đến tôi bạn chúng ta anh chị em nó họ như nào gì sao bao giờ đâu rất cũng đã sẽ đang phải",
    "yo": "ni ti si ati ki o mo a wọn wa rẹ mi ninu fun pẹlu bi kí ó ń ní tí sí mo bí ṣe àwọn yìí náà nígbà báwo kini",
    "zh": "我们 你们 他们 这个 那个 什么 怎么 没有 可以 就是 不是 因为 所以 如果 但是 应该 需要 一个 自己 已经 还是 或者 的是 是不 為什 什麼 沒有 應該 我們 他們 這個 因為 如果 可以",
    "zu": "futhi ukuthi ngoba uma kodwa noma lokhu lapho kanjani nini kuphi yini mina wena thina bona",
}  # fmt: skip
_ENGLISH = """a about above after again against all also always am an and any anyone anything are aren't around as at away back be
because been before being below between both but by came can can't cannot come could couldn't did didn't do does doesn't doing don't
done down during each either else enough even ever every everyone everything few for from further get gets getting give go goes going
got had has hasn't have haven't having he he's her here hers him his how how's i i'd i'll i'm i've if in instead into is isn't it
it's its itself just keep know less let let's like likely long look lot made make makes making many may maybe me might mine more most
much must my need needs never new no nor not nothing now of off often ok on once one only or other others our ours out over own people
per please put quite rather really said same say see seem seems set shall she should shouldn't show since so some someone something
still such take tell than thank thanks that that's the their theirs them themselves then there there's these they they're thing things
think this those though through to too try trying under until up upon us use used using very via want wants was wasn't way we we'll
we're we've well were weren't what what's when where whether which while who whom whose why will with within without won't would
wouldn't yes yet you you'd you'll you're you've your yours"""
_SPREAD = 0.5
_SPREAD_OF_FEW = 0.8
_FEW = 8
_LEAST_THEMES = 3

STOPWORDS: dict[str, frozenset[str]] = {
    "en": frozenset(_ENGLISH.split()),
    **{language: frozenset(listed.split()) for language, listed in _LISTS.items()},
}

FUNCTION_SIGNS = frozenset(
    "的了是在和與与及我你您他她它們们這这那有也都就而或把被讓让對对為为於于以所得地著着嗎吗呢吧不很太更最能會会要覺觉"
    "のはがをにでともやへ"
)
EVERY_STOPWORD = frozenset().union(*STOPWORDS.values())


def stopwords(language: str) -> frozenset[str]:
    """The list of a language; every list where the language is not known; none where it is but has no list."""
    return EVERY_STOPWORD if language == UNDETERMINED else STOPWORDS.get(language, frozenset())


def spread_words(by_theme: Sequence[Mapping[str, int]], sizes: Sequence[int]) -> frozenset[str]:
    """Words used about as often in most themes as overall; they say how people talk, not what about.

    Parameters
    ----------
    by_theme : how many people of each theme use each word.
    sizes : people in each theme.
    """
    if len(by_theme) < _LEAST_THEMES:
        return frozenset()
    share = _SPREAD if len(by_theme) >= _FEW else _SPREAD_OF_FEW
    enough = share * len(by_theme)
    themes_with = Counter(chain.from_iterable(by_theme))
    everyone = sum(sizes)
    return frozenset(
        word
        for word, themes in themes_with.items()
        if themes > enough and _usual_in(word, by_theme, sizes, everyone) > enough
    )


def _usual_in(word: str, by_theme: Sequence[Mapping[str, int]], sizes: Sequence[int], everyone: int) -> int:
    """In how many themes a word is used at least half as often as overall."""
    counts = [counts.get(word, 0) for counts in by_theme]
    usual = sum(counts) / everyone
    return sum(count > 0 and count >= usual * size / 2 for count, size in zip(counts, sizes, strict=True))
