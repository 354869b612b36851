"""Write networks so that older versions of Keras can read them, too.

Each version of Keras writes more settings of its objects than the ones before, and refuses files with unknown settings,
even if they only state a default. So settings with the default of their class are left out. No default of a layer,
initialiser, regulariser, constraint or dtype policy has changed from Keras 3.0 to 3.15, so the result is the same in
all of them.

Import only after `core.learning.backend.load_tensorflow`.
"""

import copy
import inspect
import io
import json
import sys
import zipfile
from typing import Any

import keras

_CONFIGURATION = "config.json"

Settings = dict[str, Any]


def portable_archive(content: bytes) -> bytes:
    """The `.keras` file `content`, which Keras has opened in safe mode, with a portable configuration."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(written, "w") as archive:
        for member in given.infolist():
            body = given.read(member)
            archive.writestr(member, portable_json(body).encode() if member.filename == _CONFIGURATION else body)
    return written.getvalue()


def portable_json(configuration: str | bytes, *, indent: int | None = None) -> str:
    """A network's `configuration` in JSON, without settings that older versions may not know."""
    return json.dumps(_portable(json.loads(configuration)), indent=indent)


def _portable(node: Any) -> Any:
    if isinstance(node, list):
        return [_portable(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _portable(value) for key, value in node.items()}
    described = _class_of(kept)
    if described is not None:
        kept["config"] = _without_defaults(described, kept["config"])
    return kept


def _class_of(node: Settings) -> type | None:
    """The class of the Keras object that `node` describes; None when it describes none."""
    module, name = node.get("module"), node.get("class_name")
    if not isinstance(node.get("config"), dict) or not isinstance(module, str) or module.partition(".")[0] != "keras":
        return None
    found = getattr(sys.modules.get(module), str(name), None)  # imported when Keras opened the network
    return found if inspect.isclass(found) else None


def _without_defaults(described: type, settings: Settings) -> Settings:
    """`settings` without those that make no difference to the object of class `described`."""
    whole = _read_and_written(described, settings)
    for key in _candidates(described, settings):
        shorter = {name: value for name, value in settings.items() if name != key}
        if whole is not None and _read_and_written(described, shorter) == whole:
            settings = shorter
    if issubclass(described, keras.Operation) and not issubclass(described, keras.Layer):
        settings = {name: value for name, value in settings.items() if name != "name"}  # before 3.12 they took none
    return settings


def _candidates(described: type, settings: Settings) -> list[str]:
    arguments = inspect.signature(described.__init__).parameters  # type: ignore[misc]  # only asked for its arguments
    return [key for key in settings if key in arguments and _is_default(settings[key], arguments[key].default)]


def _is_default(value: Any, default: Any) -> bool:
    """Whether `value` is `default`. False for lists and objects: no setting that was added later is one."""
    is_plain = value is None or isinstance(value, bool | int | float | str)
    return is_plain and type(value) is type(default) and value == default


def _read_and_written(described: Any, settings: Settings) -> Settings | None:
    """The settings of the object that Keras makes from `settings`; None when it cannot make one."""
    try:
        written: Settings = described.from_config(copy.deepcopy(settings)).get_config()
    except Exception:  # some classes require a setting, and can raise anything
        return None
    return written
