"""Every sentence of the interface has its English; a sentence without one would show in Vietnamese on an English page."""

import ast
import re
import shutil
import subprocess
import sys
from typing import NamedTuple

import pytest

from tests.house.tree import ROOT, files, name

CATALOGUE = "emulation/locale/en/LC_MESSAGES/django.po"
ENTRY = re.compile(
    r'^(?:msgctxt "(?P<context>.*)"\n)?msgid "(?P<source>.+)"\n(?:msgid_plural ".*"\n)?(?P<said>(?:msgstr(?:\[\d\])? ".*"\n)+)',
    re.MULTILINE,
)
PLACE = re.compile(r"%\(\w+\)[sd]|{\w*}|</?\w+>")
VIETNAMESE = re.compile(r"\w*[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]\w*")
GETTEXT = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "pgettext", "pgettext_lazy", "ngettext_lazy"}
# What is the same in both languages: the names of the two languages, the state's own words, documents, and the page of the kit.
VIETNAMESE_ONLY = {
    "templates/blocs/text.html",
    "templates/layout/components.html",
    "templates/layout/person_menu.html",
    "templates/layout/plain.html",
}


class Entry(NamedTuple):
    """A sentence and its English, both forms of it where it counts."""

    context: str
    source: str
    english: list[str]


@pytest.fixture(scope="module")
def gathered(tmp_path_factory):
    """The committed catalogue, brought up to date in a copy of the project."""
    copy = tmp_path_factory.mktemp("project")
    for folder in ("blocs", "deploy", "emulation", "scoring", "templates"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    shutil.copy(ROOT / "manage.py", copy)
    subprocess.run([sys.executable, copy / "deploy" / "messages.py"], check=True, capture_output=True)
    return copy / CATALOGUE


def entries(catalogue):
    """The entries of a catalogue whose lines are not wrapped."""
    text = re.sub(r'"\n"', "", catalogue.read_text(encoding="utf-8"))
    found = ENTRY.finditer(text)
    return [
        Entry(entry["context"] or "", entry["source"], re.findall(r'^msgstr\S* "(.*)"$', entry["said"], re.MULTILINE))
        for entry in found
    ]


def sources(catalogue):
    return {(entry.context, entry.source) for entry in entries(catalogue)}


def modules():
    """The project's own Python files with their syntax trees."""
    for app in ("blocs", "emulation", "scoring"):
        for path in files("*.py", under=app):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def is_gettext(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in GETTEXT


def test_every_sentence_is_in_the_catalogue(gathered):
    assert sources(gathered) - sources(ROOT / CATALOGUE) == set()


def test_no_translation_is_left_over(gathered):
    assert sources(ROOT / CATALOGUE) - sources(gathered) == set()
    assert "\n#~" not in (ROOT / CATALOGUE).read_text(encoding="utf-8")


def test_every_sentence_is_translated_and_by_nobody_guessed():
    assert [entry.source for entry in entries(ROOT / CATALOGUE) if not all(entry.english)] == []
    assert ", fuzzy" not in (ROOT / CATALOGUE).read_text(encoding="utf-8")


def test_what_is_filled_in_is_the_same_in_both_languages():
    differing = [
        entry.source
        for entry in entries(ROOT / CATALOGUE)
        for said in entry.english
        if set(PLACE.findall(said)) != set(PLACE.findall(entry.source))
    ]
    assert differing == []


def test_a_translation_begins_and_ends_as_its_source():
    """Spaces around a joining word, the colon before a list, the full stop, the dots of a button that asks first."""
    ends = re.compile(r"^( ?).*?([.:;…,?]? ?)$", re.DOTALL)
    differing = [
        entry.source
        for entry in entries(ROOT / CATALOGUE)
        for said in entry.english
        if ends.match(said).groups() != ends.match(entry.source).groups()
    ]
    assert differing == []


def test_english_holds_no_vietnamese_but_names_and_examples():
    strange = [
        (entry.source, word)
        for entry in entries(ROOT / CATALOGUE)
        for said in entry.english
        for word in VIETNAMESE.findall(said)
        if word not in entry.source
    ]
    assert strange == []


def test_no_template_says_anything_unmarked():
    """Vietnamese words outside of `translate` and `blocktranslate`."""
    marked = re.compile(
        r"{% comment %}.*?{% endcomment %}|{#.*?#}|{% blocktranslate\b.*?{% endblocktranslate %}"
        r'|{% translate "[^"]*".*?%}|\b_\("[^"]*"\)',
        re.DOTALL,
    )
    found = {
        (name(path), word)
        for path in files("*.html", under="templates")
        if "documents" not in path.parts and name(path) not in VIETNAMESE_ONLY
        for word in VIETNAMESE.findall(marked.sub("", path.read_text(encoding="utf-8")))
    }
    assert found == set()


def test_no_sentence_hides_where_it_is_not_gathered():
    """A call inside a formatted string is overlooked; a formatted or joined text is a sentence that the catalogue cannot have."""
    hidden = [
        f"{name(path)}:{call.lineno}"
        for path, tree in modules()
        for node in ast.walk(tree)
        for call in ast.walk(node)
        if is_gettext(call)
        and (
            (isinstance(node, ast.JoinedStr) and any(isinstance(given, ast.Constant) for given in call.args))
            or any(isinstance(given, ast.JoinedStr | ast.BinOp) for given in call.args)
        )
    ]
    assert sorted(set(hidden)) == []


def test_what_a_module_says_when_it_is_loaded_waits_for_its_reader():
    """At the level of a module or a class only lazy translations: anything else would stay in the language of the first request."""
    early = []
    for path, tree in modules():
        eager = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
            for alias in node.names
            if alias.name in {"gettext", "ngettext", "pgettext"}
        }
        later = {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.Lambda)
            for inner in ast.walk(node)
        }  # fmt: skip
        early += [
            f"{name(path)}:{node.lineno}"
            for node in ast.walk(tree)
            if is_gettext(node) and node.func.id in eager and id(node) not in later
        ]
    assert early == []


def test_gathering_twice_gives_the_same_file(gathered):
    before = gathered.read_bytes()
    subprocess.run([sys.executable, gathered.parents[4] / "deploy" / "messages.py"], check=True, capture_output=True)
    assert gathered.read_bytes() == before
