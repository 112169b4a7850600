"""Templates: they compile, are used, and hold nothing that the content security policy would refuse."""

import re
from pathlib import Path

import pytest
from flask import Flask

from portal.core.drawing import environment

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "templates"
NAMES = sorted(p.relative_to(FOLDER).as_posix() for p in FOLDER.rglob("*") if p.suffix in (".html", ".txt"))
SOURCES = {name: (FOLDER / name).read_text() for name in NAMES}
BARE = {name: re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL) for name, text in SOURCES.items()}
"""Without comments."""
PYTHON = "\n".join(p.read_text() for p in sorted((ROOT / "portal").rglob("*.py")))


def found(pattern: str) -> list[str]:
    return [
        f"{n}: {m.group(0)[:60]}"
        for n, text in BARE.items()
        for m in re.finditer(pattern, text, re.IGNORECASE)
    ]


def test_there_are_templates() -> None:
    assert len(NAMES) > 20


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_template_compiles(lang: str, application: Flask) -> None:
    compiled = environment(lang, application)
    for name in NAMES:
        compiled.get_template(name)


FORBIDDEN = {
    "a style attribute": r"\sstyle\s*=",
    "a style element": r"<style\b",
    "an inline script": r"<script\b(?![^>]*\bsrc=)",
    "an event attribute": r"<[^>{%]*\son[a-z]+\s*=",
    "hx-on": r"\bhx-on\b",
    "evaluated values": r"\bhx-[\w:-]+\s*=\s*[\"'](js|javascript):",
    "a filter of a trigger": r"hx-trigger\s*=\s*[\"'][^\"']*\[",
    "a script address": r"(href|src|action)\s*=\s*[\"']\s*javascript:",
    "another host": r"(src|href)\s*=\s*[\"'](https?:)?//(?!www\.w3\.org)",
    "unescaped values": r"(?<!['\"])\|\s*safe\b",
    "escaping turned off": r"autoescape\s+false",
    "an end that is said as a beginning, midnight as 0:00": (
        r"\b(closes_at|due_at|ends_at|\w+_until|(rule|notice|redo)_by)\s*\|\s*(when|dated)\b"
    ),
    "a swap into the element itself": r"hx-swap\s*=\s*[\"']innerHTML",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has(what: str) -> None:
    assert found(FORBIDDEN[what]) == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a style attribute", '<p style="x">'), ("an inline script", "<script>x</script>"),
        ("an event attribute", '<a href="#" onclick="x">'), ("evaluated values", "hx-vals='js:x'"),
        ("a filter of a trigger", 'hx-trigger="every 5s[x]"'), ("unescaped values", "{{ body|safe }}"),
    ],
)  # fmt: skip
def test_the_patterns_find_what_they_should(what: str, text: str) -> None:
    assert re.search(FORBIDDEN[what], text)


UNSAID = {
    "layout/error.html": {"议"},  # the mark
    "layout/parts.html": {"议"},
    "layout/switches.html": {"中文"},  # a language in itself
    "councils/topics/new.html": {"甲乙丙丁戊己"},  # numbers of options, as on every ballot
    "places/units/show.html": {"、"},  # between phones as they are kept
}
TEXT = r"""n?_\(\s*(?:"[^"]*"|'[^']*')(?:\s*,\s*"[^"]*")?|ngettext\("[^"]*", "[^"]*\""""


def test_nothing_chinese_stands_outside_a_text() -> None:
    """Punctuation neither: it would stand in English sentences. A full-width space is only a space."""
    wrong = {}
    for name, text in BARE.items():
        said = set(re.findall(r"[，。；：、（）「」《》？！一-鿿]+", re.sub(TEXT, "", text)))
        if name != "component_gallery.html" and said - UNSAID.get(name, set()):
            wrong[name] = said
    assert wrong == {}


def test_every_form_that_posts_has_its_key() -> None:
    without = [
        name
        for name, text in BARE.items()
        for form in re.findall(r"<form\b.*?</form>", text, re.DOTALL | re.IGNORECASE)
        if re.search(r"method\s*=\s*[\"']post", form, re.IGNORECASE)
        and not re.search(r"csrf_token|form_key|hidden_tag", form)
    ]
    assert without == []


def test_every_htmx_target_is_an_id() -> None:
    targets = re.compile(r"hx-target\s*=\s*\"([^\"]*)\"")
    wrong = [
        f"{n}: {t}"
        for n, text in BARE.items()
        for t in targets.findall(text)
        if not t.startswith(("#", "{", "this"))
    ]
    assert wrong == []


def test_every_template_is_used() -> None:
    everything = PYTHON + "\n".join(BARE.values())
    said = set(re.findall(r"[\"']([\w/.-]+\.(?:html|txt))[\"']", everything))
    by_pattern = [re.compile(re.escape(p).replace(r"\{\}", r"[\w-]+")) for p in _patterns(PYTHON)]
    unused = [n for n in NAMES if n not in said and not any(p.fullmatch(n) for p in by_pattern)]
    assert unused == []


def _patterns(code: str) -> set[str]:
    """Names that are put together: f"accounts/{kind}/show.html" → accounts/{}/show.html."""
    made = re.findall(r"f[\"']([\w/.{}-]*\{[^\"']*\.html)[\"']", code)
    return {re.sub(r"\{[^}]*\}", "{}", name) for name in made}


def test_every_macro_is_used() -> None:
    unused = []
    for name, text in BARE.items():
        for macro in re.findall(r"\{%-?\s*macro\s+(\w+)", text):
            used = re.compile(rf"\b{macro}\b")
            here = len(used.findall(text)) > 1
            if not here and not any(used.search(other) for n, other in BARE.items() if n != name):
                unused.append(f"{name}: {macro}")
    assert unused == []


def test_what_is_imported_exists() -> None:
    missing = []
    for name, text in BARE.items():
        for source, wanted in re.findall(r"from\s+[\"']([\w/.-]+)[\"']\s+import\s+([\w\s,]+?)\s*-?%\}", text):
            for word in re.split(r"\s*,\s*", re.sub(r"\s+with(out)? context", "", wanted)):
                macro = word.split(" as ")[0].strip()
                if not re.search(rf"(macro|set)\s+{macro}\b", BARE.get(source, "")):
                    missing.append(f"{name}: {macro} of {source}")
    assert missing == []


def test_every_icon_exists() -> None:
    icons = set(re.findall(r'<symbol id="i-([\w-]+)"', (ROOT / "static/icons.svg").read_text()))
    named = [(n, icon) for n, text in BARE.items() for icon in re.findall(r"'([\w-]+)'\|icon", text)]
    assert named
    assert [f"{n}: {icon}" for n, icon in named if icon not in icons] == []


def test_a_button_with_an_address_of_its_own_is_in_a_plain_form() -> None:
    """htmx sends a form to the form's own hx-post, whichever button was pressed, and a button's hx-post without the
    form: 改一改 would hand in, or send nothing."""
    forms = [
        (n, form) for n, text in BARE.items() for form in re.findall(r"<form.*?</form>", text, re.DOTALL)
    ]
    both = [n for n, form in forms if "formaction" in form and "hx-post" in form]
    assert both == []
    assert found(r"<button[^>]*\shx-post=") == []
