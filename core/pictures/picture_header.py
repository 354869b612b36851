"""What the header of a picture says, whatever its format."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PictureHeader:
    """Facts from the header of a picture.

    Attributes
    ----------
    kind
        `png`, `jpeg`, `bmp`, `webp`, `tiff`, `gif`, `avif`, `icon` or `pnm`.
    width, height
        In pixels, as decoded: before the orientation is applied.
    orientation
        The Exif orientation to apply after decoding, 1 to 8; 1 is upright.
    may_have_alpha, may_have_colour
        Whether the file can have transparency, and colours other than grey.
    is_lossy
        Whether its compression changes pixels.
    pixel_bytes
        Bytes of memory for each pixel while it is decoded.
    is_plain_cmyk
        Whether it is a JPEG of four inks that are not stored inverted.
    """

    kind: str
    width: int
    height: int
    orientation: int = 1
    may_have_alpha: bool = False
    may_have_colour: bool = True
    is_lossy: bool = False
    pixel_bytes: int = 1
    is_plain_cmyk: bool = False
