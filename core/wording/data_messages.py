"""Sentences on data sets: their content and origin, notes on anything unusual or changed, and what is none."""

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
    NO_DIGITS_LEFT_OUT = "Left out because they are no digits: {count:,}."
    ONLY_FOR_TESTS = "Only for testing: digits by {writers}."
    MNIST_ADDED = "{count:,} digits of MNIST are among the training digits, beside {own:,} of yours."
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


class TestOrigin(Template):
    """Where the digits that test a model come from."""

    MNIST = "MNIST's test set"
    FIRST_OF_MNIST = "the first {images:,} digits of MNIST's test set"
    TEST_PART = "the test part of {name}"
    UNSEEN = "digits by {writers}, none of whose digits were used for training"
    KEPT_OUT = "a seventh of {name}, kept out of training"


class UnreadFile(Template):
    """Why a file of a data set is left out."""

    NO_INK = "{where} has no ink in it."


class InkFault(Template):
    """What is wrong with a drawing of labelled ink, as a clause."""

    NO_RECORD = "it is no record with label, writer and strokes"
    LABEL = "the label is not 0 to 9"
    WRITER = "the writer is not a name of at most {longest} characters"
    NO_STROKES = "there are no strokes"
    TOO_MANY_POINTS = "it has more than {limit:,} points"
    NO_POINTS = "a stroke is not a list of points [x, y]"
    COORDINATE = "a coordinate is not within ±{largest:g}"


class FileKind(Template):
    """What a file is that is no source of digits."""

    PICKLE = "a pickle"
    ARRAY = "a single array"
    MODEL = "a model"
    PICTURE = "a single picture or drawing"
    MATLAB = "a MATLAB file"
    HDF5 = "an HDF5 file"
    PARQUET = "a Parquet file"
    ARROW = "an Arrow file"
    DATABASE = "a database"
    TEXT_TABLE = "a text table"
    SPREADSHEET = "a spreadsheet"
    JSON = "a JSON file"
    TAR = "a tar archive"
    ZIP = "a zip archive"
    SEVEN_ZIP = "a 7z archive"
    RAR = "a RAR archive"
    XZ = "an xz archive"
    BZIP2 = "a bzip2 archive"
