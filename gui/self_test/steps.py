"""The steps of the self-test, by name and in their order. The proof of a standalone app reads them here."""

from enum import StrEnum


class Step(StrEnum):
    """One step; its value is what the report calls it."""

    SHOW_WINDOW = "show the window"
    DRAW_DIGITS = "draw ten digits"
    DRAW_NUMBER = "draw a number"
    ANSWER_WHILE_DRAWING = "answer while drawing"
    UNDO_AND_CLEAR = "undo, redo, erase, clear"
    CORRECT_AND_UNDO = "correct with a key, take back"
    ASK_WHY = "ask why, and why not another digit"
    OPEN_AND_SAVE = "open a picture, save and open ink"
    SHOW_LICENCES = "show the licences"
    LOOK_INSIDE = "look inside the network"
    DRAW_WITHOUT_TENSORFLOW = "draw without TensorFlow"
    PICTURE_DRAWING = "pictures of the drawing page"
    TRAIN = "train in the window"
    LOOK_BACK = "look back at the epochs"
    USE_TRAINED = "use the trained model"
    LOAD_SAVED = "load the saved model again"
    EXPORT_LITERT = "export to LiteRT and load that"
    EXPORT_KERAS = "export to Keras and load that"
    TEACH = "teach a hand in the window"
    USE_TAUGHT = "use the taught model, and go back"
    TEST = "test a model, and see its mistakes"
