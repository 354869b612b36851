"""Opening whatever holds a digit, and saving drawings: by content, with one sentence where it fails."""

import os
from pathlib import Path
from xml.etree import ElementTree

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from core.digits.files import (
    is_meant_as_digit,
    is_supported,
    read_any,
    render_drawing,
    save_drawing,
    write_png,
    write_svg,
)
from core.errors import InkFileError, PictureError, StorageError
from core.ink.drawing import Drawing, Stroke
from core.ink.inkml import write_inkml
from core.ink.rendering import pen_widths
from core.pictures.reading import Picture

SVG = "{http://www.w3.org/2000/svg}"


def drawing(*, pad_side: float | None = 100.0) -> Drawing:
    """An L in the middle of the pad, and a dot at its right."""
    corner = Stroke(np.array([[30, 20], [30, 80], [60, 80]], np.float32))
    return Drawing((corner, Stroke(np.array([[70, 30]], np.float32))), pad_side, 0.1)


def decoded(content: bytes) -> npt.NDArray[np.uint8]:
    return np.asarray(cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED), np.uint8)


def test_rendering_shows_the_whole_pad() -> None:
    pixels = render_drawing(drawing(), 200)
    assert pixels.shape == (200, 200) and pixels.dtype == np.uint8
    assert pixels[100, 60] == pixels[160, 100] == pixels[60, 140] == 255
    assert pixels[10, 10] == pixels[100, 100] == 0
    assert ((pixels > 0) & (pixels < 255)).any(), "edges are smooth"
    row = pixels[100].astype(float) / 255
    assert row.sum() == pytest.approx(20, abs=0.6), "a tenth of the pad wide"
    assert (row * np.arange(200)).sum() / row.sum() == pytest.approx(59.5, abs=0.2), "centred on the points"


def test_ink_without_a_pad_is_shown_whole_with_a_margin() -> None:
    pixels = render_drawing(drawing(pad_side=None), 100)
    left, top, width, height = cv2.boundingRect(pixels)
    assert 5 < top < 20 and 60 < height < 90
    assert left > 5 and left + width < 95


def test_pressure_changes_the_width() -> None:
    points = np.array([[10, 50], [90, 50]], np.float32)
    light, heavy = (Drawing((Stroke(points, np.full(2, p, np.float32)),), 100.0, 0.1) for p in (0.1, 1.0))
    widths = [(render_drawing(pressed, 100)[:, 50] / 255).sum() for pressed in (light, heavy)]
    np.testing.assert_allclose(widths, [6, 15], atol=0.6)
    np.testing.assert_allclose(pen_widths(heavy.strokes[0], 0.1), 0.15)


def test_each_stroke_is_shown_in_its_own_width() -> None:
    upper, lower = (Stroke(np.array([[10, y], [90, y]], np.float32), width=w) for y, w in ((30, 0.04), (70, None)))
    both = Drawing((upper, lower), 100.0, 0.12)
    column = render_drawing(both, 100)[:, 50] / 255
    np.testing.assert_allclose([column[:50].sum(), column[50:].sum()], [4, 12], atol=0.6)
    paths = ElementTree.fromstring(write_svg(both)).iter(f"{SVG}path")
    assert [float(path.attrib["stroke-width"]) for path in paths] == [40, 120]


@pytest.mark.parametrize("position", [1e11, -1e11, 3e38, -3e38])
def test_ink_far_outside_the_pad_is_cut_off(position: float) -> None:
    far = Drawing((Stroke(np.array([[position, 50], [position, 60]], np.float32)),), 100.0)
    assert not render_drawing(far, 64).any()


@pytest.mark.parametrize("size", [1e-45, 1e-38, 1e12, 3e38])
@pytest.mark.parametrize("pad_side", [None, 1e-6, 1e9])
def test_ink_of_any_size_is_shown_in_silence(size: float, pad_side: float | None) -> None:
    points = np.array([[-1, -1], [0, 1], [1, 0]], np.float32) * np.float32(size)
    huge = Drawing((Stroke(points), Stroke(points[:1])), pad_side)
    assert render_drawing(huge, 64).shape == (64, 64)
    assert b"nan" not in write_svg(huge) and b"inf" not in write_svg(huge)
    if pad_side is None:
        assert render_drawing(huge, 64).any()


def test_a_blank_drawing_is_white_paper() -> None:
    assert (decoded(write_png(Drawing())) == 255).all()
    assert ElementTree.fromstring(write_svg(Drawing())).tag == f"{SVG}svg"


@pytest.mark.parametrize("side", [0, 10_000])
def test_a_senseless_size_is_an_error(side: int) -> None:
    with pytest.raises(ValueError, match="side"):
        render_drawing(drawing(), side)


def test_png_is_black_on_white() -> None:
    pixels = decoded(write_png(drawing(), 128))
    np.testing.assert_array_equal(pixels, 255 - render_drawing(drawing(), 128))


def test_svg_has_one_round_path_a_stroke_in_a_square_view() -> None:
    root = ElementTree.fromstring(write_svg(drawing()))
    assert root.get("viewBox") == "0 0 1000 1000"
    (group,) = root
    assert group.get("stroke-linecap") == "round"
    assert [path.get("d") for path in group] == ["M300 200L300 800 600 800", "M700 300h0"]
    assert [path.get("stroke-width") for path in group] == ["100", "100"]


def test_saving_chooses_by_suffix(tmp_path: Path) -> None:
    for name, start in (("a.inkml", b"<?xml"), ("b.SVG", b"<svg"), ("c.png", b"\x89PNG")):
        save_drawing(tmp_path / name, drawing())
        assert (tmp_path / name).read_bytes().startswith(start)
    with pytest.raises(StorageError, match=r"^d\.gif: a drawing can be saved as \.inkml, \.svg, \.png\.$"):
        save_drawing(tmp_path / "d.gif", drawing())
    assert not (tmp_path / "d.gif").exists()


def test_what_was_saved_can_be_opened(tmp_path: Path) -> None:
    save_drawing(tmp_path / "a.inkml", drawing())
    save_drawing(tmp_path / "a.png", drawing())
    save_drawing(tmp_path / "a.svg", drawing())
    lines = read_any(tmp_path / "a.svg")
    assert isinstance(lines, Drawing) and [len(stroke.points) for stroke in lines.strokes] == [3, 1]
    ink, picture = read_any(tmp_path / "a.inkml"), read_any(tmp_path / "a.png")
    assert isinstance(ink, Drawing) and ink.pad_side == 100
    assert isinstance(picture, Picture)
    left, top, right, bottom = picture.box
    assert (left, top) == pytest.approx((128, 77), abs=3) and (right, bottom) == pytest.approx((384, 435), abs=3)


def test_the_content_decides_not_the_name(tmp_path: Path) -> None:
    swapped = {
        "ink.png": write_inkml(drawing()),
        "picture.inkml": write_png(drawing()),
        "other.txt": write_inkml(drawing()),
        "lines.png": write_svg(drawing()),
        "strokes.json": b'{"drawing": [[[1, 2], [3, 4]]]}',
        "pen.dat": b".PEN_DOWN\n1 2\n3 4\n.PEN_UP\n",
    }
    for name, content in swapped.items():
        (tmp_path / name).write_bytes(content)
    assert isinstance(read_any(tmp_path / "ink.png"), Drawing)
    assert isinstance(read_any(tmp_path / "picture.inkml"), Picture)
    for name in ("other.txt", "lines.png", "strokes.json", "pen.dat"):
        assert isinstance(read_any(tmp_path / name), Drawing)


@pytest.mark.parametrize(
    "name",
    [
        "a.inkml",
        "a.PNG",
        "a.jpeg",
        "a.Jpg",
        "a.bmp",
        "a.webp",
        "a.tif",
        "a.tiff",
        "a.GIF",
        "a.avif",
        "a.ico",
        "a.cur",
        "a.pbm",
        "a.pam",
        "a.svg",
        "a.xopp",
        "a.ndjson",
    ],
)
def test_supported_names(name: str) -> None:
    assert is_supported(Path(name))


@pytest.mark.parametrize("name", ["a.txt", "a.json", "png", "a.png.txt", ".png"])
def test_other_names(name: str) -> None:
    assert not is_supported(Path(name))


NOT_A_PICTURE = (
    "The file is not a picture that DigitPad can read (PNG, JPEG, GIF, BMP, WebP, AVIF, TIFF, PNM or an icon)."
)


NOT_A_DRAWING = "The file is not a drawing that DigitPad can read (InkML, SVG, Xournal++, UNIPEN or strokes as JSON)."
TEXT_IN_SVG = "The SVG holds a part that is no stroke (“text”), which DigitPad cannot read; save it as PNG."


@pytest.mark.parametrize(
    ("name", "content", "error", "sentence"),
    [
        ("a.png", b"just some text", PictureError, NOT_A_PICTURE),
        ("a.png", b"<html><body/></html>", PictureError, NOT_A_PICTURE),
        ("a.txt", b"just some text", PictureError, NOT_A_PICTURE),
        ("a.gif", b"just some text", PictureError, NOT_A_PICTURE),
        ("a", b"%PDF-1.7", PictureError, "DigitPad cannot read PDF; save the page as PNG, or take a screenshot of it."),
        (
            "a.png",
            b"\0\0\0\x18ftypheic",
            PictureError,
            "DigitPad cannot read HEIC; save the picture as PNG or JPEG.",
        ),
        ("a.png", b"", PictureError, "The file is empty."),
        ("a.inkml", b"", InkFileError, "The file is empty."),
        ("a.inkml", b"just some text", InkFileError, "The file is not InkML."),
        ("a.svg", b"just some text", InkFileError, NOT_A_DRAWING),
        ("a.ndjson", b"[]", InkFileError, NOT_A_DRAWING),
        ("a.svg", b"<svg><text/></svg>", InkFileError, TEXT_IN_SVG),
        ("a.json", b"{}", PictureError, NOT_A_PICTURE),
        ("a.inkml", b"<ink><trace>1 2, 3", InkFileError, "The ink file is cut off: its end is missing."),
        ("a.png", write_png(drawing())[:-30], PictureError, "The picture is cut off: its end is missing."),
        ("a.png", write_png(Drawing()), PictureError, "There is no ink in the picture."),
        (
            "a.inkml",
            b'<!DOCTYPE ink [<!ENTITY a "1 2,">]><ink><trace>&a;</trace></ink>',
            InkFileError,
            "The drawing's document type (DTD) has definitions of its own, which DigitPad does not read; "
            "save it as PNG, then open that.",
        ),
    ],
)
def test_wrong_files_get_one_sentence(
    tmp_path: Path, name: str, content: bytes, error: type[Exception], sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(error) as caught:
        read_any(tmp_path / name)
    assert str(caught.value) == f"{name}: {sentence}"


@pytest.mark.parametrize(("name", "error"), [("a.png", PictureError), ("a.inkml", InkFileError)])
def test_places_that_hold_no_file(tmp_path: Path, name: str, error: type[Exception]) -> None:
    with pytest.raises(error, match=rf"^{name}: There is no such file\.$"):
        read_any(tmp_path / name)
    with pytest.raises(error, match="There is no such file"):
        read_any(tmp_path / "b.png" / name)
    (tmp_path / name).mkdir()
    with pytest.raises(error, match=rf"^{name}: It is a folder, not a file\.$"):
        read_any(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.png")
    with pytest.raises(PictureError, match="It is not a regular file"):
        read_any(tmp_path / "a.png")


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.png"
    save_drawing(path, drawing())
    path.chmod(0)
    if os.access(path, os.R_OK):  # the administrator may read everything, and Windows knows no such mode

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError

        monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(PictureError, match=r"^a\.png: Permission denied\.$"):
        read_any(path)


def test_a_page_with_a_drawing_in_it_is_none(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html><html><body><svg viewBox='0 0 1 1'></svg></body></html>")
    (tmp_path / "drawing.txt").write_text("<?xml version='1.0'?><!-- by hand --><svg viewBox='0 0 1 1'/>")
    assert not is_meant_as_digit(page)
    assert is_meant_as_digit(tmp_path / "drawing.txt")


@pytest.mark.parametrize("name", ["ink.svg", "ink.pdf", "ink.isf"])
def test_ink_is_read_whatever_its_name_promises(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(write_inkml(drawing()))
    assert isinstance(read_any(tmp_path / name), Drawing)


def test_a_page_of_comments_is_told_at_once(tmp_path: Path) -> None:
    """Each could be taken for the beginning of a longer one."""
    page = tmp_path / "page.html"
    page.write_text("<!---->" * 140 + "<html>")
    assert not is_meant_as_digit(page)
    page.write_text("<!---->" * 140 + "<svg>")
    assert is_meant_as_digit(page)


@pytest.mark.parametrize(
    ("name", "content", "is_meant"),
    [
        ("a.json", b'{"drawing": [[[1, 2], [3, 4]]]}', True), ("a.dat", b".PEN_DOWN\n1 2\n", True),
        ("a.txt", b"<svg/>", True),
        ("a", b"P5\n1 1\n255\n7", True), ("a.xopp", b"damaged", True), ("package.json", b'{"name": "a"}', False),
        ("a.txt", b".gitignore\n", False), ("._a.svg", b"\0\5\x16\7 beside it", False), (".a.svg", b"<svg/>", True),
    ],
)  # fmt: skip
def test_what_is_meant_in_a_folder(tmp_path: Path, name: str, content: bytes, is_meant: bool) -> None:
    (tmp_path / name).write_bytes(content)
    assert is_meant_as_digit(tmp_path / name) == is_meant
