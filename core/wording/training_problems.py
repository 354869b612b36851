"""Sentences on training runs that cannot start or cannot go on."""

from core.wording.problems import Problem


class TrainingProblem(Problem):
    # the form and the command line
    UNKNOWN_PRESET = "There is no preset “{preset}”; there are {known}."
    UNKNOWN_ENGINE = "There is no engine “{engine}”; there are {known}."
    ONLY_FLOAT32 = "The preset “{preset}” is only computed in float32."
    EPOCHS = "Epochs must be between 1 and {most}."
    BATCH_SIZE = "The batch size must be between 1 and {most}."
    LEARNING_RATE = "The learning rate must be above 0 and at most 10."
    VALIDATION_SHARE = "The validation share must be between 0 and 50 %, such as 0.1 or 10 %."
    SEED = "The seed must be between 0 and 2,147,483,647."
    CANNOT_BE_TAUGHT = "The preset “{preset}” learns from labels alone: it can have no teacher."
    INK_SOURCE_MISSING = "Say who made the file of ink, and its licence: that goes into the model's card."
    INK_MISSING = "There is a source of real ink, but no file of it."

    # teachers, and the model to continue
    TEACHER_NO_DIGIT = (
        "The model “{name}” cannot teach the preset “{preset}”: only one of them has the class “no digit”."
    )
    TEACHER_ANSWERS = (
        "The model “{name}” cannot teach this network: "
        "it does not answer an image of a digit with {classes} probabilities."
    )
    START_OF_OTHER_PRESET = (
        "The model “{name}” is a network of the preset “{other}”: a run of “{preset}” cannot continue it."
    )
    START_DIFFERS = "Training cannot continue the model “{name}”: it is a different network."
    START_DAMAGED = "Training cannot continue the model “{name}”: its weights are damaged."

    # the run
    DIVERGED = "The training diverged (its loss is no longer a number): try a learning rate below {rate:g}."
