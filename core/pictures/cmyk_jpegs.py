"""Prepare JPEG files of four inks, cyan, magenta, yellow and black, that carry no mark of Adobe's.

With that mark the inks are stored inverted, which OpenCV takes for granted. Without it, it takes all paper for black,
but reads the same data rightly as the content of a TIFF.
Source: TIFF Technical Note 2 (JPEG in TIFF); Adobe, Technical Note 5116, on the mark.
"""

import struct

from core.pictures.picture_header import PictureHeader

INKS = 4

_SHORT, _LONG = 3, 4
_JPEG, _SEPARATED = 7, 5


def as_tiff(content: bytes, header: PictureHeader) -> bytes:
    """A TIFF file, of the size in `header`, whose only strip is the JPEG file `content`."""
    depths = struct.pack(f"<{INKS}H", *[8] * INKS)
    start = 8 + len(depths)
    entries = [
        (256, _LONG, 1, header.width), (257, _LONG, 1, header.height), (258, _SHORT, INKS, 8), (259, _SHORT, 1, _JPEG),
        (262, _SHORT, 1, _SEPARATED), (273, _LONG, 1, start), (277, _SHORT, 1, INKS), (278, _LONG, 1, header.height),
        (279, _LONG, 1, len(content)),
    ]  # fmt: skip
    tags = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    at = start + len(content)
    return b"II*\0" + struct.pack("<I", at) + depths + content + struct.pack("<H", len(entries)) + tags + bytes(4)
