"""The shape of the tree: what may lie at the top, how long a file and a function may grow, what a module may not be called."""

import ast

from tests.house.tree import LEFT_BEHIND, ROOT, files, name

TOP_LEVEL = {
    ".ci", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "benchmarks", "blocs", "deploy",
    "docs", "emulation", "manage.py", "package-lock.json", "package.json", "pyproject.toml", "requirements", "scoring", "static",
    "templates", "tests",
}  # fmt: skip
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
# Names that say nothing about what is inside, so that everything ends up in them.
SAYING_NOTHING = {
    "base", "common", "helper", "helpers", "manager", "managers", "misc", "service", "services", "tools", "util", "utils",
}  # fmt: skip


def python_files():
    return [path for path in files("*.py") if "migrations" not in path.parts]


def test_nothing_new_lies_at_the_top():
    found = {path.name for path in ROOT.iterdir()} - LEFT_BEHIND
    assert found - TOP_LEVEL == set()


def test_files_are_short():
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_are_short():
    too_long = [
        f"{name(path)}:{node.lineno} {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert too_long == []


def test_modules_are_named_for_what_is_inside():
    nameless = [
        name(path)
        for path in python_files()
        if SAYING_NOTHING & {path.stem, *(folder.lower() for folder in path.relative_to(ROOT).parts[:-1])}
    ]
    assert nameless == []


def test_nothing_points_outside_the_checkout():
    outside = "../" + "shared"
    texts = [path for path in files() if path.suffix not in {".gif", ".jpg", ".png", ".pdf", ".ttf", ".woff2", ".p12", ".ico"}]
    assert [name(path) for path in texts if outside.encode() in path.read_bytes()] == []


def test_nothing_is_put_off():
    marks = ("TO" + "DO", "FIX" + "ME", "XX" + "X:")
    sources = [*files("*.py"), *files("*.html"), *files("*.css"), *files("*.js"), *files("*.sh")]
    assert [name(path) for path in sources if any(mark in path.read_text(encoding="utf-8") for mark in marks)] == []


def test_no_test_is_switched_off():
    switches = ("mark.skip", "mark.xfail", "pytest.skip(", "pytest.xfail(", "importorskip")
    sources = [path for path in files("*.py", under="tests") if path.name != "test_tree.py"]
    assert [name(path) for path in sources if any(switch in path.read_text(encoding="utf-8") for switch in switches)] == []
