"""The hooks into Jinja that `core.drawing` stands on: what they save must not change what is drawn."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2 import Environment, StrictUndefined
from jinja2.compiler import generate
from jinja2.exceptions import UndefinedError

from portal.core import drawing
from portal.core.text import LANGUAGES, Words


@pytest.fixture(params=["zh", "en"])
def own(request: pytest.FixtureRequest, application: Flask) -> Environment:
    return drawing.environment(request.param, application)


def drawn(own: Environment, source: str, **values: object) -> str:
    return own.from_string(source).render(values)


def said(own: Environment, sentence: str) -> str:
    gettext: Any = own.globals["_"]
    return str(gettext(sentence))


def code(own: Environment, source: str) -> str:
    return str(generate(own._parse(source, None, None), own, None, "test.html"))


def test_a_constant_sentence_is_text_in_the_compiled_template(own: Environment) -> None:
    word = said(own, "议题")
    assert f"<b>{word}</b>" in code(own, "<b>{{ _('议题') }}</b>")
    assert drawn(own, "{{ _('议题') }}") == word


def test_a_leaf_on_a_constant_is_markup_in_the_compiled_template(own: Environment) -> None:
    assert 'href="/static/icons.svg#i-bell"' in code(own, "{{ 'bell'|icon }}{{ _('通知') }}")


def test_folded_text_is_escaped(own: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue is written by people: its `<` and `&` stay letters."""
    words = Words(lambda _sentence: "<i> & <b>", lambda one, _many, _n: one)
    monkeypatch.setitem(own.globals, "_", words.gettext)
    for source in ("{{ _('x') }}", "{{ _('x')|trim }}", "{% set x = _('x') %}{{ x }}", "{{ [_('x')][0] }}"):
        assert drawn(own, source) == "&lt;i&gt; &amp; &lt;b&gt;"


def test_a_sentence_with_a_gap_is_filled_when_it_is_drawn(own: Environment) -> None:
    assert drawn(own, "{{ _('%(n)s 月') % {'n': n} }}", n="<3>").startswith("&lt;3&gt;")


def test_markup_joined_to_words_stays_markup(own: Environment) -> None:
    text = drawn(own, "{% set x = 'bell'|icon ~ _('通知') ~ bad %}{{ x }}", bad="<b>")
    assert text.startswith("<svg")
    assert text.endswith("&lt;b&gt;")


@pytest.mark.parametrize(
    "source", ["{{ x }}", "{% macro m(v) %}{{ v }}{% endmacro %}{{ m(x) }}", "{{ (x, 1)[0] }}"]
)
@pytest.mark.parametrize("value", ["<b>", 5, None, ["<b>"], True])
def test_values_are_escaped_as_jinja_escapes_them(own: Environment, source: str, value: object) -> None:
    assert drawn(own, source, x=value) == Environment(autoescape=True).from_string(source).render(x=value)


def test_macros_take_what_jinja_lets_them_take(own: Environment) -> None:
    source = (
        "{% macro m(a, b='-') %}{{ a }}{{ b }}{{ caller() if caller is defined }}{% endmacro %}"
        "{% for n in (1, 2) %}{{ m(n) }}{{ m(n, b=x) }}{% call m('c') %}{{ x }}{% endcall %}{% endfor %}"
    )
    plain = Environment(autoescape=True).from_string(source).render(x="<")
    assert drawn(own, source, x="<") == plain


@pytest.mark.parametrize("call", ["m()", "m(1, 2, 3)", "m(1, z=2)", "m(1, a=2)"])
def test_a_macro_called_wrongly_says_so(own: Environment, call: str) -> None:
    source = "{% macro m(a, b='-') %}{{ a }}{{ b }}{% endmacro %}{{ " + call + " }}"
    with pytest.raises((TypeError, UndefinedError)) as plain:
        Environment(autoescape=True, undefined=StrictUndefined).from_string(source).render()
    with pytest.raises(plain.type, match=re.escape(str(plain.value))):
        drawn(own, source)


def test_a_macro_gets_what_it_asks_for_by_name(own: Environment) -> None:
    source = (
        "{% macro m(a, b=2, c=3) %}{{ a }}{{ b }}{{ c }};{% endmacro %}"
        "{% macro v(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}"
        "{{ m(1) }}{{ m(1, c='<') }}{{ m(c=x, a=0) }}{{ m(1, None, 3) }}{{ v(1, 2, x='<') }}"
    )
    assert drawn(own, source, x="&") == Environment(autoescape=True).from_string(source).render(x="&")


class _Thing:
    plain = 1
    nothing = None

    @property
    def broken(self) -> int:
        raise KeyError("broken")


ATTRIBUTES = (
    "t.plain",
    "t.nothing",
    "d.key.key",
    "d.items()|length",
    "(t if t.plain else d).plain",
    "l.0",
    "d.get('key').key",
)


@pytest.mark.parametrize("asked", ATTRIBUTES)
def test_attributes_and_items_are_found_as_jinja_finds_them(own: Environment, asked: str) -> None:
    values = {"t": _Thing(), "d": {"key": {"key": "<"}}, "l": ["&"]}
    source = "{{ " + asked + " }}{% for t in [t] %}{% set x = " + asked + " %}{{ x }}{% endfor %}"
    assert drawn(own, source, **values) == Environment(autoescape=True).from_string(source).render(**values)


@pytest.mark.parametrize(("asked", "error"), [("t.missing", UndefinedError), ("t.missing.more", UndefinedError),
                                              ("t.broken", KeyError), ("gone.plain", UndefinedError)])  # fmt: skip
def test_an_attribute_that_is_missing_is_an_error(
    own: Environment, asked: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        drawn(own, "{{ " + asked + " }}", t=_Thing())
    assert drawn(own, "{{ t.missing is defined }}{{ t.missing|default('-') }}", t=_Thing()) == "False-"


def test_an_imported_template_sees_the_globals(own: Environment) -> None:
    source = "{% from 'ui/crumbs.html' import crumbs %}{{ crumbs([('x', '/')]) }}"
    assert said(own, "位置") in drawn(own, source)


def test_a_warm_application_compiles_nothing_more(
    application: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing.warm(application)

    def compiled(*_given: object) -> None:
        raise AssertionError("a template was compiled after the start")

    for lang in LANGUAGES:
        own = drawing.environment(lang, application)
        monkeypatch.setattr(own, "compile", compiled)
        assert own.get_template("layout/base.html").name == "layout/base.html"


def test_what_was_compiled_is_kept_until_something_in_it_changes(
    own: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def afresh() -> Environment:
        """As a process that begins."""
        another = own.overlay(cache_size=-1, bytecode_cache=drawing.Compiled(tmp_path / "compiled"))
        another.globals, another.make_globals = own.globals, own.make_globals  # type: ignore[method-assign]
        return another

    def compiled(*_given: object) -> None:
        raise AssertionError("compiled again")

    afresh().get_template("ui/crumbs.html")
    monkeypatch.setattr(Environment, "compile", compiled)
    assert "crumbs" in afresh().get_template("ui/crumbs.html").module.__dict__
    monkeypatch.setattr(drawing, "_state", lambda: "another word in a catalogue")
    with pytest.raises(AssertionError, match="compiled again"):
        afresh().get_template("ui/crumbs.html")
