"""Which model a benchmark is about."""

import argparse

from core.models.library import ModelBundle, ModelLibrary
from core.system.paths import app_paths, assets_folder


def add_model(parser: argparse.ArgumentParser) -> None:
    """Let `parser` take --model, as the app's own commands do."""
    parser.add_argument("--model", metavar="NAME|DIR", help="a model's name or its folder (default: the shipped one)")


def find_model(name: str | None) -> ModelBundle:
    """The model called `name`, or the shipped one. Raises ModelError."""
    library = ModelLibrary(app_paths().models, assets_folder() / "models")
    return library.find(name) if name else library.shipped_bundle()
