"""Sentences on models and their files."""

from core.wording.problems import Problem


class ModelProblem(Problem):
    # names
    NO_NAME = "A model needs a name."
    NAME_TOO_LONG = "A model's name may have at most {limit} characters."
    NAME_OF_SHIPPED = "“{name}” is the model that comes with DigitPad: choose another name."
    NAME_TAKEN = "There is a model called “{name}” already: choose another name, or rename that one first."
    NAME_AMBIGUOUS = "Several models are called “{name}”: choose one by the name of its folder ({folders})."
    NOT_FOUND = "There is no model “{name}”; there are: {known}."

    # the library
    LIBRARY_UNREADABLE = "The models in {folder} cannot be read: {reason}."
    DELETED_MEANWHILE = "The model “{name}” was deleted meanwhile."
    SHIPPED_NOT_RENAMED = "“{slug}” comes with DigitPad and cannot be renamed."
    SHIPPED_NOT_DELETED = "“{slug}” comes with DigitPad and cannot be deleted."

    # the card
    NO_CARD = "There is no model in {folder}: {file} is missing."
    UNREADABLE = "The model in {folder} cannot be read: {reason}."
    CARD_TOO_LARGE = "The model in {folder} is damaged: {file} is too large."
    CARD_DAMAGED = "The model in {folder} is damaged: {file} is not a model card."
    NEWER_FORMAT = "The model in {folder} was made by a newer DigitPad."

    # the bundle
    OTHER_RECIPE = (
        "The model “{name}” was made for version {version} of the digit normalisation; "
        "this DigitPad uses version {ours}."
    )
    INCOMPLETE = "The model “{name}” is incomplete: {file} is missing in {folder}."
    DAMAGED = "The model “{name}” is damaged: {file} is not the file that was saved with it."
    FILE_UNREADABLE = "{path} cannot be read: {reason}."
    EPOCHS_DAMAGED = "The epochs that were kept with the model “{name}” are damaged or gone."
    EXPLANATION_DAMAGED = "The model “{name}” cannot be explained: what was saved for that is damaged."

    # the compiled network
    NOT_COMPILED = "{path} is not a compiled model."
    NOT_OF_DIGITS = "{path} does not recognise 28x28 images of digits."
    BAD_NO_DIGIT = "{path} has a “no digit” output of the wrong shape."
    COMPILED_DIFFERS = "The compiled network does not agree with the trained one (they differ by {difference:.2g})."

    # the Keras network
    NETWORK_UNREADABLE = "The network of the model “{name}” cannot be opened."
    EXPORT_UNREADABLE = "The model “{name}” cannot be read: {reason}."
