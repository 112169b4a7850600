"""The result file of the authority's system."""

from flask_wtf.file import FileField

from ...core.forms import Form, LineField, longest, required
from ...core.text import N_


class OfficialForm(Form):
    """A file to look at."""

    file = FileField(N_("结果文件"), [required(N_("请选一个文件。"))])


class TakingForm(Form):
    """A file that was looked at goes into the box."""

    stated = LineField(N_("主管部门给的校验值（SHA-256）"), (longest(100),))
