"""How a result came about, in everyday words: pure, from what a poll asked and what its count says.

`explain(Question(method, options, params, tally))` gives the verdict, the steps with their bars, and tables. It
counts nothing again; every figure is one of the tally, or the difference of two of them.
"""

from .methods import explain as explain
from .parts import Explanation as Explanation
from .parts import Question as Question
