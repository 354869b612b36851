"""Damage to pixels where they are: noise, blur, brightness, fog and spatter.

Every function takes images float32 `(n, 28, 28)` in [0, 1], a strength 1 to 5 and a source of random numbers, and gives
new images, which may go beyond [0, 1]. Source of the numbers: see `core.judging.damage`.
"""

import cv2
import numpy as np

from core.digits.arrays import SIDE
from core.ink.arrays import FloatArray

PHOTONS = (60, 25, 12, 5, 3)
"""How many hit a pixel as bright as can be."""
IMPULSES = (0.03, 0.06, 0.09, 0.17, 0.27)
"""The share of the pixels that become black or white."""
GLASS = ((0.7, 1, 2), (0.9, 2, 1), (1.0, 2, 3), (1.1, 3, 2), (1.5, 4, 2))
"""Standard deviation of the blur, how far a pixel may move, and how often: in pixels."""
MOTION = ((10, 3), (15, 5), (15, 8), (15, 12), (20, 15))
"""The radius of the trail and the standard deviation of its weights: in pixels."""
MOTION_ANGLE = 45.0
"""The largest angle of the motion with the rows, to either side: degrees."""
BRIGHTER = (0.1, 0.2, 0.3, 0.4, 0.5)
FOG = ((1.5, 2.0), (2.0, 2.0), (2.5, 1.7), (2.5, 1.5), (3.0, 1.4))
"""How bright the fog is, and how much calmer each finer level of it."""
FOG_SIDE = 256
FOG_MAPS = 32
"""Maps that are made; each has room for 64 pieces of fog that share no pixel."""
SPATTER = (
    (0.65, 0.3, 4.0, 0.69, 0.6),
    (0.65, 0.3, 3.0, 0.68, 0.6),
    (0.65, 0.3, 2.0, 0.68, 0.5),
    (0.65, 0.3, 1.0, 0.65, 1.5),
    (0.67, 0.4, 1.0, 0.65, 1.5),
)
"""Mean and standard deviation of the noise, its blur, the level above which it is mud, and the blur of that."""
MUD = 63 / 255
LEAST_MUD = 0.8

_LEAST_WEIGHT = 1e-4
_WIBBLE = 100.0


def add_shot_noise(images: FloatArray, strength: int, rng: np.random.Generator) -> FloatArray:
    """Count photons: there are few of them."""
    photons = PHOTONS[strength - 1]
    return (rng.poisson(images * photons) / photons).astype(np.float32)


def add_impulse_noise(images: FloatArray, strength: int, rng: np.random.Generator) -> FloatArray:
    """Make pixels black or white, as many of the ones as of the others."""
    share, draw = IMPULSES[strength - 1], rng.random(images.shape)
    return np.where(draw < share / 2, np.float32(0), np.where(draw < share, np.float32(1), images))


def brighten(images: FloatArray, strength: int, rng: np.random.Generator) -> FloatArray:
    """Make all pixels brighter by the same amount."""
    return images + np.float32(BRIGHTER[strength - 1])


def blur_like_glass(images: FloatArray, strength: int, rng: np.random.Generator) -> FloatArray:
    """Blur, let neighbouring pixels change places, and blur again, as glass with a rough surface does."""
    sigma, reach, rounds = GLASS[strength - 1]
    shuffled, every = _blurred(images, sigma), np.arange(len(images))
    places = range(SIDE - reach, reach, -1)
    for row, column in ((row, column) for _ in range(rounds) for row in places for column in places):
        moves = every[rng.random(len(images)) < 0.5]
        down, right = rng.integers(-reach, reach, (2, len(moves)))
        here, there = shuffled[moves, row, column], shuffled[moves, row + down, column + right]
        shuffled[moves, row, column], shuffled[moves, row + down, column + right] = there, here
    return _blurred(shuffled, sigma)


def blur_by_motion(images: FloatArray, strength: int, rng: np.random.Generator) -> FloatArray:
    """Let every pixel leave a trail that becomes weaker, in one direction for each image."""
    radius, sigma = MOTION[strength - 1]
    angles = np.deg2rad(rng.uniform(-MOTION_ANGLE, MOTION_ANGLE, len(images)))
    blurred = np.empty_like(images)
    for number, angle in enumerate(angles.tolist()):
        trail = motion_trail(radius, sigma, angle)
        blurred[number] = cv2.filter2D(images[number], -1, trail, borderType=cv2.BORDER_REPLICATE)
    return blurred


def motion_trail(radius: int, sigma: float, angle: float) -> FloatArray:
    """The weights of a pixel's neighbours, float32 `(side, side)` with the pixel in the middle; they sum to 1.

    Half of a normal distribution along a line at `angle`, in radians, `2 * radius + 1` pixels long, as ImageMagick has
    it; where that has next to no weight, the line ends sooner.
    """
    steps = np.arange(2 * radius + 1)
    weights = np.exp(-np.square(steps) / (2 * sigma**2))
    steps, weights = steps[weights > _LEAST_WEIGHT], weights[weights > _LEAST_WEIGHT]
    middle = int(steps[-1])
    trail = np.zeros((2 * middle + 1, 2 * middle + 1), np.float32)
    rows, columns = (np.ceil(steps * part - 0.5).astype(int) for part in (np.sin(angle), np.cos(angle)))
    np.add.at(trail, (middle + rows, middle + columns), weights / weights.sum())
    return trail


def add_fog(images: FloatArray, strength: int, rng: np.random.Generator) -> FloatArray:
    """Lay a cloud over each image, and make it as bright as before."""
    density, calming = FOG[strength - 1]
    count = min(FOG_MAPS, len(images))
    maps = np.concatenate([make_fog(1, calming, rng) for _ in range(count)])
    chosen, *corners = (rng.integers(most, size=len(images)) for most in (count, FOG_SIDE // 32, FOG_SIDE // 32))
    rows, columns = (32 * corner[:, np.newaxis] + np.arange(SIDE) for corner in corners)
    fog = maps[chosen[:, np.newaxis, np.newaxis], rows[:, :, np.newaxis], columns[:, np.newaxis, :]]
    brightest = images.max(axis=(1, 2), keepdims=True)
    return np.asarray((images + density * fog) * brightest / (brightest + density), np.float32)


def make_fog(count: int, calming: float, rng: np.random.Generator) -> FloatArray:
    """Clouds, float32 `(count, 256, 256)` in [0, 1], that go on at the opposite edge.

    Each finer level is noise around the mean of four neighbours, `calming` squared times as calm: the diamond-square
    algorithm of Fournier, Fussell and Carpenter, "Computer Rendering of Stochastic Models" (1982).
    """
    fog = np.zeros((count, FOG_SIDE, FOG_SIDE), np.float32)
    step, noise = FOG_SIDE, _WIBBLE
    while step >= 2:
        half = step // 2
        for rows, columns in ((half, half), (0, half), (half, 0)):
            neighbours = _square(fog, step) if rows == columns else _diamond(fog, step, rows, columns)
            spread = rng.uniform(-noise, noise, neighbours.shape).astype(np.float32)
            fog[:, rows::step, columns::step] = neighbours / 4 + np.float32(noise) * spread
        step, noise = half, noise / calming
    fog -= fog.min(axis=(1, 2), keepdims=True)
    return np.asarray(fog / fog.max(axis=(1, 2), keepdims=True), np.float32)


def spatter(images: FloatArray, strength: int, rng: np.random.Generator) -> FloatArray:
    """Throw mud at each image."""
    mean, deviation, blur, level, softness = SPATTER[strength - 1]
    noise = _blurred(rng.normal(mean, deviation, images.shape).astype(np.float32), blur)
    mud = _blurred((noise > level).astype(np.float32), softness)
    mud[mud < LEAST_MUD] = 0
    return images * (1 - mud) + np.float32(MUD) * mud


def _square(fog: FloatArray, step: int) -> FloatArray:
    """The sums of the four corners of each square."""
    corners = fog[:, ::step, ::step]
    below = corners + np.roll(corners, -1, axis=1)
    return np.asarray(below + np.roll(below, -1, axis=2), np.float32)


def _diamond(fog: FloatArray, step: int, row: int, column: int) -> FloatArray:
    """The sums of what is above and below, left and right of the middle of each edge, the first at `row`, `column`."""
    half = step // 2
    centres, corners = fog[:, half::step, half::step], fog[:, ::step, ::step]
    across, down = (2, 1) if row == 0 else (1, 2)
    return np.asarray(
        corners + np.roll(corners, -1, axis=across) + centres + np.roll(centres, 1, axis=down), np.float32
    )


def _blurred(images: FloatArray, sigma: float) -> FloatArray:
    side = 2 * int(4 * sigma + 0.5) + 1
    blurred = [
        np.asarray(cv2.GaussianBlur(image, (side, side), sigma, borderType=cv2.BORDER_REPLICATE), np.float32)
        for image in images
    ]
    return np.stack(blurred)
