"""Sentences on data sets: their content, and notes on anything unusual or changed."""

from core.wording.messages import Template


class Summary(Template):
    """The content of a source of digits."""

    EVEN = "{train:,} digits to train with and {test:,} to test; {each:,} of each."
    UNEVEN = "{train:,} digits to train with and {test:,} to test; {fewest:,} to {most:,} of each."
    EVEN_KEPT_OUT = "{train:,} digits to train with and {test:,} kept out of them to test; {each:,} of each."
    UNEVEN_KEPT_OUT = (
        "{train:,} digits to train with and {test:,} kept out of them to test; {fewest:,} to {most:,} of each."
    )


class DataNote(Template):
    """Notes on anything unusual about the data, or changed in them."""

    DIGITS_MISSING = "There are no images of {digits}: a model trained with this cannot learn them."
    FILES_LEFT_OUT = "{unreadable:,} of {tried:,} files cannot be read as digits and are left out; first: {first}"
    TRIED_FILES_LEFT_OUT = (
        "{unreadable:,} of {tried:,} tried files cannot be read as digits and are left out; first: {first}"
    )
    ELSEWHERE = "Only files directly in the subfolders 0 to 9 are used; left out: {names}."
    ELSEWHERE_MORE = "Only files directly in the subfolders 0 to 9 are used; left out: {names} and {more:,} more."
    LABELS_WRONG = "The {labels} may be wrong: images labelled {given} look like {seen}."
    TURNED = "{digits} lie on their side, so they were turned."
    TURNED_OVER = "{digits} are upside down, so they were turned."
    MIRRORED = "{digits} are mirrored, so they were mirrored back."
    INVERTED = "{digits} are dark on bright, so they were inverted."
    TURNED_INVERTED = "{digits} lie on their side and are dark on bright, so they were turned and inverted."
    TURNED_OVER_INVERTED = "{digits} are upside down and are dark on bright, so they were turned and inverted."
    MIRRORED_INVERTED = "{digits} are mirrored and are dark on bright, so they were mirrored back and inverted."


class Part(Template):
    """The names of the parts in the notes."""

    ALL = "These digits"
    TRAINING = "The training digits"
    TEST = "The test digits"
