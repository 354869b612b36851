"""What other programs write: palettes, four inks, animations, icons and maps; hostile files get one sentence."""

import struct
import zlib

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from core.errors import PictureError
from core.pictures import avif_files
from core.pictures.av1_streams import largest_frame
from core.pictures.headers import picture_kind
from core.pictures.reading import Picture, read_picture

Gray = npt.NDArray[np.uint8]
BOX = (60, 30, 100, 120)
CUT_OFF = "The picture is cut off: its end is missing."
DAMAGED = "The picture is damaged and cannot be read."


@pytest.fixture(scope="module")
def sheet() -> Gray:
    """White, with a black bar whose box is `BOX`."""
    pixels = np.full((150, 200), 255, np.uint8)
    pixels[BOX[1] : BOX[3], BOX[0] : BOX[2]] = 0
    return pixels


def encode(pixels: npt.NDArray[np.generic], suffix: str = ".png", *parameters: int) -> bytes:
    done, content = cv2.imencode(suffix, pixels, parameters)
    assert done
    return content.tobytes()


def sentence_about(content: bytes) -> str | None:
    """What is said about a file; None when it can be read."""
    try:
        read_picture(content)
    except PictureError as error:
        return str(error)
    return None


def is_found(picture: Picture, box: tuple[float, ...] = BOX) -> bool:
    return bool(np.abs(np.subtract(picture.box, box)).max() <= 2)


def require_sentences_for_damage(content: bytes, *, first: int = 0, times: int = 60) -> None:
    """Garbled bytes and cut ends cause nothing but a sentence."""
    random = np.random.default_rng(6)
    for _ in range(times):
        damaged = bytearray(content)
        for position in random.integers(first, min(len(content), 600), 3):
            damaged[position] = random.integers(256)
        for found in (bytes(damaged), bytes(damaged[: random.integers(len(damaged))])):
            sentence = sentence_about(found)
            assert sentence is None or sentence.endswith(".")


# --- GIF


def gif(pixels: Gray, *, transparent: int | None = None, times: int = 1, at: tuple[int, int] = (0, 0)) -> bytes:
    """A GIF of the palette 0 black, 1 white, with codes of 3 bits that are cleared before they grow."""
    height, width = pixels.shape
    screen = struct.pack("<HH", width + at[0], height + at[1])
    content = b"GIF89a" + screen + b"\x80\0\0" + bytes(3) + b"\xff" * 3
    codes = [code for start in range(0, pixels.size, 2) for code in (4, *pixels.ravel()[start : start + 2] // 255)]
    number = sum(int(code) << 3 * place for place, code in enumerate([*codes, 5]))
    data = number.to_bytes(-(-3 * (len(codes) + 1) // 8), "little")
    blocks = b"".join(bytes([len(data[at : at + 255])]) + data[at : at + 255] for at in range(0, len(data), 255))
    control = b"" if transparent is None else b"\x21\xf9\x04\x01\0\0" + bytes([transparent]) + b"\0"
    image = control + b"\x2c" + struct.pack("<4H", *at, width, height) + b"\0\x02" + blocks + b"\0"
    blank = image if times == 1 else b"\x2c" + struct.pack("<4H", 0, 0, 1, 1) + b"\0\x02\x02\x4c\x01\0"
    return content + image + blank * (times - 1) + b"\x3b"


def test_the_first_frame_of_a_gif_is_read(sheet: Gray) -> None:
    for content in (gif(sheet), gif(sheet, times=3)):
        picture = read_picture(content)
        assert picture.size == (200, 150) and is_found(picture)


def test_a_gif_whose_paper_is_transparent(sheet: Gray) -> None:
    assert is_found(read_picture(gif(sheet, transparent=1)))


def test_a_gif_of_a_huge_screen_is_refused_undecoded(sheet: Gray, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cv2, "imdecode", None)
    content = bytearray(gif(sheet))
    content[6:10] = struct.pack("<HH", 9000, 9000)
    assert "needs 729 MB" in str(sentence_about(bytes(content))).replace("its pixels need", "needs")
    content[6:10] = struct.pack("<HH", 150, 150)
    assert sentence_about(bytes(content)) == DAMAGED, "the frame stands out beyond the screen"


def test_damaged_gifs_cause_nothing_but_a_sentence(sheet: Gray) -> None:
    content = gif(sheet[:40:2, 50:110:2], times=2)
    assert [sentence_about(content[:length]) for length in (6, 12, 20, 60, len(content) - 1)] == [CUT_OFF] * 5
    require_sentences_for_damage(content, first=6)


# --- AVIF

needs_avif = pytest.mark.skipif(not cv2.haveImageWriter(".avif"), reason="this OpenCV has no AVIF")


def with_box(content: bytes, parent: bytes, child: bytes) -> bytes:
    """The AVIF with one more box at the end of the one called `parent` in `meta`; all later positions move."""
    path = {b"ipco": (b"meta", b"iprp", b"ipco")}[parent]
    changed, shift = bytearray(content), len(child)
    for name in path:
        at = content.index(name) - 4
        changed[at : at + 4] = struct.pack(">I", struct.unpack_from(">I", content, at)[0] + shift)
    at = content.index(parent) - 4
    end = at + struct.unpack_from(">I", content, at)[0]
    start = content.index(b"mdat") + 4
    moved = bytes(changed[:end]).replace(struct.pack(">I", start), struct.pack(">I", start + shift))
    return moved + child + bytes(changed[end:])


@needs_avif
def test_an_avif_turned_and_mirrored(sheet: Gray) -> None:
    content = encode(sheet, ".avif")
    turned = read_picture(with_box(content, b"ipco", struct.pack(">I4sB", 9, b"irot", 1)))
    assert turned.size == (150, 200) and is_found(turned, (30, 100, 120, 140))
    mirrored = read_picture(with_box(content, b"ipco", struct.pack(">I4sB", 9, b"imir", 1)))
    assert is_found(mirrored, (100, 30, 140, 120))


@needs_avif
def test_an_avif_with_transparent_paper(sheet: Gray) -> None:
    layers = [np.zeros_like(sheet)] * 3 + [255 - sheet]
    assert is_found(read_picture(encode(cv2.merge(layers), ".avif")))


@needs_avif
def test_an_avif_that_claims_much_is_refused_undecoded(sheet: Gray, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cv2, "imdecode", None)
    content = encode(sheet, ".avif")
    size = content.index(b"ispe") + 8
    huge = content[:size] + struct.pack(">II", 40_000, 40_000) + content[size + 8 :]
    assert "40,000 × 40,000 pixels" in str(sentence_about(huge))
    monkeypatch.setattr(avif_files, "largest_frame", lambda _: 1 << 28)
    assert sentence_about(content) == DAMAGED, "the stream allows larger pictures than the file says"


@needs_avif
def test_damaged_avifs_cause_nothing_but_a_sentence(sheet: Gray) -> None:
    content = encode(sheet, ".avif")
    require_sentences_for_damage(content, first=32)
    for length in (40, 100, 200, len(content) - 1):
        assert sentence_about(content[:length]) == CUT_OFF


@needs_avif
def test_the_size_of_a_stream_is_read_without_decoding_it(sheet: Gray) -> None:
    content = encode(sheet, ".avif")
    assert largest_frame(content[content.index(b"mdat") + 4 :]) == 200 * 150
    assert largest_frame(b"") == 0
    with pytest.raises(PictureError, match="damaged"):
        largest_frame(b"\x12\0" * 20_000)


def test_an_avif_is_none_where_opencv_cannot_decode_it(monkeypatch: pytest.MonkeyPatch) -> None:
    start = b"\0\0\0\x18ftypavif\0\0\0\0avif"
    monkeypatch.setattr(avif_files, "_can_decode", lambda: False)
    assert picture_kind(start) is None
    monkeypatch.setattr(avif_files, "_can_decode", lambda: True)
    assert picture_kind(start) == "avif"


# --- animated PNG and WebP, palettes, few and many bits


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def test_the_first_frame_of_an_animated_png_is_read(sheet: Gray) -> None:
    png, blank = encode(sheet), encode(np.full_like(sheet, 255))
    frame = struct.pack(">4IHHBB", *sheet.shape[::-1], 0, 0, 1, 10, 0, 0)
    later = b"".join(chunk(b"fdAT", struct.pack(">I", 2) + data) for data in idat_bodies(blank))
    control = chunk(b"acTL", struct.pack(">II", 2, 0)) + chunk(b"fcTL", struct.pack(">I", 0) + frame)
    end = png.index(b"IEND") - 4
    content = png[:33] + control + png[33:end] + chunk(b"fcTL", struct.pack(">I", 1) + frame) + later + png[end:]
    assert is_found(read_picture(content))


def idat_bodies(png: bytes) -> list[bytes]:
    position, bodies = 8, []
    while position < len(png):
        length, name = struct.unpack_from(">I4s", png, position)
        if name == b"IDAT":
            bodies.append(png[position + 8 : position + 8 + length])
        position += 12 + length
    return bodies


def test_the_first_frame_of_an_animated_webp_is_read(sheet: Gray) -> None:
    sides = b"".join((side - 1).to_bytes(3, "little") for side in sheet.shape[::-1])
    frames = b""
    for pixels in (sheet, np.full_like(sheet, 255)):
        image = encode(pixels, ".webp", cv2.IMWRITE_WEBP_QUALITY, 101)[12:]
        body = bytes(6) + sides + (100).to_bytes(3, "little") + b"\x02" + image
        frames += b"ANMF" + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)
    head = b"VP8X" + struct.pack("<I", 10) + bytes([2, 0, 0, 0]) + sides
    chunks = b"WEBP" + head + b"ANIM" + struct.pack("<I", 6) + b"\xff\xff\xff\xff\0\0" + frames
    assert is_found(read_picture(b"RIFF" + struct.pack("<I", len(chunks)) + chunks))


@pytest.mark.parametrize("bits", [1, 2, 4])
def test_a_png_of_few_bits(sheet: Gray, bits: int) -> None:
    ink = (sheet > 0).reshape(sheet.shape[0], -1, 1) * np.ones(bits, np.uint8)
    rows = b"".join(b"\0" + np.packbits(row.ravel().astype(bool)).tobytes() for row in ink)
    for colour, palette in ((0, b""), (3, chunk(b"PLTE", bytes(3) + b"\xff" * (3 * ((1 << bits) - 1))))):
        header = chunk(b"IHDR", struct.pack(">IIBBBBB", *sheet.shape[::-1], bits, colour, 0, 0, 0))
        content = b"\x89PNG\r\n\x1a\n" + header + palette + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
        assert is_found(read_picture(content))


@pytest.mark.parametrize("bits", [1, 4, 8])
def test_a_bmp_of_a_palette(sheet: Gray, bits: int) -> None:
    assert is_found(read_picture(dib(sheet, bits, with_file_header=True)))


# --- CMYK


def tiff(pixels: Gray, photometric: int, *, bits: int = 8) -> bytes:
    """An uncompressed TIFF of `(h, w, n)`."""
    height, width, samples = pixels.shape
    data = np.packbits(pixels[:, :, 0] > 0, axis=1).tobytes() if bits == 1 else pixels.tobytes()
    depths = struct.pack(f"<{samples}H", *[bits] * samples)
    depth = (258, 3, 1, bits) if samples == 1 else (258, 3, samples, 8)
    entries = [
        (256, 4, 1, width), (257, 4, 1, height), depth, (259, 3, 1, 1), (262, 3, 1, photometric),
        (273, 4, 1, 8 + len(depths)), (277, 3, 1, samples), (278, 4, 1, height), (279, 4, 1, len(data)),
    ]  # fmt: skip
    at = 8 + len(depths) + len(data)
    tags = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<I", at) + depths + data + struct.pack("<H", len(entries)) + tags + bytes(4)


@pytest.mark.parametrize("inks", [(0, 0, 0, 1), (1, 1, 1, 0), (1, 1, 1, 1), (0, 1, 1, 0)])
def test_a_tiff_of_four_inks(sheet: Gray, inks: tuple[int, ...]) -> None:
    assert is_found(read_picture(tiff(np.dstack([(255 - sheet) * np.uint8(ink) for ink in inks]), 5)))


@pytest.mark.parametrize("photometric", [0, 1])
def test_a_tiff_of_one_bit(sheet: Gray, photometric: int) -> None:
    assert is_found(read_picture(tiff((sheet if photometric else 255 - sheet)[:, :, np.newaxis], photometric, bits=1)))


def cmyk_jpeg(planes: list[Gray], mark: bytes) -> bytes:
    """A JPEG of four inks, from four grey ones of the same tables: a scan for each, and `mark` before them."""
    parts = [encode(plane, ".jpg", cv2.IMWRITE_JPEG_QUALITY, 95) for plane in planes]
    frame, scan = parts[0].index(b"\xff\xc0"), parts[0].index(b"\xff\xda")
    end = frame + 2 + struct.unpack_from(">H", parts[0], frame + 2)[0]
    fields = b"".join(bytes([number, 0x11, 0]) for number in range(1, 5))
    head = b"\xff\xc0" + struct.pack(">HBHHB", 20, 8, *planes[0].shape, 4) + fields
    scans = b""
    for number, part in enumerate(parts, start=1):
        start = part.index(b"\xff\xda")
        scans += b"\xff\xda\0\x08\x01" + bytes([number, 0, 0, 63, 0]) + part[start + 10 : -2]
    return parts[0][:2] + mark + parts[0][2:frame] + head + parts[0][end:scan] + scans + b"\xff\xd9"


ADOBE = b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\0"


@pytest.mark.parametrize("inks", [(0, 0, 0, 1), (1, 1, 1, 0), (1, 1, 1, 1)])
def test_a_jpeg_of_four_inks(sheet: Gray, inks: tuple[int, ...]) -> None:
    """Adobe's programs store the inks inverted, and mark the file."""
    planes = [np.asarray((255 - sheet) * ink, np.uint8) for ink in inks]
    for content in (cmyk_jpeg([255 - plane for plane in planes], ADOBE), cmyk_jpeg(planes, b"")):
        picture = read_picture(content)
        assert is_found(picture) and picture.pixels[5, 5] > 240, "paper is white"


def test_a_jpeg_of_adobes_four_inks_as_brightness_and_colour(sheet: Gray) -> None:
    grey = np.full_like(sheet, 128)
    content = cmyk_jpeg([255 - sheet, grey, grey, np.full_like(sheet, 255)], ADOBE[:-1] + b"\x02")
    assert is_found(read_picture(content))


def test_damaged_jpegs_of_four_inks_cause_nothing_but_a_sentence(sheet: Gray) -> None:
    require_sentences_for_damage(cmyk_jpeg([255 - sheet] * 4, b""), first=2)


# --- portable maps


def pnm(pixels: npt.NDArray[np.generic], kind: int, most: int = 255) -> bytes:
    head = f"P{kind}\n# made by hand\n{pixels.shape[1]} {pixels.shape[0]}\n" + ("" if kind in (1, 4) else f"{most}\n")
    if kind <= 3:
        return head.encode() + "\n".join(" ".join(map(str, row.ravel())) for row in pixels).encode()
    data = np.packbits(pixels > 0, axis=1) if kind == 4 else pixels.astype("u1" if most < 256 else ">u2")
    return head.encode() + data.tobytes()


def pam(pixels: Gray, most: int, kind: str) -> bytes:
    height, width, depth = pixels.shape
    head = f"P7\nWIDTH {width}\nHEIGHT {height}\nDEPTH {depth}\nMAXVAL {most}\nTUPLTYPE {kind}\nENDHDR\n"
    return head.encode() + pixels.tobytes()


def test_portable_maps_of_all_kinds(sheet: Gray) -> None:
    white, ink = (sheet // 255).astype(np.uint16), (sheet == 0).astype(np.uint8)
    without_spaces = b"P1 200 150\n" + b"".join(b"%d" % bit for bit in ink.ravel())
    contents = [pnm(ink, 1), pnm(ink, 4), without_spaces]
    for most in (1, 15, 255, 1023, 65535):
        grey = white * np.uint16(most)
        contents += [pnm(grey, 2, most), pnm(grey, 5, most)]
        contents += [pnm(np.dstack([grey] * 3), 3, most), pnm(np.dstack([grey] * 3), 6, most)]
    contents += [pam(np.dstack([sheet // 255]), 1, "BLACKANDWHITE"), pam(np.dstack([sheet] * 3), 255, "RGB")]
    contents += [
        pam(np.dstack([ink * 0, ink]), 1, "GRAYSCALE_ALPHA"),
        pam(np.dstack([ink] * 3 + [ink]), 1, "RGB_ALPHA"),
    ]
    for content in contents:
        picture = read_picture(content)
        assert picture.size == (200, 150) and is_found(picture), content[:60]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"P5\n40000 40000\n255\n", "The picture is too large: 40,000 × 40,000 pixels of at most 100 million in all."),
        (b"P3\n9000 9000\n255\n1", "The picture is too large: its pixels need 972 MB of at most 200."),
        (b"P5\n20 20\n255\n" + bytes(399), CUT_OFF),
        (b"P4\n20 20\n" + bytes(59), CUT_OFF),
        (b"P2\n20 20\n255\n" + b"10 " * 399, CUT_OFF),
        (b"P1\n20 20\n" + b"1" * 399, CUT_OFF),
        (b"P1\n20 20\n" + b"1" * 390 + b"\n" * 20, CUT_OFF),
        (b"P2\n2 2\n255\n1 2 x 4 5", DAMAGED),
        (b"P5\n2 2\n0\n" + bytes(4), DAMAGED),
        (b"P5\n2 2\n65536\n" + bytes(8), DAMAGED),
        (b"P5\n0 2\n255\n", DAMAGED),
        (b"P5\n2", CUT_OFF),
        (b"P7\nWIDTH 2\n", CUT_OFF),
        (b"P7\nWIDTH 2\nENDHDR\n" + bytes(4), DAMAGED),
        (b"P7\nWIDTH 2\nHEIGHT 2\nDEPTH 9\nMAXVAL 255\nENDHDR\n" + bytes(36), DAMAGED),
    ],
)  # fmt: skip
def test_maps_that_cannot_be_read(content: bytes, sentence: str) -> None:
    assert sentence_about(content) == sentence


def test_damaged_maps_cause_nothing_but_a_sentence(sheet: Gray) -> None:
    for kind in (1, 2, 4, 5):
        pixels = (sheet == 0).astype(np.uint8)[::5, ::5] if kind in (1, 4) else sheet[::5, ::5]
        require_sentences_for_damage(pnm(pixels, kind), first=2, times=30)


# --- icons


def dib(pixels: Gray, bits: int, *, with_file_header: bool = False, mask: Gray | None = None) -> bytes:
    """A bitmap of black and white, as in icons: twice as high when it has a `mask`."""
    height, width = pixels.shape
    if bits <= 8:
        white = np.repeat(pixels[:, :, np.newaxis] > 0, bits, axis=2).reshape(height, -1)
        if bits == 8:
            white = np.unpackbits((pixels > 0).astype(np.uint8)[:, :, np.newaxis], axis=2).reshape(height, -1)
        elif bits == 4:
            white = np.dstack([np.zeros((*pixels.shape, 3), bool), pixels > 0]).reshape(height, -1)
        rows = np.packbits(white, axis=1)
    else:
        channels = [pixels] * 3 + ([255 - pixels] if bits == 32 else [])
        rows = np.dstack(channels).reshape(height, -1)
    rows = np.pad(rows, ((0, 0), (0, -rows.shape[1] % 4)))[::-1]
    palette = bytes(4) + b"\xff\xff\xff\0" * ((1 << bits) - 1) if bits <= 8 else b""
    tall = height * (2 if mask is not None else 1)
    header = struct.pack("<IiiHHIIiiII", 40, width, tall, 1, bits, 0, rows.nbytes, 0, 0, 0, 0)
    body = header + palette + rows.tobytes()
    if mask is not None:
        packed = np.packbits(mask > 0, axis=1)
        body += np.pad(packed, ((0, 0), (0, -packed.shape[1] % 4)))[::-1].tobytes()
    start = 14 + 40 + len(palette)
    return b"BM" + struct.pack("<IHHI", 14 + len(body), 0, 0, start) + body if with_file_header else body


def icon(*images: bytes, kind: int = 1) -> bytes:
    entries, at = b"", 6 + 16 * len(images)
    for image in images:
        entries += struct.pack("<BBBBHHII", 0, 0, 0, 0, 1, 32, len(image), at)
        at += len(image)
    return struct.pack("<HHH", 0, kind, len(images)) + entries + b"".join(images)


@pytest.mark.parametrize("kind", [1, 2])
def test_the_largest_image_of_an_icon_is_read(sheet: Gray, kind: int) -> None:
    small = dib(np.full((16, 16), 255, np.uint8), 24, mask=np.zeros((16, 16), np.uint8))
    for large in (encode(sheet), dib(sheet, 24, mask=0 * sheet)):
        for images in ((small, large), (large, small)):
            picture = read_picture(icon(*images, kind=kind))
            assert picture.size == (200, 150) and is_found(picture)


@pytest.mark.parametrize("bits", [1, 4, 8, 24, 32])
def test_an_icon_of_any_depth(sheet: Gray, bits: int) -> None:
    assert is_found(read_picture(icon(dib(sheet, bits, mask=0 * sheet))))


@pytest.mark.parametrize("bits", [1, 8, 24])
def test_an_icon_whose_ink_is_in_its_mask_alone(sheet: Gray, bits: int) -> None:
    assert is_found(read_picture(icon(dib(0 * sheet, bits, mask=sheet))))


def test_an_icon_whose_ink_is_in_its_alpha_alone(sheet: Gray) -> None:
    layers = [np.zeros_like(sheet)] * 3 + [255 - sheet]
    assert is_found(read_picture(icon(encode(cv2.merge(layers)))))


def test_icons_that_cannot_be_read(sheet: Gray, monkeypatch: pytest.MonkeyPatch) -> None:
    good = icon(dib(sheet, 24, mask=0 * sheet))
    for length in (22, 40, 500, len(good) - 1):
        assert sentence_about(good[:length]) == CUT_OFF
    require_sentences_for_damage(good, first=6)
    require_sentences_for_damage(icon(encode(sheet)), first=6)
    monkeypatch.setattr(cv2, "imdecode", None)
    for side in (5000, 60_000, 2**31 - 1):
        huge = bytearray(good)
        huge[26:30] = struct.pack("<i", side)
        assert sentence_about(bytes(huge)) == DAMAGED
    jpeg_inside = bytearray(good)
    jpeg_inside[38] = 4
    assert sentence_about(bytes(jpeg_inside)) == DAMAGED
    assert picture_kind(icon()) is None
