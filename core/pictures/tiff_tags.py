"""Read the tags of a TIFF file; Exif data have the same format. Source: TIFF 6.0 specification, section 2."""

import struct

_ORIENTATION = 274
_OFFSETS_AND_LENGTHS = ((273, 279), (324, 325))  # of strips, of tiles
_WANTED = {256, 257, 258, 262, 274, 277, 322, 323, 273, 279, 324, 325}
_TYPES = {1: "B", 3: "H", 4: "I"}
_MAX_VALUES = 1_000_000


class TiffDamaged(Exception):
    """The tags cannot be read."""

    def __init__(self, *, is_cut_off: bool) -> None:
        super().__init__()
        self.is_cut_off = is_cut_off


def read_tags(content: bytes) -> dict[int, list[int]]:
    """Read the tags of the first page for size, layout, orientation and position of the data.

    Each tag may occur once and must have a usual type: otherwise a decoder could come to another size.

    Raises
    ------
    TiffDamaged
        When there is no list of tags, or it lies outside the file, or is ambiguous.
    """
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(content[:4])
    if order is None:
        raise TiffDamaged(is_cut_off=False)
    try:
        (start,) = struct.unpack_from(order + "I", content, 4)
        (count,) = struct.unpack_from(order + "H", content, start)
        tags: dict[int, list[int]] = {}
        for entry in range(start + 2, start + 2 + 12 * count, 12):
            tag, kind, number = struct.unpack_from(order + "HHI", content, entry)
            if tag not in _WANTED:
                continue
            if tag in tags or kind not in _TYPES or not 0 < number <= _MAX_VALUES:
                raise TiffDamaged(is_cut_off=False)
            tags[tag] = _values(content, entry + 8, f"{order}{number}{_TYPES[kind]}", order)
    except struct.error as error:
        raise TiffDamaged(is_cut_off=True) from error
    return tags


def data_end(tags: dict[int, list[int]]) -> int:
    """The position of the first byte after the pixels of the first page."""
    ends = [0]
    for offsets, lengths in _OFFSETS_AND_LENGTHS:
        ends += [start + size for start, size in zip(tags.get(offsets, []), tags.get(lengths, []), strict=False)]
    return max(ends)


def only_value(tags: dict[int, list[int]], tag: int, default: int) -> int:
    """The single value of a tag, or `default` when it is missing. Raises `TiffDamaged` when there are several."""
    values = tags.get(tag, [default])
    if len(values) != 1:
        raise TiffDamaged(is_cut_off=False)
    return values[0]


def orientation_of(tags: dict[int, list[int]]) -> int:
    """The Exif orientation, 1 to 8; 1, upright, when it is missing or invalid."""
    value = tags.get(_ORIENTATION, [1])[0]
    return value if 1 <= value <= 8 else 1


def exif_orientation(exif: bytes) -> int:
    """The orientation in an Exif block, which is a small TIFF; 1, upright, when it cannot be read."""
    try:
        return orientation_of(read_tags(exif.removeprefix(b"Exif\0\0")))
    except TiffDamaged:
        return 1


def _values(content: bytes, at: int, layout: str, order: str) -> list[int]:
    """The values of an entry: up to four bytes are in the entry itself, more at the position that it gives."""
    if struct.calcsize(layout) > 4:
        (at,) = struct.unpack_from(order + "I", content, at)
    return list(struct.unpack_from(layout, content, at))
