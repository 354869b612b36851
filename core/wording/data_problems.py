"""Sentences on data sets: any source of digits, npz files, folders, MNIST and real ink."""

from core.wording.problems import Problem


class DataProblem(Problem):
    # any source
    NOT_FOUND = "There is no file or folder “{source}”; “mnist” is the data that comes with DigitPad."
    UNREADABLE = "{where} cannot be read: {reason}."
    SOURCE_UNREADABLE = "“{source}” cannot be read: {reason}."
    FILE_TOO_LARGE = "{where}: the file is larger than {limit:g} GB."
    NOT_REGULAR = "{where}: this is neither a file nor a folder."
    GZIP_DAMAGED = "{where}: the gzip file is damaged or cut short."
    NO_ROOM = "So many digits need {size:.1f} GB of disk space for a while: {reason}."
    TOO_FEW_IMAGES = "{where}: at least {least} images are needed, and there are only {count}."
    ONLY_ONE_DIGIT = "{where}: every label is {digit}; at least 2 different digits are needed."

    # images and labels; {part} is "" or "test "
    NO_IMAGES = "{where}: there are no {part}images in it."
    TOO_MANY_IMAGES = "{where}: {count:,} {part}images are too many; at most {limit:,} can be used."
    IMAGE_SHAPE = "{where}: the {part}images have the shape {shape}; it must be n × 28 × 28."
    IMAGE_TYPE = "{where}: the {part}images are of the type {type}; they must be numbers."
    PIXELS_NOT_FINITE = "{where}: some pixels of the {part}images are not finite numbers."
    PIXEL_RANGE = "{where}: the pixels of the {part}images go from {low:g} to {high:g}; they must be 0 to 255."
    BLANK_IMAGES = "{where}: the {part}images are blank."
    COUNTS_DIFFER = (
        "{where}: there are {images:,} {part}images but {labels:,} {part}labels; every image needs one label."
    )
    LABEL_TYPE = "{where}: the {part}labels are of the type {type}; they must be digits 0 to 9."
    LABEL_SHAPE = (
        "{where}: the {part}labels have the shape {shape}; it must be n, n × 1, or n × 10 with a single 1 in each row."
    )
    LABELS_NOT_WHOLE = "{where}: some {part}labels are not whole numbers; they must be digits 0 to 9."
    LABEL_RANGE = "{where}: the {part}labels go from {low:g} to {high:g}; they must be digits 0 to 9."
    NOT_ONE_HOT = "{where}: the {part}labels have ten columns, but not every row is a single 1 among zeros."

    # folders
    NO_SUBFOLDERS = "{where}: there are no subfolders 0 to 9 with pictures of digits in it."
    NO_FILES = "{where}: there are no files in its subfolders 0 to 9."
    TOO_MANY_FILES = "{where}: {count:,} files are too many; at most {limit:,} can be used."
    MOSTLY_UNREADABLE = (
        "{where}: at least {count:,} of {total:,} files in its subfolders cannot be read as digits; the first: {reason}"
    )

    # npz
    NOT_NPZ = "{where}: this is not a complete npz file; it may have been cut short."
    ARRAY_MISSING = "{where}: there is no “{name}” in it; “x_train” and “y_train” are needed."
    TEST_ARRAY_MISSING = "{where}: the test part is incomplete; “{name}” is missing."
    ARRAYS_TOO_LARGE = "{where}: its arrays need {size:.1f} GB unpacked; at most {limit:g} GB can be used."
    ARRAY_OF_OBJECTS = "{where}: “{name}” holds Python objects, which are not read; it must hold numbers."
    ARRAY_DAMAGED = "{where}: “{name}” is damaged or cut short."

    # MNIST
    MNIST_PART = "“{source}”: after “mnist:” a whole number from {least} to {most:,} is needed."
    MNIST_DAMAGED = "DigitPad's own copy of MNIST is missing or damaged: {path}."
    MNIST_DIFFERS = "DigitPad's own copy of MNIST is not the original: “{name}” differs in {path}."

    # the user's own digits
    DIGITS_TEXT = (
        "“{source}”: your own digits are “digits” or “digits:WRITER”, then “+mnist:PERCENT” and “,unseen” if wanted."
    )
    DIGITS_SHARE = "“{source}”: after “+mnist:” a whole number of percent from {least} to {most} is needed."
    NO_DIGITS_KEPT = "No digits kept yet. Draw some in DigitPad, and keep each with its key, 0 to 9."
    DIGITS_UNREADABLE = "Your digits cannot be read: {reason}"
    ONE_WRITER = "{where}: to test on a writer who was never seen, digits by at least two writers are needed."

    # real ink
    INK_TOO_LARGE = "{where}: it holds more than {limit:g} GB."
    INK_NOT_JSON = "{where}: this is not a JSON file of labelled ink."
    INK_NO_LIST = "{where}: there is no list of drawings in it."
    INK_DRAWING = "{where}: drawing {number:,} is not a labelled digit ({reason})."


class ForeignProblem(Problem):
    """Files that are no source of digits; {kind} is what they are, as “a MATLAB file”."""

    PICKLE = (
        "{where}: this is {kind}, which may run any program when it is opened, so DigitPad does not open it; "
        "save its digits as an npz file with “x_train” and “y_train”."
    )
    SINGLE_ARRAY = "{where}: this is {kind}; images and labels together make an npz file with “x_train” and “y_train”."
    MODEL = "{where}: this is {kind}, not digits to learn from."
    SINGLE_PICTURE = "{where}: this is {kind}; choose a folder with pictures in subfolders 0 to 9."
    ARCHIVE = "{where}: this is {kind}; unpack it and choose the folder or file in it."
    OTHER = (
        "{where}: this is {kind}, which DigitPad cannot read; "
        "save its digits as an npz file with “x_train” and “y_train”."
    )
    UNKNOWN = "{where}: this is neither an npz file nor an IDX file nor a folder of pictures."
    CALLED_MNIST = "{reason} MNIST itself comes with DigitPad, as “mnist”."
