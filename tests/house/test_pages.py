"""Pages that a strict content policy leaves whole: no inline style, script or handler, nothing from another host; forms that save."""

import re

import pytest

from tests.house.tree import files, name

FORBIDDEN = {
    "a style attribute": r"\sstyle\s*=",
    "a style element": r"<style\b",
    "a script with content": r"<script\b(?![^>]*\bsrc=)",
    "a handler in an attribute": r"<[^>]*\son[a-z]+\s*=\s*[\"']",
    "a script in an address": r"javascript:",
    "a file from another host": r"<(?:script|link|img|iframe|source|form)\b[^>]*\s(?:src|href|action)=[\"']?(?:https?:)?//",
}
TEMPLATE_TAG = re.compile(r"{% comment %}.*?{% endcomment %}|{%.*?%}|{#.*?#}", re.DOTALL)


def pages():
    """Templates of the screen and what of them reaches a browser. Official documents are set by the PDF engine, with its styles."""
    for path in files("*.html", under="templates"):
        if "documents" not in path.parts:
            yield path, TEMPLATE_TAG.sub("", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what):
    forbidden = re.compile(FORBIDDEN[what], re.IGNORECASE)
    assert [name(path) for path, text in pages() if forbidden.search(text)] == []


def test_no_browser_puts_older_text_into_a_form_that_saves_itself():
    saves_itself = re.compile(r"<form\b[^>]*\sdata-autosave[^>]*>")
    found = [(name(path), tag) for path, text in pages() for tag in saves_itself.findall(text)]
    assert len(found) >= 12
    assert [where for where, tag in found if 'autocomplete="off"' not in tag] == []


@pytest.mark.parametrize("what", ["a style attribute", "a style element", "a handler in an attribute"])
def test_no_program_writes(what):
    in_quotes = re.compile(rf"[\"'].*{FORBIDDEN[what]}\s*[\"\\]", re.IGNORECASE)
    code = [path for app in ("emulation", "blocs", "scoring") for path in files("*.py", under=app) if "pdf" not in path.parts]
    assert [name(path) for path in code if in_quotes.search(path.read_text(encoding="utf-8"))] == []


def test_style_sheets_load_nothing_from_another_host():
    foreign = re.compile(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", re.IGNORECASE)
    assert [name(path) for path in files("*.css", under="static") if foreign.search(path.read_text(encoding="utf-8"))] == []
