"""Chinese."""

from massline.engine.languages.language import (
    CallWords,
    Language,
    NumberWords,
    parse_number_words,
    parse_word_list,
    parse_word_set,
)

LANGUAGE = Language(
    "zh",
    stop_words=parse_word_set(
        """
        我们 你们 他们 这个 那个 什么 怎么 没有 可以 就是 不是 因为 所以 如果 但是 应该 需要 一个 自己 已经 还是 或者 的是 是不 為什 什麼 沒有 應該 我們 他們 這個 因為
        如果 可以 大家 一些 这样 那样 现在 时候 一下 一直 比较 真的 其实 非常 之后 之前 知道 觉得 希望
        """
    ),
    question_words=parse_word_set("为什么 怎么 什么时候 哪里 谁 如何"),
    titles_after=("先生", "女士", "小姐", "老师", "師傅", "师傅", "阿姨"),
    function_signs=frozenset(
        "的了是在和與与及我你您他她它們们這这那有也都就而或把被讓让對对為为於于以所得地著着嗎吗呢吧不很太更最能會会要覺觉"
    ),
    has_capitals=False,
    has_spaces=False,
    numbers=NumberWords(
        values=parse_number_words("零=0 一=1 二=2 两=2 兩=2 三=3 四=4 五=5 六=6 七=7 八=8 九=9"),
        multipliers={"十": 10, "百": 100, "千": 1000, "万": 10000, "萬": 10000, "亿": 100_000_000},
        # One sign alone is mostly part of another word ("一起", "十分").
        not_alone=parse_word_set("零 一 二 两 兩 三 四 五 六 七 八 九 十 百 千 万 萬 亿"),
        fractions={
            "一半": 1 / 2,
            "半数": 1 / 2,
            "三分之一": 1 / 3,
            "三分之二": 2 / 3,
            "四分之一": 1 / 4,
            "四分之三": 3 / 4,
            "五分之一": 1 / 5,
        },
        percent_before=("百分之",),
        rough=("大约", "约", "将近", "接近", "差不多", "超过"),
    ),
    calls=CallWords(
        passive=r"(?:被|遭到|受到)",
        nobody_acts=("必须得到", "应该得到", "应当得到", "有待解决", "亟待"),
        place_open=("待定", "待通知", "另行通知", "地点再说", "稍后公布"),
        soon=("很快", "近期", "不久", "尽快", "过几天", "敬请期待"),
        no_deed=(
            *("提高意识", "提高认识", "支持我们", "支持(?:这场)?斗争"),
            *("加入斗争", "关注我们", "做点什么", "行动起来"),
        ),
        imperatives=parse_word_list(
            "请来 带上 签名 签字 打电话 写信 转发 分享 捐款 投票 敲门 邀请 告诉 帮忙"
        ),
        listing="(?:,|\uff0c|、|/|\\+|;|和|并|再)",
        coming=("请来", "来"),
        conjunction="和|并且|以及",
        second_step="然后|接着|再去|同时",
    ),
)
