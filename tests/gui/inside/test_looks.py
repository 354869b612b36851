"""What is computed in the background: one look at a time, the newest next, and nothing left over."""

from collections.abc import Callable
from pathlib import Path
from weakref import ref

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.errors import ModelError
from core.explaining.distortion import Distortion
from core.explaining.explainer import Explainer
from core.models.library import ModelLibrary
from core.settings import SettingsFile
from core.system.paths import assets_folder
from core.wording.model_problems import ModelProblem
from gui.inside.inside_tab import InsideTab
from gui.inside.looking import CURVE_POINTS, Damage, Panel, Request, look_inside
from gui.inside.looks import Looks
from gui.pad.document import PadDocument
from gui.recognition.active_model import ActiveModel
from gui.recognition.live_recognition import LiveRecognition
from gui.self_test.hand import drag
from gui.system.background import Cancelled, join_background
from gui.system.destroying import destroy
from tests.gui.conftest import SEVEN, no_collector

Images = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]


@pytest.fixture
def shipped(qapp: object, tmp_path: Path) -> ActiveModel:
    """DigitPad's own model, in use."""
    model = ActiveModel(ModelLibrary(tmp_path, assets_folder() / "models"), SettingsFile(tmp_path / "settings.json"))
    model.load()
    return model


def explainer_of(model: ActiveModel) -> Explainer:
    assert model.bundle is not None
    return Explainer(model.bundle)


def sevens(explainer: Explainer, count: int) -> Images:
    index = explainer.explanation.neighbours
    assert index is not None
    return index.images[index.labels == 7][:count]


def test_a_look_has_what_was_wanted_and_nothing_else(shipped: ActiveModel) -> None:
    explainer = explainer_of(shipped)
    [image] = sevens(explainer, 1)
    nothing = look_inside(explainer, Request(image, frozenset()))
    assert (nothing.layers, nothing.neighbours, nothing.place, nothing.tried) == (None, None, None, None)
    everything = look_inside(explainer, Request(image, frozenset(Panel)))
    assert everything.layers is not None and everything.layers.digit == 7
    assert everything.neighbours is not None and everything.neighbours[0].distance == pytest.approx(0, abs=1e-3)
    assert everything.place == explainer.place_on_map(image)
    assert everything.tried is not None and len(everything.tried.curve.answers) == CURVE_POINTS


def test_damage_adds_up(shipped: ActiveModel) -> None:
    explainer = explainer_of(shipped)
    [image] = sevens(explainer, 1)
    damage = Damage(Distortion.BLUR, {Distortion.COVER: 0.5, Distortion.BLUR: 1.0})
    tried = look_inside(explainer, Request(image, frozenset({Panel.TRY_IT}), damage)).tried
    assert tried is not None
    assert not tried.curve.images[0][16:].any(), "it is covered all along the curve"
    assert tried.curve.images[0][:12].any()
    assert tried.image[14:16].any(), "what is left is blurred afterwards"
    assert tried.undamaged == explainer.recognize(image)


def test_a_look_can_be_cancelled_between_its_parts(shipped: ActiveModel) -> None:
    explainer = explainer_of(shipped)

    def checkpoint() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        look_inside(explainer, Request(sevens(explainer, 1)[0], frozenset(Panel)), checkpoint)


def test_of_many_requests_the_first_and_the_newest_are_answered(shipped: ActiveModel, qtbot: QtBot) -> None:
    images = sevens(explainer_of(shipped), 30)
    looks, seen = Looks(shipped), []
    looks.seen.connect(lambda insight: seen.append(insight.request.image.tobytes()))
    looks.want(Request(images[0], frozenset({Panel.MAP})))
    qtbot.waitUntil(lambda: not looks.is_busy, timeout=20_000)
    for image in images:
        looks.want(Request(image, frozenset({Panel.MAP})))
    qtbot.waitUntil(lambda: not looks.is_busy, timeout=20_000)
    assert seen[-1] == images[-1].tobytes()
    assert len(seen) <= 3, "they do not queue up"
    assert join_background(20_000)


def test_a_model_that_cannot_be_read_is_named_once(
    shipped: ActiveModel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, said = Looks(shipped), []
    looks.failed.connect(said.append)

    def refuse(bundle: object) -> Explainer:
        raise ModelError(ModelProblem.NOT_COMPILED, path="model.tflite")

    monkeypatch.setattr("gui.inside.looks.Explainer", refuse)
    image = np.full((28, 28), 200, np.uint8)
    for _ in range(2):
        looks.want(Request(image, frozenset({Panel.MAP})))
        qtbot.waitUntil(lambda: not looks.is_busy, timeout=20_000)
    assert said == ["model.tflite is not a compiled model."]
    assert join_background(20_000)


def test_no_collector_is_needed_to_destroy_the_page(shipped: ActiveModel, qtbot: QtBot) -> None:
    document = PadDocument()
    recognition = LiveRecognition(document, shipped)
    with no_collector():
        gone = _used_page(document, shipped, recognition, qtbot)
        assert [name for name, part in gone.items() if part() is not None] == []
    destroy(recognition, document)


def _used_page(
    document: PadDocument, model: ActiveModel, recognition: LiveRecognition, qtbot: QtBot
) -> dict[str, Callable[[], object]]:
    """Weak references to what a page was made of, which has been used and destroyed."""
    page = InsideTab(document, model, recognition)
    for kind in Panel:
        page.section(kind).button.setChecked(True)
    page.resize(900, 600)
    page.show()
    drag(page.pad.canvas, SEVEN)
    recognition.answer_now()
    qtbot.waitUntil(lambda: page.is_settled, timeout=20_000)
    page.layers.open_map(page.layers.stages[3], 5)
    parts = {"page": page, "looks": page.looks, "canvas": page.pad.canvas, "detail": page.layers.detail}
    parts |= {f"panel {section.kind}": section.panel for section in page.sections}
    gone: dict[str, Callable[[], object]] = {name: ref(part) for name, part in parts.items()}
    page.hide()
    assert join_background(20_000)
    destroy(page)
    return gone
