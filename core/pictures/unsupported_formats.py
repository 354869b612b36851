"""Recognise formats of pictures and drawings that DigitPad cannot read, to name them in an error."""

from pathlib import Path

_STARTS = {
    b"8BPS": "Photoshop",
    b"%PDF": "PDF",
    b"%!PS": "PostScript",
    b"gimp xcf": "GIMP",
    b"\0\0\0\x0cjP  ": "JPEG 2000",
    b"\xff\x0a": "JPEG XL",
    b"\0\0\0\x0cJXL ": "JPEG XL",
    b"qoif": "QOI",
    b"\x76\x2f\x31\x01": "OpenEXR",
}
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"), "HEIC"),
    **dict.fromkeys((b"avif", b"avis"), "AVIF"),
}
"""Of ISO base media files (ISO 14496-12): the brand follows the word “ftyp”. AVIF is one only where OpenCV lacks it."""
_SUFFIXES = {
    **dict.fromkeys((".heic", ".heif", ".hif"), "HEIC"),
    **dict.fromkeys((".jp2", ".j2k", ".jpf", ".jpx"), "JPEG 2000"),
    **dict.fromkeys((".dng", ".cr2", ".cr3", ".nef", ".arw", ".orf", ".rw2", ".raf"), "a camera’s raw format"),
    **dict.fromkeys((".eps", ".ps", ".ai"), "PostScript"),
    **dict.fromkeys((".wmf", ".emf"), "a Windows metafile"),
    ".pdf": "PDF", ".psd": "Photoshop",
    ".xcf": "GIMP", ".kra": "Krita", ".jxl": "JPEG XL", ".icns": "an icon", ".tga": "Targa",
    ".exr": "OpenEXR", ".hdr": "Radiance", ".pcx": "PCX", ".qoi": "QOI", ".xpm": "XPM", ".isf": "Windows ink",
}  # fmt: skip


def foreign_format(name: str, start: bytes) -> str:
    """The name of a picture or drawing format that DigitPad cannot read; "" for any other file.

    `start`, the first bytes of the file, takes precedence over its `name`.
    """
    if start[4:8] == b"ftyp" and start[8:12] in _BRANDS:
        return _BRANDS[start[8:12]]
    by_content = next((kind for magic, kind in _STARTS.items() if start.startswith(magic)), "")
    return by_content or _SUFFIXES.get(Path(name).suffix.lower(), "")
