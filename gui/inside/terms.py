"""What the page's words mean, in a sentence or two."""

from enum import StrEnum


class Term(StrEnum):
    """A word that is explained where it stands; its value is the explanation."""

    LAYERS = (
        "A network works in layers: each takes the numbers of the one before and makes new ones of them. Here are all "
        "of them for your drawing, live, from the picture to the answer."
    )
    INPUT = "What goes into the network: 28 by 28 numbers, 0 for black to 1 for white, as in MNIST."
    PREPARATION = "Before its first layer, this network changes the brightness of the picture as its author wanted."
    CONVOLUTION = (
        "A convolution slides a small window over the maps before it. In every place it multiplies what is in the "
        "window by the weights of a kernel, and adds it all up. Each kernel makes one map, bright where the picture "
        "looks like what the kernel has learned to find."
    )
    STRIDE = "Stride: how many pixels the window moves at a time. With 2, the map has half the width and height."
    NORMALIZATION = (
        "Batch normalisation: every map is multiplied by one number, and another is added, so that all maps are about "
        "equally strong."
    )
    RELU = "ReLU: what is below zero becomes zero."
    POOLING = "Pooling keeps the largest value of each small square of a map, and makes the map smaller."
    FLATTENING = "All numbers of all maps, one after the other in a single row."
    EMBEDDING = (
        "The embedding: the numbers from which the last layer makes its answer. Digits that the network finds alike "
        "have alike embeddings."
    )
    AVERAGE = "Global average pooling: the mean of every map is one number."
    DENSE = "A dense layer: each of its numbers is a sum of all numbers before it, each times a weight of its own."
    CLASS_MAP = (
        "The class activation map: what each place of the last maps adds to the logit of the answer. Together with a "
        "fixed number, the bias, the cells add up to exactly that logit."
    )
    LOGIT = "A logit is the score of an answer, of any size. The largest wins."
    SOFTMAX = (
        "Softmax makes probabilities of the ten digits’ logits: each is divided by the temperature, made a power of e, "
        "and divided by their sum. So a difference of 2.3 is a ratio of about ten to one."
    )
    TEMPERATURE = (
        "Temperature: a number that makes confidence honest. Above 1, the network is made less sure than it would "
        "like to be; it was measured on digits that it had not learned."
    )
    NO_DIGIT = "No digit: how probable it is that this is no digit at all, beside all ten of them."
    SAYS_MOST = (
        "The map that says most for this answer: its values times what the answer’s logit changes with each of them, "
        "added up. It has a frame."
    )
    BEFORE_RELU = (
        "Shows the maps with what is below zero, before the ReLU cuts it off: blue is below zero, orange above."
    )
    SCALE = (
        "How bright a number is: one scale for all maps of a layer, which shows even weak layers, or one scale for the "
        "whole network, which shows how strong layers are beside each other."
    )
    NEIGHBOURS = (
        "The digits of the training data that this network finds most similar to your drawing. The distance is that "
        "of the embeddings: 0 is the same direction, 1 has nothing in common. Click one to put it on the pad."
    )
    MAP = (
        "The embeddings of training digits in two dimensions: the two directions in which they differ most (a "
        "principal component analysis). Digits that lie together look alike to the network. The ring is your drawing."
    )
    TRY_IT = (
        "Damage your drawing by degrees, and see what the network still reads. The damaged picture goes straight into "
        "the network; it is not normalised again."
    )
    CURVE = (
        "How sure the network is, from no damage to the most. The line is the digit that it reads without damage, the "
        "thin one the best of the others; below is what is read."
    )
    ROTATE = "Turns the digit about the middle."
    SHEAR = "Slants the digit."
    SHRINK = "Makes the digit smaller."
    THICKEN = "Makes all lines wider."
    THIN = "Makes all lines narrower."
    NOISE = "Adds random brightness to every pixel."
    BLUR = "Blurs the picture."
    COVER = "Covers the picture from below."
