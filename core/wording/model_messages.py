"""Messages about how good models are."""

from core.wording.messages import Template


class NotRecommended(Template):
    """Why a model is not recommended instead of another."""

    TESTED_ON_ONE = "It was tested on only 1 digit: too few to tell which model is better."
    TESTED_ON_FEW = "It was tested on only {digits} digits: too few to tell which model is better."
    TESTS_CHANGED = "Its test digits have changed since then: the two cannot be compared."
    UNKNOWN_ON_MNIST = "Its accuracy on MNIST's test set is not known."
    WORSE_ON_MNIST = "It is less accurate on MNIST's test set: {accuracy} instead of {other}."
