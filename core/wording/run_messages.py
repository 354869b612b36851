"""Sentences on training runs."""

from core.wording.messages import Template


class Stage(Template):
    """The steps of a run, other than training, that take a while."""

    READING_DIGITS = "Reading the digits"
    SYNTHESISING = "Synthesising handwriting"
    DRAWING_NON_DIGITS = "Drawing non-digits"
    READING_INK = "Reading real handwriting"
    LOADING_TENSORFLOW = "Loading TensorFlow"
    FINDING_ENGINE = "Finding the fastest way to compute"
    COMPILING = "Compiling the network"
    TESTING = "Testing with {digits:,} digits"
    TESTING_ON_MNIST = "Testing with {digits:,} digits of MNIST's test set"
    SAVING = "Saving the model"
    REHEARSING = "Gathering digits to go over again"
    LEARNING = "Learning your digits"
    JUDGING = "Testing with digits it has not learned"


class Note(Template):
    """Notes on a run or its model."""

    CONTINUES = "It continues from “{name}”."
    MAY_HAVE_SEEN_TESTS = "It may have learned some of its test digits before."
    FROM_DATA = "{digits:,} digits come from {data}."
    DIGITS_SYNTHESISED = "{digits:,} digits are synthesised handwriting."
    NON_DIGITS_SYNTHESISED = "{non_digits:,} non-digits are synthesised."
    BOTH_SYNTHESISED = "{digits:,} digits and {non_digits:,} non-digits are synthesised handwriting."
    INK_OF_ONE = "{digits:,} digits by one real writer come {repeats} times in each epoch."
    INK_OF_MANY = "{digits:,} digits by {writers} real writers come {repeats} times in each epoch."
    TAUGHT = "Up to {share:.0f} % of what it learns are the answers of {teachers}."
    COMPUTED = "Computed in {engine}."
    COMPUTED_FASTEST = "Computed in {engine}, the fastest way on this machine: {speed:,.0f} images/s; {others}."
    ON_OTHERS = "On {test}, it reads {now}."
    ON_OTHERS_BEFORE = "On {test}, it reads {now}; the model it continues from, {before}."
    NAME_TAKEN = "The name “{wanted}” was taken meanwhile, so this model is called “{given}”."


class Question(Template):
    """Questions of a run that needs a decision."""

    KEEP_BEST = "Keep the network as it was after epoch {epoch}?"
    KEEP_BEST_VALIDATED = "Keep the network as it was after epoch {epoch} ({right} validation digits right)?"
    KEEP_BEST_AFTER = "{problem} {question}"
    TRY_AGAIN = "{problem} Try again?"


class Ending(Template):
    """The results that a tutorial shows at its end; a run of its preset shows them, too."""

    LOSS_AND_ACCURACY = "Test loss {loss:.4f}, test accuracy {accuracy}."
    PERCENT_CORRECT = "Percent correct: {accuracy}."
    FIRST_VALID = "The first test digit is a {first} and is read as {guess}: valid."
    FIRST_NOT_VALID = "The first test digit is a {first} and is read as {guess}: not valid."


class RunState(Template):
    """What became of a run without a model, and why one cannot be repeated in the window."""

    STOPPED = "stopped in epoch {epoch}"
    FAILED = "broke off in epoch {epoch}"
    MY_DIGITS = "My digits"
    CONTINUED = "It continued from “{name}”: use that model, then choose to continue from it."
    ONLY_BY_COMMAND = "It also learned from other models or from files of ink, which only the command “train” can do."


class Watched(Template):
    """The digits whose answers are shown after each epoch."""

    VALIDATION = "{digits:,} validation digits"
    KEPT_OUT_OF_MNIST = "{digits:,} digits of MNIST it does not learn from"
    SYNTHESISED = "{digits:,} synthesised digits it does not learn from"
    AS_SAVED = "{text}"
