"""The words of the report. Keys are the kinds of findings; values are message ids.

Every refusal says which row, what is wrong and what to do."""


def N_(message: str) -> str:
    """Marks a message id for the catalogue; the page translates it when it is shown."""
    return message


SENTENCES = {
    # repairs
    "fullwidth_digits": N_("第 %(row)s 行“%(column)s”：全角的“%(raw)s”按 %(reads_as)s 读。"),
    "stray_spaces": N_("第 %(row)s 行“%(column)s”：去掉了多余的空格，按 %(reads_as)s 读。"),
    "stray_marks": N_("第 %(row)s 行“%(column)s”：去掉了多余的引号，按 %(reads_as)s 读。"),
    "decimal_tail": N_("第 %(row)s 行“%(column)s”：“%(raw)s”按 %(reads_as)s 读。"),
    "building_hash": N_("第 %(row)s 行“%(column)s”：“%(raw)s”按 %(reads_as)s 读。"),
    "building_in_words": N_("第 %(row)s 行“%(column)s”：“%(raw)s”按 %(reads_as)s 读。"),
    "entrance_in_words": N_("第 %(row)s 行“%(column)s”：“%(raw)s”按 %(reads_as)s 读。"),
    "filled_down": N_("第 %(row)s 行“%(column)s”是空的，照上一行按 %(reads_as)s 读，请看一眼对不对。"),
    "parking_without_building": N_(
        "第 %(row)s 行的车位没有写在哪一栋，先记在“%(reads_as)s”下，请看一眼对不对。"
    ),
    "use_missing": N_("第 %(row)s 行没有写用途，按%(reads_as)s记，请看一眼对不对。"),
    "use_unknown": N_("第 %(row)s 行用途“%(raw)s”不认识，按%(reads_as)s记，请看一眼对不对。"),
    "area_with_unit": N_("第 %(row)s 行“%(column)s”：“%(raw)s”去掉单位，按 %(reads_as)s 读。"),
    "area_float_noise": N_("第 %(row)s 行“%(column)s”：%(raw)s 是表格算出来的尾数，按 %(reads_as)s 读。"),
    "area_thousands": N_("第 %(row)s 行“%(column)s”：“%(raw)s”去掉分节的逗号，按 %(reads_as)s 读。"),
    "area_rounded": N_(
        "第 %(row)s 行“%(column)s”：%(raw)s 超过两位小数，四舍五入为 %(reads_as)s，请看一眼对不对。"
    ),
    "name_agent_note": N_(
        "第 %(row)s 行“%(column)s”：“%(raw)s”写有代办人，业主记为 %(reads_as)s，请看一眼对不对。"
    ),
    "name_note": N_(
        "第 %(row)s 行“%(column)s”：“%(raw)s”里括号的话移到备注，业主记为 %(reads_as)s，请看一眼对不对。"
    ),
    "name_and_others": N_(
        "第 %(row)s 行“%(column)s”：“%(raw)s”没有写全，先记 %(reads_as)s，请补上其他共有人。"
    ),
    "name_padded": N_("第 %(row)s 行“%(column)s”：名字中间的空格去掉，按 %(reads_as)s 读。"),
    "coowner_separator": N_("第 %(row)s 行“%(column)s”：“%(raw)s”按几个人读：%(reads_as)s。"),
    "coowner_rows": N_(
        "第 %(row)s 行与第 %(other)s 行合并为同一套房，业主一起记：%(reads_as)s。请看一眼对不对。"
    ),
    "owner_missing": N_("第 %(row)s 行没有写业主，房屋照样收下，请补上业主。"),
    "phone_in_name": N_(
        "第 %(row)s 行“%(column)s”：名字后面的号码移到电话，业主记为 %(reads_as)s，请看一眼对不对。"
    ),
    "phone_grouped": N_("第 %(row)s 行“%(column)s”：“%(raw)s”按 %(reads_as)s 读。"),
    "phone_note": N_("第 %(row)s 行“%(column)s”：“%(raw)s”只留号码 %(reads_as)s，请看一眼对不对。"),
    "phone_several": N_("第 %(row)s 行“%(column)s”有几个号码：%(reads_as)s。请看一眼是谁的。"),
    "phone_unusable": N_("第 %(row)s 行“%(column)s”：“%(raw)s”不是能用的号码，没有记下，请补上。"),
    "delivery_missing": N_("第 %(row)s 行没有写交付状态，按%(reads_as)s记，请看一眼对不对。"),
    "delivery_unknown": N_("第 %(row)s 行交付状态“%(raw)s”不认识，按%(reads_as)s记，请看一眼对不对。"),
    "floor_unreadable": N_("第 %(row)s 行楼层“%(raw)s”读不出来，楼层先空着，请看一眼对不对。"),
    "formula_dropped": N_("第 %(row)s 行“%(column)s”里是公式，没有记下。"),
    "estate_unknown": N_(
        "工作表“%(sheet)s”没有写是哪个小区，先记为“%(reads_as)s”。请加上“小区”一列，或者用小区名给工作表命名。"
    ),
    "inner_area_column": N_("这张表只有“%(column)s”。表决要按产权证上的建筑面积，请核对后再用。"),
    # skipped
    "blank_row": N_("第 %(row)s 行是空行，跳过。"),
    "blank_rows": N_("第 %(row)s 行起有 %(detail)s 个空行，跳过。"),
    "subtotal_row": N_("第 %(row)s 行是小计（%(raw)s），不算房屋。"),
    "total_row": N_("第 %(row)s 行是合计（%(raw)s），不算房屋。"),
    "footer_row": N_("第 %(row)s 行是表尾的话（%(raw)s），不算房屋。"),
    "note_row": N_("第 %(row)s 行只有文字（%(raw)s），不算房屋。"),
    "section_row": N_("第 %(row)s 行是分栋的小标题（%(raw)s），下面的房屋记在这一栋。"),
    "repeated_header": N_("第 %(row)s 行又是表头，跳过。"),
    "numbering_row": N_("第 %(row)s 行是列的编号，跳过。"),
    "example_row": N_("第 %(row)s 行是填写示例，跳过。"),
    "continued_row": N_("第 %(row)s 行与第 %(other)s 行合并为同一套房，跳过。"),
    "duplicate_row": N_("第 %(row)s 行（%(place)s）与第 %(other)s 行是同一套房，内容重复，只收前面一行。"),
    "duplicate_row_other_phone": N_(
        "第 %(row)s 行（%(place)s）与第 %(other)s 行是同一套房、同一业主，电话不同，只收前面一行，请看一眼哪个号码对。"
    ),
    "sheet_without_table": N_("工作表“%(sheet)s”里没有房屋表，跳过。"),
    "hidden_sheet": N_("工作表“%(sheet)s”是隐藏的，没有读。要导入请先取消隐藏。"),
    # refused
    "area_missing": N_(
        "第 %(row)s 行（%(place)s）没有面积，“%(column)s”是空的。"
        "请照产权证（没有就照测绘或合同）填上面积，再导入这一行。"
    ),
    "area_not_a_number": N_(
        "第 %(row)s 行（%(place)s）的面积“%(raw)s”不是数字。请在“%(column)s”填上平方米数，再导入这一行。"
    ),
    "area_out_of_range": N_(
        "第 %(row)s 行（%(place)s）的面积“%(raw)s”不合理。请核对“%(column)s”，改好后再导入这一行。"
    ),
    "area_merged": N_(
        "第 %(row)s 行（%(place)s）的面积与别的房屋合并在一格里，分不清各是多少。请拆开，每套房各填面积，再导入这一行。"
    ),
    "formula_cell": N_(
        "第 %(row)s 行（%(place)s）的“%(column)s”是没有算出结果的公式（%(detail)s）。请改成数值后再导入这一行。"
    ),
    "formula_text": N_(
        "第 %(row)s 行（%(place)s）的“%(column)s”是公式（%(raw)s），不能收。请改成文字或数字后再导入这一行。"
    ),
    "cell_too_long": N_(
        "第 %(row)s 行（%(place)s）的“%(column)s”太长，不像房屋表里的内容。请核对后再导入这一行。"
    ),
    "room_missing": N_("第 %(row)s 行没有房号。请在“%(column)s”填上房号，再导入这一行。"),
    "building_missing": N_("第 %(row)s 行（%(place)s）看不出在哪一栋。请写明楼栋，再导入这一行。"),
    "house_number_date": N_(
        "第 %(row)s 行的“%(column)s”被表格程序变成了日期（%(raw)s）。请把这一列设成文本，重新填上房号，再导入这一行。"
    ),
    "house_number_unreadable": N_(
        "第 %(row)s 行的“%(raw)s”看不懂是哪一套房。请写成“3-2-501”或“3号楼2单元501”，再导入这一行。"
    ),
    "house_number_conflict": N_(
        "第 %(row)s 行“%(column)s”写的是“%(raw)s”，与同一行的楼栋或单元对不上（%(detail)s）。请核对房号，再导入这一行。"
    ),
    "duplicate_unit_other_owner": N_(
        "第 %(row)s 行（%(place)s）与第 %(other)s 行是同一套房，业主却不同：%(detail)s。"
        "请核对后只留一行；若是共有人，请写在同一行里。"
    ),
    "duplicate_unit_other_area": N_(
        "第 %(row)s 行（%(place)s）与第 %(other)s 行是同一套房，面积却不同：%(detail)s。请核对后只留一行。"
    ),
    "sheet_without_area": N_(
        "工作表“%(sheet)s”的表头里没有面积这一列。请加上“专有面积(㎡)”一列，再导入这张表。"
    ),
}
