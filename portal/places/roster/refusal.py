"""When a file is not read at all: one sentence that says why and what to do."""

from portal.places.roster.sentences import N_

REASONS = {
    "empty": N_("这个文件是空的，请重新选择文件。"),
    "too_big": N_("文件超过 20 MB。请删去图片和多余的工作表后再导入。"),
    "old_excel": N_("这是旧版的 .xls 文件。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。"),
    "locked": N_("这个表格加了打开密码。请去掉密码，另存为 .xlsx 后再导入。"),
    "pdf": N_("这是 PDF 文件，不是表格。请导入原来的 .xlsx 或 .csv 文件。"),
    "picture": N_("这是一张图片，不是表格。请导入 .xlsx 或 .csv 文件。"),
    "word": N_("这是 Word 文档。请把表格复制到 Excel 或 WPS 表格里，存为 .xlsx 后再导入。"),
    "other_workbook": N_("这种表格格式读不了。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。"),
    "not_a_table": N_("这个文件不是表格。可以导入的是 .xlsx、.csv，或者系统导出的网页表格 .xls。"),
    "damaged": N_("文件损坏，或者内容不像表格，读不出来。请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。"),
    "unsafe": N_(
        "文件里有表格不该有的内容，为安全起见没有打开。请用 Excel 或 WPS 另存为新的 .xlsx 后再导入。"
    ),
    "inflating": N_("文件解压后大得不正常，没有打开。请把房屋表单独复制到新的工作簿，存为 .xlsx 后再导入。"),
    "too_slow": N_("文件太大或太复杂，30 秒内没有读完。请分成几个小一些的文件再导入。"),
    "too_many_rows": N_("行数超过 60000。请按小区分成几个文件再导入。"),
    "too_many_columns": N_("第 %(row)s 行超过 100 列，不像房屋表。请只留需要的列再导入。"),
    "too_many_sheets": N_("工作表超过 200 张。请只留房屋表再导入。"),
    "too_many_merges": N_("合并单元格太多，读不了。请取消合并后再导入。"),
    "too_much_text": N_("表里的文字太多，不像房屋表。请只留需要的列再导入。"),
    "long_line": N_("第 %(row)s 行太长，不像表格。请检查文件，重新导出后再导入。"),
    "long_field": N_("第 %(row)s 行附近有一格超过 10000 个字，常见的原因是引号没有成对。请改好后再导入。"),
    "open_quote": N_(
        "第 %(row)s 行附近的引号没有成对，后面的行会混在一起。请改好引号，或者另存为 .xlsx 再导入。"
    ),
    "nul": N_("文件里有空字符，不是文本表格。请重新导出为 .csv 或 .xlsx。"),
    "binary": N_("文件里有文字以外的内容，不是文本表格。请重新导出为 .csv 或 .xlsx。"),
    "encoding": N_("认不出文件的文字编码。请另存为“CSV UTF-8”或 .xlsx 后再导入。"),
    "no_table": N_("网页里没有表格。请重新导出，或者另存为 .xlsx 后再导入。"),
    "no_header": N_("没有找到表头。请让其中一行写明“房号”“专有面积”“业主姓名”等列名，再导入。"),
    "no_area_column": N_("表头里没有面积这一列。请加上“专有面积(㎡)”一列再导入。"),
    "no_units": N_("找到了表头，下面却没有房屋。请检查是不是选错了文件。"),
}


class RosterRefused(Exception):
    """The whole file is refused. `template % values` is the sentence; `template` is a message id."""

    def __init__(self, code: str, row: int | None = None) -> None:
        self.code = code
        self.template = REASONS.get(code, REASONS["damaged"])
        self.values: dict[str, object] = {"row": row}
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The reason in Chinese."""
        return self.template % self.values
