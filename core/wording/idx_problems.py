"""Sentences on IDX files and the pairs that they make."""

from core.wording.problems import Problem


class IdxProblem(Problem):
    NOT_IDX = "{where}: this is not an IDX file."
    NOT_IMAGES = "{where}: it should hold images (three dimensions), but has {dimensions}."
    NOT_LABELS = "{where}: it should hold labels (one dimension), but has {dimensions}."
    CUT_SHORT = "{where}: the IDX file is cut short."
    TOO_LONG = "{where}: the IDX file is longer than its header says."
    TOO_LARGE = "{where}: its header announces {size:.1f} GB; at most {limit:g} GB can be used."

    SEVERAL_SETS = "{where}: there are several sets of digits in it; choose a file of images: {names}."
    NEITHER = "{where}: this is not an IDX file of images or labels."
    PARTNER_MISSING = "{where}: its partner “{partner}” is missing in the same folder."
    TEST_PARTNER_MISSING = "{where}: the other file of this test pair is missing."
    LABELS_MISSING = "{where}: it holds {count:,} images; a file with their labels is missing beside it."
    IMAGES_MISSING = "{where}: it holds {count:,} labels; a file with their images is missing beside it."
    LABELS_AMBIGUOUS = "{where}: its labels could be in {names}; give the two files similar names."
    IMAGES_AMBIGUOUS = "{where}: its images could be in {names}; give the two files similar names."
