"""How templates become Python: one Jinja environment a language, its constants folded in when it is compiled.

A page asks for some hundreds of words and prints some thousand values, so what one of them costs is what the page
costs. `_("…")` with nothing to fill in becomes the text itself, and a leaf on a constant the markup it makes;
what a leaf drew is not escaped a second time. What was compiled is kept from one process to the next, so that a worker
that has to be started again is back at once.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape
from markupsafe import _escape_inner as _escape_text  # type: ignore[attr-defined]  # what `escape` wraps

from .leaves import leaves
from .text import LANGUAGES, words


@cache
def environment(lang: str, app: Any) -> jinja2.Environment:
    """The environment of a language: `_` and every leaf are bound once, so macros need no context."""
    speak = words(lang)
    own: jinja2.Environment = app.jinja_env.overlay(cache_size=-1)
    own.globals = dict(app.jinja_env.globals, _=speak.gettext, ngettext=speak.ngettext, lang=lang)
    own.filters = dict(app.jinja_env.filters, **leaves(lang, speak.gettext))
    own.code_generator_class, own.context_class = Drawing, Reading
    own.bytecode_cache = Compiled(Path(app.config["COMPILED"]) / lang)
    # A plain dict: what a template imports compares its globals with those of the page, import by import.
    own.make_globals = lambda d: {**own.globals, **(d or {})}  # type: ignore[method-assign]
    return own


def put(value: Any) -> str:
    """A value as it stands in the page, escaped as Jinja would. Most are plain texts, for which Jinja makes an
    object of `Markup` that the joining of the page throws away."""
    kind = type(value)
    if kind is str:
        return _escape_text(value)
    return str(value) if kind is int else escape(value)


def warm(app: Any) -> None:
    """Compile every template in every language, so that no reader waits for it: for the start of a server, after
    the features are installed."""
    for lang in LANGUAGES:
        own = environment(lang, app)
        for name in own.list_templates(extensions=["html"]):
            own.get_template(name)


class Compiled(jinja2.FileSystemBytecodeCache):
    """A file a template, good for as long as not only the template is the same but all that was folded into it:
    catalogues, icons, addresses of static files, the leaves and this compiler."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().__init__(str(folder), "%s")

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(_state() + source)


@cache
def _state() -> str:
    """Of the whole program: what changes in it changes this."""
    root = Path(__file__).parents[2]
    files = (path for part in ("portal", "static", "templates") for path in (root / part).rglob("*.*"))
    facts = sorted((str(path), *_facts(path)) for path in files if path.suffix != ".pyc")
    return hashlib.sha256(repr((jinja2.__version__, facts)).encode()).hexdigest()


def _facts(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


class Reading(Context):
    """Calls a macro at once, where Jinja first asks every callable twice what it wants to be passed, and then sorts
    out who gave which argument how."""

    def call(self, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        if type(obj) is not Macro:
            return super().call(obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        if obj.caller or obj.catch_kwargs or obj.catch_varargs or not self.eval_ctx.autoescape:
            return obj(self.eval_ctx, *args, **kwargs)
        args += tuple([kwargs.pop(name, missing) for name in obj.arguments[len(args) :]])
        if kwargs or len(args) > len(obj.arguments):
            return obj(self.eval_ctx, *args, **kwargs)  # says what is wrong
        return str.__new__(Markup, obj._func(*args))


class Drawing(CodeGenerator):
    """Jinja's own compiler with three things of ours; all stand on hooks that tests/core/test_drawing.py guards."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        self.writeline(f"from {__name__} import put")
        super().visit_Template(_Folded().visit(node, self.environment.globals["_"]), frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Asked on the spot; only what has no such attribute goes to Jinja, which looks for an item of the name."""
        self.write("(_a if (_a := getattr((_o := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing else environment.getattr(_o, {node.attr!r}))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _escapes(frame, finalize):
            self.write("(_v if type(_v := (")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _escapes(frame, finalize):
            self.write(")) is Markup else put(_v))")
        else:
            super()._output_child_post(node, frame, finalize)


def _escapes(frame: Frame, finalize: Any) -> bool:
    """Whether values are escaped here, and nothing else is done to them."""
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile and finalize.src is None


class _Folded(NodeTransformer):
    """Puts the text in the place of `_("text")`; the compiler escapes it as any other constant."""

    def visit_Concat(self, node: nodes.Concat, gettext: Any) -> nodes.Node:  # noqa: N802
        """Left alone: of constants joined by `~` Jinja forgets which were markup."""
        return node

    def visit_Call(self, node: nodes.Call, gettext: Any) -> nodes.Node:  # noqa: N802
        self.generic_visit(node, gettext)
        plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs) and len(node.args) == 1
        if plain and isinstance(node.node, nodes.Name) and node.node.name == "_":
            said = node.args[0]
            if isinstance(said, nodes.Const):
                return nodes.Const(gettext(said.value), lineno=node.lineno, environment=node.environment)
        return node
