"""The base of all problems that a person can act on: the templates of errors."""

from core.wording.messages import Template


class Problem(Template):
    """What went wrong: the kind of message that an error carries.

    The value of each member is a whole sentence. Of its fields, `{where}` names a file or folder, and `{reason}` is a
    clause from `core.wording.reasons` or another error.
    """
