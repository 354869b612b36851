"""Icons in the containers of Windows and macOS."""

import struct

from icons import mac_icon, windows_icon

PICTURES = {16: b"small", 256: b"a large picture", 512: b"the largest"}


def test_windows_finds_each_picture() -> None:
    icon = windows_icon(PICTURES)
    assert struct.unpack_from("<HHH", icon) == (0, 1, 2)
    for index, side in enumerate((16, 256)):
        width, _, _, _, _, _, size, offset = struct.unpack_from("<BBBBHHII", icon, 6 + 16 * index)
        assert width == side % 256
        assert icon[offset : offset + size] == PICTURES[side]


def test_a_mac_finds_each_picture() -> None:
    icon = mac_icon(PICTURES)
    assert icon[:4] == b"icns"
    assert struct.unpack_from(">I", icon, 4) == (len(icon),)
    assert icon[8:12] == b"icp4"
    assert b"ic09" + struct.pack(">I", 8 + len(PICTURES[512])) + PICTURES[512] in icon
