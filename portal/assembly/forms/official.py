"""The result file of the authority's system."""

from flask_wtf.file import FileField

from ...core.forms import Form, required
from ...core.text import N_


class OfficialForm(Form):
    """A file to look at."""

    file = FileField(N_("结果文件"), [required(N_("请选一个文件。"))])
