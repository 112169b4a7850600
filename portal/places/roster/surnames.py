"""Surnames, to tell two people in one cell from one name with a gap in it."""

COMPOUND = frozenset(
    (
        "欧阳 司马 上官 诸葛 夏侯 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 端木 百里 呼延 南宫 独孤 轩辕 拓跋 "
        "完颜 申屠 太史 澹台 公羊 淳于 单于 钟离 闻人 第五 东郭 南门 西门 左丘 梁丘 乐正 谷梁 鲜于 闾丘 仲孙 亓官 巫马"
    ).split()
)
COMMON = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛"
    "伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景"
    "薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁"
    "商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆明沙伏岑习胥保和蔺冶喇闫肖"
)


def begins_like_a_name(text: str) -> bool:
    """Two to four signs that begin with a surname."""
    return 2 <= len(text) <= 4 and (text[0] in COMMON or text[:2] in COMPOUND)
