"""Which of the files found by PyInstaller belong in the app; the others are not used, or the system has them."""

import re
from pathlib import PurePath

QT_PLUGINS = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qgif", "qico", "qjpeg", "qsvg", "qwebp"},
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "platforms": {"qcocoa", "qoffscreen", "qwayland", "qwindows", "qxcb"},
    "platformthemes": {"qxdgdesktopportal"},
    "styles": {"qmacstyle", "qmodernwindowsstyle"},
    "wayland-decoration-client": {"adwaita", "bradient"},
    "wayland-shell-integration": {"xdg-shell"},
}
"""The Qt plug-ins that a window with widgets needs, by folder; names without "lib" and extension."""

QT_MODULES = {
    *("Core", "DBus", "Gui", "Svg", "Test", "WaylandClient", "Widgets", "WlShellIntegration", "XcbQpa"),
}

# Libraries that every Linux desktop has and that must match the rest of it: display, drivers, fonts, D-Bus, and what
# those need. They are dependencies of the Debian package instead.
SYSTEM_LIBRARIES = re.compile(
    r"lib(X11|X11-xcb|Xau|Xdmcp|xcb|xcb-(glx|randr|render|shape|shm|sync|xfixes|xkb)|xkbcommon|xkbcommon-x11"
    r"|EGL|GL|GLX|GLdispatch|OpenGL|drm|wayland-(client|cursor|egl)|ffi-wayland"
    r"|fontconfig|freetype|harfbuzz|graphite2|png16|brotli(common|dec)|expat|z|uuid"
    r"|glib-2\.0|gthread-2\.0|gio-2\.0|gobject-2\.0|gmodule-2\.0|pcre2-8|mount|blkid|selinux"
    r"|dbus-1|systemd|gcrypt|gpg-error|cap|lz4|zstd|bsd|md"
    r"|stdc\+\+|gcc_s)\.so(\.[0-9.]+)?"
)

_UNUSED = (
    # parts of LiteRT other than its interpreter
    re.compile(r"(^|/)libLiteRt(WebGpuAccelerator)?\.|(^|/)ai_edge_litert/(vendors|aot|tools)/"),
    re.compile(r"(^|/)PySide6/opengl32sw\.dll$"),
    re.compile(r"(^|/)PySide6/(Qt/)?(qml|translations|metatypes|libexec|resources)/"),
    re.compile(r"\.(h|hpp|hh|inc|cuh|pxd|pyx|pyi|a|lib|cmake|prl|qm|proto)$|(^|/)py\.typed$"),
    re.compile(r"(^|/)tensorflow/(include|xla_aot_runtime_src)/"),
    re.compile(r"(^|/)(stablehlo_extension|_xla_ops|lib_native_proto_caster)\.(so|pyd)$"),
    re.compile(r"(^|/)(tests|_tests|examples)/|(^|/)(conftest\.py|test_[^/]*\.pyc?)$"),
    re.compile(r"(^|/)(_multiarray_tests|pybind_for_testing)\.|(^|/)tensorflow/python/autograph/(impl|pyct)/testing/"),
    # installation records
    re.compile(r"\.dist-info/(?!METADATA$)|\.egg-info(/|$)"),
)
_QT_PLUGIN = re.compile(r"(^|/)PySide6/(Qt/)?plugins/(?P<folder>[^/]+)/(lib)?(?P<name>[^/.]+?)\.[a-z]+$")
_QT_LIBRARY = re.compile(r"(^|/)(lib)?Qt6?(?P<module>[A-Z][A-Za-z0-9]*)(\.(so|dll|pyd|framework|abi3)\b|$)")


def is_wanted_file(path: str, *, from_system: bool = False) -> bool:
    """Whether the file at `path` in the bundle belongs in the app.

    Parameters
    ----------
    from_system
        Whether it is a library of the build system.
    """
    path = path.replace("\\", "/")
    if from_system and SYSTEM_LIBRARIES.fullmatch(PurePath(path).name):
        return False
    plugin = _QT_PLUGIN.search(path)
    if plugin:
        return _short(plugin["name"]) in {_short(name) for name in QT_PLUGINS.get(plugin["folder"], set())}
    library = _QT_LIBRARY.search(path) if "PySide6" in path or "Qt" in PurePath(path).name else None
    if library and library["module"] not in QT_MODULES:
        return False
    return not any(pattern.search(path) for pattern in _UNUSED)


def _short(plugin: str) -> str:
    return plugin.removesuffix("plugin")
