"""Find out how large the pictures in an AV1 stream are, without decoding it.

Source: AOMedia, “AV1 Bitstream & Decoding Process Specification”, sections 5.3 to 5.5.
"""

from core.errors import PictureError
from core.wording.picture_problems import PictureProblem

_SEQUENCE_HEADER = 1
_MOST_UNITS = 1000
_FIRST_LEVEL_WITH_TIER = 8


def largest_frame(stream: bytes) -> int:
    """The pixels of the largest frame that `stream` allows; 0 when it is no stream of AV1.

    Raises
    ------
    PictureError
        When it has more units than any picture needs.
    """
    largest = position = 0
    for _ in range(_MOST_UNITS):
        if position >= len(stream):
            return largest
        head = stream[position]
        has_extension, has_size = head >> 2 & 1, head >> 1 & 1
        size, position = _size(stream, position + 1 + has_extension) if has_size else (len(stream), position + 1)
        if head >> 3 & 15 == _SEQUENCE_HEADER:
            largest = max(largest, _frame(_Bits(stream[position : position + min(size, 1024)])))
        position += size
    raise PictureError(PictureProblem.DAMAGED)


def _size(stream: bytes, position: int) -> tuple[int, int]:
    """A number in groups of 7 bits, and the position after it."""
    value = 0
    for place in range(8):
        byte = stream[position + place] if position + place < len(stream) else 0
        value |= (byte & 0x7F) << 7 * place
        if not byte & 0x80:
            break
    return value, position + place + 1


class _Bits:
    """The bits of some bytes, highest first; zeros after the end."""

    def __init__(self, content: bytes) -> None:
        self._number = int.from_bytes(content, "big")
        self._left = 8 * len(content)

    def next(self, count: int) -> int:
        self._left -= count
        shifted = self._number >> self._left if self._left >= 0 else self._number << -self._left
        return shifted & ((1 << count) - 1)

    def skip_variable(self) -> None:
        """A number after as many zeros as it has bits."""
        zeros = 0
        while zeros < 32 and not self.next(1):
            zeros += 1
        self.next(zeros if zeros < 32 else 0)


def _frame(bits: _Bits) -> int:
    """Width times height that a sequence header allows. The names are those of section 5.5.1."""
    bits.next(4)  # seq_profile, still_picture
    if bits.next(1):  # reduced_still_picture_header
        bits.next(5)
    else:
        _skip_operating_points(bits)
    width_bits, height_bits = bits.next(4) + 1, bits.next(4) + 1
    return (bits.next(width_bits) + 1) * (bits.next(height_bits) + 1)


def _skip_operating_points(bits: _Bits) -> None:
    delay_bits = 0
    if bits.next(1):  # timing_info_present_flag
        bits.next(64)
        if bits.next(1):  # equal_picture_interval
            bits.skip_variable()
        if bits.next(1):  # decoder_model_info_present_flag
            delay_bits = bits.next(5) + 1
            bits.next(42)
    has_display_delay = bits.next(1)
    for _ in range(bits.next(5) + 1):
        bits.next(12)
        if bits.next(5) >= _FIRST_LEVEL_WITH_TIER:
            bits.next(1)
        if delay_bits and bits.next(1):
            bits.next(2 * delay_bits + 1)
        if has_display_delay and bits.next(1):
            bits.next(4)
