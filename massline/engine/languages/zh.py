"""Chinese."""

from massline.engine.languages.language import Language, words

LANGUAGE = Language(
    "zh",
    stop_words=words(
        """
        我们 你们 他们 这个 那个 什么 怎么 没有 可以 就是 不是 因为 所以 如果 但是 应该 需要 一个 自己 已经 还是 或者 的是 是不 為什 什麼 沒有 應該 我們 他們 這個 因為
        如果 可以
        """
    ),
    question_words=words("为什么 怎么 什么时候 哪里 谁 如何"),
    titles_after=("先生", "女士", "小姐", "老师", "師傅", "师傅", "阿姨"),
    function_signs=frozenset(
        "的了是在和與与及我你您他她它們们這这那有也都就而或把被讓让對对為为於于以所得地著着嗎吗呢吧不很太更最能會会要覺觉"
    ),
    has_capitals=False,
    has_spaces=False,
)
