import hashlib
import json
import re
from itertools import chain
from pathlib import Path

import pytest

from motcua.channels.ui import assets

ROOT = Path(__file__).parents[5]
FRONTEND = ROOT / "frontend"
BUILT = assets.HERE / "static" / "ui"
SOURCES = ("package.json", "package-lock.json", "build.mjs", "icons.mjs", "src")


def _walk(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return list(chain.from_iterable(_walk(child) for child in sorted(path.iterdir(), key=lambda child: child.name)))


def test_built_assets_are_not_stale() -> None:
    """The digest that build.mjs wrote is that of the sources as they are."""
    digest = hashlib.sha256()
    for file in chain.from_iterable(_walk(FRONTEND / name) for name in SOURCES):
        digest.update(file.relative_to(FRONTEND).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    assert assets.manifest()["sources"] == digest.hexdigest(), "run `node frontend/build.mjs` and commit the result"


def test_every_listed_file_is_there_and_no_other() -> None:
    listed = set(assets.manifest()["files"].values())
    there = {path.name for path in BUILT.iterdir()}
    assert listed <= there
    assert there - listed == {f"{name}{end}" for name in listed if not name.endswith("woff2") for end in (".br", ".gz")}


def _loaded(face: str) -> int:
    found = assets.manifest()
    parts = [f"{face}.js", "boot.js", *found["needs"][f"{face}.js"]]
    style = "portal.css" if face == "portal" else "desk.css"
    return sum(found["sizes"][name] for name in [style, *parts])


@pytest.mark.parametrize("face", ["portal", "desk", "studio"])
def test_styles_and_scripts_stay_small(face: str) -> None:
    assert _loaded(face) <= 60 * 1024


def test_the_first_view_of_a_citizen_stays_small() -> None:
    """CSS, JS, fonts and mark; what is left of 100 kB is for the page itself (a page of 30 kB packs into 8)."""
    fonts = [size for name, size in assets.manifest()["sizes"].items() if name.endswith(".woff2")]
    assert _loaded("portal") + sum(fonts) + assets.manifest()["sizes"]["mark.svg"] <= 90_000


def test_the_font_has_every_vietnamese_letter() -> None:
    from fontTools.ttLib import TTFont

    letters = set("aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ₫")
    letters |= {letter.upper() for letter in letters}
    for weight in (400, 600):
        covered: set[int] = set()
        for part in ("latin", "vietnamese"):
            name = assets.manifest()["files"][f"{part}-{weight}.woff2"]
            covered |= set(TTFont(BUILT / name).getBestCmap())
        assert {letter for letter in letters if ord(letter) not in covered} == set()


def test_nothing_of_gov_uk_s_own_name_is_shipped() -> None:
    for style in BUILT.glob("*.css"):
        text = style.read_text()
        assert "GDS Transport" not in text
        assert "crest" not in text


def test_our_styles_force_nothing() -> None:
    for source in (FRONTEND / "src" / "styles").rglob("*.scss"):
        assert "!important" not in source.read_text(), source


def test_no_script_needs_what_the_policy_forbids() -> None:
    for script in (FRONTEND / "src").glob("*.js"):
        assert not re.search(r"\beval\(|new Function|\.style\.|insertAdjacentHTML|innerHTML", script.read_text()), (
            script
        )


def test_icons_and_files_are_found_by_plain_name() -> None:
    assert assets.static("portal.css").startswith("/static/ui/portal.")
    assert 'aria-hidden="true"' in assets.icon("search")
    assert 'aria-label="Tìm"' in assets.icon("search", "Tìm")
    with pytest.raises(KeyError):
        assets.static("no-such.css")


def test_every_icon_a_template_names_exists() -> None:
    drawn = json.loads((assets.HERE / "icons.json").read_text())
    for template in (assets.HERE.parent).rglob("*.html"):
        for name in re.findall(r'\bicon\("([a-z]+)"', template.read_text()):
            assert name in drawn, f"{template}: {name}"
