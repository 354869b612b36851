"""Pictures: digits come back as themselves from clean sheets, are found on bad paper; wrong files get one sentence."""

import struct
import subprocess
import sys
import zlib
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from core.digits.normalize import normalize_ink_image
from core.errors import PictureError
from core.pictures.reading import MAX_BYTES, Picture, picture_from_array, read_picture, write_picture_png
from core.system.paths import assets_folder
from tests.core.pictures.conftest import Gray, encode, sentence_about

SUFFIXES = (".png", ".jpg", ".bmp", ".webp", ".tiff", ".avif")


@pytest.fixture(scope="module")
def digits() -> Gray:
    with np.load(assets_folder() / "mnist.npz", allow_pickle=False) as arrays:
        return np.asarray(arrays["x_test"][:200])


def sheet_with(
    digit: Gray, scale: float, *, interpolation: int = cv2.INTER_NEAREST, at: tuple[int, int] = (130, 70)
) -> Gray:
    """A white sheet of 600 x 800 with a black digit on it."""
    side = round(28 * scale)
    placed = cv2.resize(digit, (side, side), interpolation=interpolation)
    sheet = np.full((600, 800), 255, np.uint8)
    sheet[at[1] : at[1] + side, at[0] : at[0] + side] = 255 - placed
    return sheet


def normalized(picture: Picture) -> npt.NDArray[np.int16]:
    digit = normalize_ink_image(picture.ink)
    assert digit is not None
    return digit.image.astype(np.int16)


def difference(picture: Picture, digit: Gray) -> float:
    return float(np.abs(normalized(picture) - digit).mean())


def drawn_seven(
    shape: tuple[int, int] = (750, 1000), thickness: int = 18
) -> tuple[npt.NDArray[np.float32], tuple[int, ...]]:
    """Ink in [0, 1] of a 7, and its box."""
    ink = np.zeros(shape, np.uint8)
    points = np.array([(380, 220), (620, 215), (470, 560)], np.int32)
    cv2.polylines(ink, [points], False, 255, thickness, cv2.LINE_AA)
    left, top, width, height = cv2.boundingRect((ink > 127).astype(np.uint8))
    return (ink / 255).astype(np.float32), (left, top, left + width, top + height)


def overlap(box: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Intersection over union of two boxes."""
    width = min(box[2], other[2]) - max(box[0], other[0])
    height = min(box[3], other[3]) - max(box[1], other[1])
    shared = max(width, 0.0) * max(height, 0.0)
    areas = [(b[2] - b[0]) * (b[3] - b[1]) for b in (box, other)]
    return shared / (sum(areas) - shared)


def photograph(
    ink: npt.NDArray[np.float32],
    *,
    light: npt.NDArray[np.float32] | float = 1.0,
    paper: npt.NDArray[np.float32] | float = 1.0,
) -> bytes:
    """Ink on paper under light, blurred, with noise, as JPEG."""
    reflected = 210 * light * paper * (1 - 0.75 * ink)
    blurred = cv2.GaussianBlur(reflected.astype(np.float32), (0, 0), 1.2)
    noisy = blurred + np.random.default_rng(3).normal(0, 4, ink.shape)
    return encode(np.clip(noisy, 0, 255).astype(np.uint8), ".jpg", cv2.IMWRITE_JPEG_QUALITY, 80)


def test_a_digit_alone_comes_back_as_itself(digits: Gray) -> None:
    changed = [difference(read_picture(encode(digit)), digit) for digit in digits]
    turned = [difference(read_picture(encode(255 - digit)), digit) for digit in digits[:50]]
    assert max(changed) < 0.5
    assert max(turned) < 0.5


@pytest.mark.parametrize("is_inverse", [False, True])
def test_ink_is_cut_out_of_a_clean_sheet_unchanged(digits: Gray, is_inverse: bool) -> None:
    for number, digit in enumerate(digits[:30]):
        scale = 1 + number % 8
        sheet = sheet_with(digit, scale, at=(17 * number % 400, 11 * number % 300))
        picture = picture_from_array(255 - sheet if is_inverse else sheet)
        x, y, width, height = cv2.boundingRect(digit)
        cut = cv2.boundingRect(picture.ink)
        assert cut[2:] == (width * scale, height * scale)
        found = picture.ink[cut[1] : cut[1] + cut[3] : scale, cut[0] : cut[0] + cut[2] : scale]
        assert np.abs(found.astype(int) - digit[y : y + height, x : x + width]).max() <= 1


@pytest.mark.parametrize("interpolation", [cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4])
@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_other_sizes_come_back_nearly_unchanged(digits: Gray, interpolation: int, suffix: str) -> None:
    differences = []
    for number, digit in enumerate(digits[:20]):
        sheet = sheet_with(digit, 1.5 + 0.8 * number, interpolation=interpolation, at=(40, 20))
        parameters = (cv2.IMWRITE_JPEG_QUALITY, 90) if suffix == ".jpg" else ()
        differences.append(difference(read_picture(encode(sheet, suffix, *parameters)), digit))
    assert np.mean(differences) < 8


def painted(sheet: Gray, ink: tuple[int, int, int], paper: tuple[int, int, int]) -> Gray:
    """A sheet with a black digit in other colours, red, green and blue, `(h, w, 3)` in OpenCV's order."""
    share = (255 - sheet[:, :, np.newaxis]) / 255
    return np.rint(share * np.array(ink[::-1]) + (1 - share) * np.array(paper[::-1])).astype(np.uint8)


COLOURS = {
    "red on green": ((255, 0, 0), (0, 130, 0)),
    "green on red": ((0, 130, 0), (255, 0, 0)),
    "pale yellow on white": ((255, 255, 180), (255, 255, 255)),
    "navy on black": ((0, 0, 110), (0, 0, 0)),
    "pink on grey": ((255, 130, 150), (165, 165, 165)),
    "teal on brown": ((0, 128, 128), (150, 70, 60)),
}


@pytest.mark.parametrize("name", list(COLOURS))
def test_ink_that_only_differs_in_colour(digits: Gray, name: str) -> None:
    for number, digit in enumerate(digits[:2]):
        sheet = painted(sheet_with(digit, 7, interpolation=cv2.INTER_LINEAR), *COLOURS[name])
        for content in (encode(sheet), encode(sheet, ".jpg", cv2.IMWRITE_JPEG_QUALITY, 90), encode(sheet, ".webp")):
            assert difference(read_picture(content), digit) < 12, f"digit {number}"
        assert difference(picture_from_array(np.ascontiguousarray(sheet[:, :, ::-1])), digit) < 12
    faded = painted(np.full((300, 300), 255, np.uint8), *COLOURS[name])
    assert sentence_about(encode(faded)) == "There is no ink in the picture."


def test_ink_of_a_colour_on_transparent_ground(digits: Gray) -> None:
    ink = 255 - sheet_with(digits[0], 7)
    for colour in ((255, 0, 0), (255, 255, 180), (0, 0, 110)):
        layers = [np.full_like(ink, level) for level in colour[::-1]]
        assert difference(read_picture(encode(cv2.merge([*layers, ink]))), digits[0]) < 2


def test_what_brightness_shows_is_found_in_brightness(digits: Gray) -> None:
    """A pen's colour, or a tint of the paper, changes nothing about which tone is looked at."""
    for ink, paper in (
        ((30, 60, 160), (250, 245, 230)),
        ((200, 30, 40), (250, 250, 250)),
        ((60, 60, 60), (255, 240, 190)),
    ):
        sheet = painted(sheet_with(digits[0], 7), ink, paper)
        bright = np.asarray(cv2.cvtColor(sheet, cv2.COLOR_BGR2GRAY), np.uint8)
        np.testing.assert_array_equal(read_picture(encode(sheet)).pixels, bright)


def bmp(
    sheet: Gray, bits: int, size: int, fields: tuple[int, ...] = (), *, alpha: Gray | int = 0, down: int = 1
) -> bytes:
    """A BMP of bit fields for red, green, blue and alpha, its header `size` bytes long; top-down with `down` -1."""
    height, width = sheet.shape[:2]
    used = fields or {16: (0x7C00, 0x3E0, 0x1F, 0), 32: (0xFF0000, 0xFF00, 0xFF, 0xFF000000)}[bits]
    numbers = np.zeros((height, width), np.uint64)
    for field, levels in zip(used, [*np.moveaxis(sheet[:, :, ::-1], 2, 0), alpha], strict=True):
        shift = (field & -field).bit_length() - 1
        numbers |= np.asarray(levels, np.uint64) * np.uint64(field >> max(shift, 0)) // 255 << np.uint64(max(shift, 0))
    rows = np.pad(numbers.astype(f"<u{bits // 8}"), ((0, 0), (0, width % 2 if bits == 16 else 0)))[::-down]
    extra = struct.pack("<4I", *used)[: size - 40] + bytes(max(size - 56, 0)) if size > 40 else b""
    extra = struct.pack("<3I", *used[:3]) if size == 40 and fields else extra
    start = 54 + len(extra)
    header = struct.pack(
        "<IiiHHIIiiII", size, width, down * height, 1, bits, 3 if fields else 0, rows.nbytes, 0, 0, 0, 0
    )
    return b"BM" + struct.pack("<IHHI", start + rows.nbytes, 0, 0, start) + header + extra + rows.tobytes()


RGB565, RGBA4444 = (0xF800, 0x7E0, 0x1F, 0), (0xF00, 0xF0, 0xF, 0xF000)
BGRA, RGBA = (0xFF0000, 0xFF00, 0xFF, 0xFF000000), (0xFF, 0xFF00, 0xFF0000, 0xFF000000)


@pytest.mark.parametrize("down", [1, -1])
@pytest.mark.parametrize(
    ("bits", "size", "fields", "alpha"),
    [
        (16, 40, (), 0), (16, 40, RGB565, 0), (16, 108, RGB565, 0), (16, 124, RGB565, 0), (16, 108, RGBA4444, 255),
        (32, 40, (), 0), (32, 40, (), 255), (32, 56, BGRA, 0), (32, 108, BGRA, 255), (32, 124, RGBA, 0),
    ],
)  # fmt: skip
def test_bmp_files_of_bit_fields(
    digits: Gray, bits: int, size: int, fields: tuple[int, ...], alpha: int, down: int
) -> None:
    sheet = sheet_with(digits[0], 7)[:, :799]
    for ink, paper in (((0, 0, 0), (255, 255, 255)), COLOURS["red on green"]):
        content = bmp(painted(sheet, ink, paper), bits, size, fields, alpha=alpha, down=down)
        picture = read_picture(content)
        assert picture.size == (799, 600) and difference(picture, digits[0]) < 3


@pytest.mark.parametrize(("size", "fields"), [(40, ()), (108, BGRA)])
def test_a_bmp_whose_ink_is_in_its_transparency_alone(digits: Gray, size: int, fields: tuple[int, ...]) -> None:
    sheet = sheet_with(digits[0], 7)
    content = bmp(np.zeros((*sheet.shape, 3), np.uint8), 32, size, fields, alpha=255 - sheet)
    assert difference(read_picture(content), digits[0]) < 1


def test_damaged_bit_fields_cause_nothing_but_a_sentence(digits: Gray) -> None:
    content = bmp(painted(sheet_with(digits[0], 2), (0, 0, 0), (255, 255, 255)), 16, 124, RGB565)
    random = np.random.default_rng(6)
    for _ in range(60):
        damaged = bytearray(content)
        for position in random.integers(2, 80, 3):
            damaged[position] = random.integers(256)
        sentence = sentence_about(bytes(damaged))
        assert sentence is None or sentence.endswith(".")


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("channels", [1, 3])
def test_formats(digits: Gray, suffix: str, channels: int) -> None:
    sheet = sheet_with(digits[0], 10)
    picture = read_picture(encode(sheet if channels == 1 else cv2.merge([sheet] * channels), suffix))
    assert difference(picture, digits[0]) < 4
    assert picture.size == (800, 600)
    assert picture.pixels.shape == (600, 800) and picture.pixels.dtype == picture.ink.dtype == np.uint8


@pytest.mark.parametrize("suffix", [".png", ".tiff"])
def test_sixteen_bits(digits: Gray, suffix: str) -> None:
    sheet = sheet_with(digits[0], 10).astype(np.uint16) * 257
    assert difference(read_picture(encode(sheet, suffix)), digits[0]) < 1


@pytest.mark.parametrize("suffix", [".png", ".bmp", ".webp", ".tiff"])
@pytest.mark.parametrize("tone", [0, 255])
def test_ink_on_transparent_ground_contrasts_with_it(digits: Gray, suffix: str, tone: int) -> None:
    ink = 255 - sheet_with(digits[0], 10)
    layers = [np.full_like(ink, tone)] * 3 + [ink]
    assert difference(read_picture(encode(cv2.merge(layers), suffix)), digits[0]) < 1
    assert difference(picture_from_array(np.asarray(cv2.merge(layers), np.uint8)), digits[0]) < 1


def test_a_sheet_with_transparent_corners_keeps_its_tone(digits: Gray) -> None:
    sheet = sheet_with(digits[0], 10)
    alpha = np.zeros_like(sheet)
    cv2.ellipse(alpha, (400, 300), (390, 290), 0, 0, 360, 255, -1)
    assert difference(picture_from_array(np.asarray(cv2.merge([sheet, sheet, sheet, alpha]), np.uint8)), digits[0]) < 1


def test_a_meaningless_alpha_of_zero_is_ignored(digits: Gray) -> None:
    sheet = sheet_with(digits[0], 10)
    layers = [sheet] * 3 + [np.zeros_like(sheet)]
    assert difference(picture_from_array(np.asarray(cv2.merge(layers), np.uint8)), digits[0]) < 1


def png(width: int, height: int, colour: int, data: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    """An 8-bit PNG, chunk by chunk."""
    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    parts = [(b"IHDR", header), *chunks, (b"IDAT", zlib.compress(data)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )


def scanlines(pixels: Gray) -> bytes:
    return b"".join(b"\0" + row.tobytes() for row in pixels)


def test_palette_and_grey_with_alpha(digits: Gray) -> None:
    sheet = sheet_with(digits[0], 10)
    grey_palette = bytes(np.repeat(np.arange(256, dtype=np.uint8), 3))
    see_through = (b"tRNS", bytes(range(255, -1, -1)))
    grey_alpha = np.dstack([np.zeros_like(sheet), 255 - sheet])
    for content in (
        png(800, 600, 3, scanlines(sheet), (b"PLTE", grey_palette)),
        png(800, 600, 3, scanlines(sheet), (b"PLTE", bytes(768)), see_through),
        png(800, 600, 4, scanlines(grey_alpha)),
    ):
        assert difference(read_picture(content), digits[0]) < 1


def tiff(pixels: Gray, *tags: tuple[int, int, int]) -> bytes:
    """An uncompressed grey TIFF. `tags` are (tag, type, value), sorted in before those of the same number."""
    height, width = pixels.shape
    entries = [(256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8), (277, 3, 1)]
    entries = sorted([*tags, *entries, (278, 4, height), (279, 4, pixels.size)], key=lambda entry: entry[0])
    values = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    start = 8 + pixels.size
    return b"II*\0" + struct.pack("<I", start) + pixels.tobytes() + struct.pack("<H", len(entries)) + values + bytes(4)


def webp(pixels: Gray, exif_block: bytes, *, canvas: tuple[int, int] | None = None) -> bytes:
    """A lossless WebP of the extended kind."""
    width, height = canvas or pixels.shape[::-1]
    image = encode(pixels, ".webp", cv2.IMWRITE_WEBP_QUALITY, 101)[12:]
    extended = bytes([0x08, 0, 0, 0]) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    chunks = b"VP8X" + struct.pack("<I", 10) + extended + image
    chunks += b"EXIF" + struct.pack("<I", len(exif_block)) + exif_block + bytes(len(exif_block) % 2)
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def exif(orientation: int) -> bytes:
    return b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHII", 274, 3, 1, orientation) + bytes(4)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_followed(digits: Gray, orientation: int) -> None:
    upright = sheet_with(digits[0], 10)
    stored = {
        1: upright, 2: upright[:, ::-1], 3: upright[::-1, ::-1], 4: upright[::-1],
        5: upright.T, 6: np.rot90(upright), 7: upright[::-1, ::-1].T, 8: np.rot90(upright, -1),
    }[orientation]  # fmt: skip
    stored = np.ascontiguousarray(stored)
    jpeg, block = encode(stored, ".jpg"), b"Exif\0\0" + exif(orientation)
    with_exif = jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + jpeg[2:]
    with_chunk = png(*stored.shape[::-1], 0, scanlines(stored), (b"eXIf", exif(orientation)))
    as_tag = tiff(stored, (274, 3, orientation))
    for content in (with_exif, with_chunk, as_tag, webp(stored, exif(orientation))):
        picture = read_picture(content)
        assert picture.size == (800, 600) and picture.pixels.shape == (600, 800)
        assert difference(picture, digits[0]) < 4


@pytest.mark.parametrize("thickness", [3, 6, 14, 40])
def test_uneven_light(thickness: int) -> None:
    ink, box = drawn_seven(thickness=thickness)
    light = np.linspace(1.1, 0.45, ink.shape[1], dtype=np.float32)[None, :]
    assert overlap(read_picture(photograph(ink, light=light)).box, box) > 0.9


@pytest.mark.parametrize("softness", [3, 15, 60])
def test_a_shadow_across_the_digit(softness: float) -> None:
    ink, box = drawn_seven()
    rows, columns = np.indices(ink.shape, dtype=np.float32)
    shadow = cv2.GaussianBlur((columns + 0.4 * rows > 620).astype(np.float32), (0, 0), softness)
    assert overlap(read_picture(photograph(ink, light=1 - 0.5 * shadow)).box, box) > 0.9


def ruled_paper(shape: tuple[int, int], *, is_squared: bool) -> npt.NDArray[np.float32]:
    lines = np.zeros(shape, np.float32)
    for y in range(-60, shape[0] + 60, 62):
        cv2.line(lines, (0, y), (shape[1] - 1, y + 25), 1.0, 2)
    for x in range(-60, shape[1] + 60, 62) if is_squared else ():
        cv2.line(lines, (x, 0), (x - 18, shape[0] - 1), 1.0, 2)
    return np.asarray(1 - 0.5 * lines, np.float32)


@pytest.mark.parametrize("is_squared", [False, True])
def test_ruled_lines_are_no_part_of_the_digit(is_squared: bool) -> None:
    ink, box = drawn_seven()
    picture = read_picture(photograph(ink, paper=ruled_paper(ink.shape, is_squared=is_squared)))
    assert overlap(picture.box, box) > 0.9


@pytest.mark.parametrize("faintness", [0.06, 0.13, 0.2])
@pytest.mark.parametrize("thickness", [14, 30])
def test_faint_ruled_lines_leave_no_grey_beside_the_strokes(faintness: float, thickness: int) -> None:
    ink, _ = drawn_seven(thickness=thickness)
    lines = np.zeros(ink.shape, np.float32)
    for y in range(10, ink.shape[0], 31):
        lines[y : y + 2] = faintness
    found = read_picture(photograph(ink, paper=1 - lines)).ink
    beside = cv2.dilate((found > 127).astype(np.uint8), np.ones((9, 9), np.uint8)) == 0
    assert (found > 127).any() and not found[beside].any()


def shaded(*shadows: npt.NDArray[np.bool_], softness: float = 8.0) -> npt.NDArray[np.float32]:
    """Light with shadows that take 45 % of it each."""
    light = np.ones(shadows[0].shape, np.float32)
    for shadow in shadows:
        light *= 1 - 0.45 * cv2.GaussianBlur(shadow.astype(np.float32), (0, 0), softness)
    return light


def lights(shape: tuple[int, int]) -> dict[str, npt.NDArray[np.float32]]:
    y, x = np.indices(shape, dtype=np.float32)
    wedge = np.abs(y - 160) < 0.4 * (x - 640)
    return {
        "a wedge of shadow": shaded(wedge),
        "a wedge of light": shaded(~wedge),
        "two shadows that cross": shaded(x + y < 560, x - 0.8 * y > 420),
        "an oval": shaded(((x - 800) / 170) ** 2 + ((y - 200) / 150) ** 2 < 1),
    }


@pytest.mark.parametrize("name", list(lights((1, 1))))
@pytest.mark.parametrize("is_board", [False, True])
def test_shadows_and_the_light_between_them_are_no_ink(name: str, is_board: bool) -> None:
    ink, box = drawn_seven(thickness=9)
    light = lights((750, 1000))[name]
    written = photograph(2.5 * -ink, light=light * 0.3) if is_board else photograph(0.6 * ink, light=light)
    assert overlap(read_picture(written).box, box) > 0.9


def test_strokes_along_printed_lines_stay() -> None:
    ink, box = drawn_seven(thickness=9)
    lines = np.zeros(ink.shape, np.float32)
    for y in range(28, ink.shape[0], 63):  # one of them runs along the bar of the seven
        cv2.line(lines, (0, y), (ink.shape[1] - 1, y - 20), 1.0, 3)
    found = read_picture(photograph(ink, paper=1 - 0.15 * lines))
    assert overlap(found.box, box) > 0.9


def test_chalk_on_a_board() -> None:
    ink, box = drawn_seven()
    board = cv2.GaussianBlur(60 + 150 * ink, (0, 0), 1.2) + np.random.default_rng(4).normal(0, 5, ink.shape)
    assert overlap(read_picture(encode(np.clip(board, 0, 255).astype(np.uint8), ".jpg")).box, box) > 0.9


def test_a_table_edge_and_specks_are_left_out() -> None:
    ink, box = drawn_seven()
    ink[:, :60] = 0.9
    for x, y in ((900, 80), (120, 650), (860, 600)):
        cv2.circle(ink, (x, y), 4, 1.0, -1)
    assert overlap(read_picture(photograph(ink)).box, box) > 0.9


def test_a_detached_bar_stays_with_its_five() -> None:
    ink = np.zeros((600, 800), np.float32)
    cv2.ellipse(ink, (400, 330), (90, 90), 0, -100, 130, 1.0, 16)
    cv2.line(ink, (330, 200), (480, 195), 1.0, 16)
    box = read_picture(photograph(ink)).box
    assert box[1] < 200 and box[3] > 410


def test_the_box_is_in_pixels_of_the_original() -> None:
    ink, box = drawn_seven()
    large = cv2.resize(ink, None, fx=4, fy=4, interpolation=cv2.INTER_LINEAR)
    picture = read_picture(photograph(large))
    assert picture.size == (4000, 3000) and max(picture.pixels.shape) <= 1500
    assert overlap(picture.box, tuple(4 * edge for edge in box)) > 0.9


def test_a_hair_thin_line_is_widened_for_the_network() -> None:
    ink, box = drawn_seven(thickness=2)
    picture = picture_from_array((255 * (1 - ink)).astype(np.uint8))
    digit = normalize_ink_image(picture.ink)
    assert digit is not None and digit.stroke_width > 1.4
    assert overlap(picture.box, box) > 0.95


def test_ink_is_written_black_on_white(digits: Gray) -> None:
    ink = picture_from_array(sheet_with(digits[0], 10)).ink
    np.testing.assert_array_equal(cv2.imdecode(np.frombuffer(write_picture_png(ink), np.uint8), -1), 255 - ink)


def test_paper_alone_holds_no_ink() -> None:
    random = np.random.default_rng(5)
    slope = np.tile(np.linspace(70, 240, 700), (500, 1))
    papers = [np.full((500, 700), tone, np.float64) for tone in (0, 120, 255)] + [slope]
    papers += [random.normal(180, noise, (500, 700)) for noise in (1, 2, 5, 12, 30)] + [
        slope + random.normal(0, 6, slope.shape)
    ]
    for number, paper in enumerate(papers):
        pixels = np.clip(paper, 0, 255).astype(np.uint8)
        for suffix in (".png", ".jpg"):
            assert sentence_about(encode(pixels, suffix)) == "There is no ink in the picture.", f"{number} as {suffix}"


def test_tiny_pictures_are_read_or_refused_in_peace() -> None:
    for shape in ((1, 1), (1, 9), (9, 1), (2, 2), (3, 64)):
        with pytest.raises(PictureError, match="no ink"):
            picture_from_array(np.full(shape, 200, np.uint8))
    with pytest.raises(PictureError, match="empty"):
        picture_from_array(np.zeros((0, 5), np.uint8))


def test_a_huge_picture_is_refused_by_its_header() -> None:
    sentence = r"^The picture is too large: 40,000 × 40,000 pixels of at most 100 million in all\.$"
    with pytest.raises(PictureError, match=sentence):
        read_picture(png(40_000, 40_000, 0, b""))
    small = {suffix: bytearray(encode(np.full((16, 16), 9, np.uint8), suffix)) for suffix in (".jpg", ".bmp")}
    frame = small[".jpg"].index(b"\xff\xc0")
    small[".jpg"][frame + 5 : frame + 9] = struct.pack(">HH", 40_000, 40_000)
    small[".bmp"][18:26] = struct.pack("<ii", 40_000, -40_000)
    for content in small.values():
        with pytest.raises(PictureError, match=sentence):
            read_picture(bytes(content))


@pytest.mark.parametrize(
    "tags",
    [
        [(256, 4, 900)],
        [(256, 9, 900)],
        [(257, 16, 700)],
        [(274, 3, 6), (274, 3, 1)],
        [(258, 3, 16)],
        [(322, 4, 16384), (323, 4, 16384)],
    ],
    ids=["twice", "signed", "64 bits", "orientation twice", "depth twice", "tile"],
)
def test_a_tiff_that_can_be_understood_in_two_ways_is_refused_undecoded(
    digits: Gray, tags: list[tuple[int, int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cv2, "imdecode", None)
    content = tiff(sheet_with(digits[0], 10), *tags)
    assert sentence_about(content) == "The picture is damaged and cannot be read."


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_header_that_announces_another_size_is_refused(
    digits: Gray, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = encode(sheet_with(digits[0], 10), suffix)
    assert sentence_about(content) is None
    honest = cv2.imdecode
    for larger in ((601, 800), (600, 801), (6000, 8000)):
        monkeypatch.setattr(cv2, "imdecode", lambda _, flags, size=larger: honest(*blank_png(size), flags))
        assert sentence_about(content) == "The picture is damaged and cannot be read."


@cache
def blank_png(size: tuple[int, int]) -> tuple[Gray]:
    return (np.frombuffer(encode(np.zeros(size, np.uint8)), np.uint8),)


def test_a_webp_whose_canvas_lies_is_refused(digits: Gray) -> None:
    content = webp(sheet_with(digits[0], 10), exif(1), canvas=(80, 60))
    assert sentence_about(content) == "The picture is damaged and cannot be read."


def test_pixels_of_many_bytes_are_refused_sooner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cv2, "imdecode", None)
    deep = bytearray(png(9000, 9000, 6, b""))
    deep[24] = 16
    sentence = r"^The picture is too large: its pixels need 648 MB of at most 200\.$"
    with pytest.raises(PictureError, match=sentence):
        read_picture(bytes(deep))
    floats = tiff(np.zeros((1, 1), np.uint8)).replace(
        struct.pack("<HHII", 258, 3, 1, 8), struct.pack("<HHII", 258, 3, 1, 64)
    )
    for tag in (256, 257):
        floats = floats.replace(struct.pack("<HHII", tag, 4, 1, 1), struct.pack("<HHII", tag, 4, 1, 9000))
    with pytest.raises(PictureError, match=sentence):
        read_picture(floats)


def test_opencv_itself_refuses_what_is_too_large() -> None:
    code = "import core, cv2, sys, numpy; cv2.imdecode(numpy.frombuffer(sys.stdin.buffer.read(), numpy.uint8), -1)"
    content = png(10_001, 10_000, 0, b"")
    done = subprocess.run([sys.executable, "-c", code], input=content, capture_output=True, check=False)
    assert b"CV_IO_MAX_IMAGE_PIXELS" in done.stderr


@pytest.mark.parametrize("numbers", [(-3e38, 3e38), (0.0, np.inf), (0.0, 1e-45), (np.nan, 1.0), (-np.inf, np.nan)])
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_floats_of_any_range_are_read_in_silence(
    digits: Gray, numbers: tuple[float, float], kind: type[np.floating]
) -> None:
    sheet = np.where(sheet_with(digits[0], 10) > 127, kind(numbers[1]), kind(numbers[0]))
    sentence = sentence_about(encode(sheet, ".tiff"))
    assert sentence in (None, "There is no ink in the picture.")
    assert (sentence is None) == (numbers in ((-3e38, 3e38), (np.nan, 1.0)))


def test_a_huge_file_is_refused() -> None:
    with pytest.raises(PictureError, match="too large"):
        read_picture(bytes(MAX_BYTES + 1))


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("share", [0.05, 0.3, 0.7, 0.95, 0.9999])
def test_a_picture_cut_off_anywhere_is_refused(digits: Gray, suffix: str, share: float) -> None:
    content = encode(sheet_with(digits[0], 10), suffix)
    with pytest.raises(PictureError, match=r"^The picture is cut off: its end is missing\.$"):
        read_picture(content[: int(len(content) * share)])


def test_a_thumbnail_does_not_hide_that_a_photo_is_cut_off(digits: Gray) -> None:
    jpeg, block = encode(sheet_with(digits[0], 10), ".jpg"), b"Exif\0\0" + exif(1) + encode(digits[0], ".jpg")
    content = jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + jpeg[2:]
    with pytest.raises(PictureError, match="cut off"):
        read_picture(content[:-200])


@pytest.mark.parametrize(
    "content",
    [b"hello", b"BMW drivers write about their cars", b"RIFF....WAVEfmt ", b"<svg/>", b"GIF90a"],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(PictureError, match="is not a picture"):
        read_picture(content)


def test_damaged_pictures_are_refused_without_a_word_on_the_terminal(
    digits: Gray, capfd: pytest.CaptureFixture[str]
) -> None:
    good = encode(sheet_with(digits[0], 10))
    garbled = bytearray(good)
    garbled[len(good) // 2 : len(good) // 2 + 50] = bytes(50)
    for content in (bytes(garbled), png(500, 500, 0, bytes(100))):
        with pytest.raises(PictureError, match=r"^The picture is damaged and cannot be read\.$"):
            read_picture(content)
    sheet = sheet_with(digits[0], 10)
    read_picture(png(800, 600, 0, scanlines(sheet), (b"iCCP", b"no profile")))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_damage_causes_anything_but_a_sentence(digits: Gray, suffix: str) -> None:
    content = encode(sheet_with(digits[0], 5), suffix)
    random = np.random.default_rng(6)
    for _ in range(25):
        damaged = bytearray(content)
        for position in random.integers(0, min(len(content), 600), 4):
            damaged[position] = random.integers(256)
        sentence = sentence_about(bytes(damaged))
        assert sentence is None or sentence.endswith(".")


def test_the_spare_byte_of_a_plain_bmp_is_no_transparency(digits: Gray) -> None:
    """Windows leaves there whatever the memory held."""
    sheet = sheet_with(digits[0], 7)
    noise = np.random.default_rng(1).integers(0, 256, sheet.shape).astype(np.uint8)
    for spare in (noise, np.where(np.arange(sheet.shape[1]) < 400, 255, 0) + np.zeros_like(sheet)):
        content = bmp(painted(sheet, (0, 0, 0), (255, 255, 255)), 32, 40, alpha=spare)
        assert difference(read_picture(content), digits[0]) < 3
