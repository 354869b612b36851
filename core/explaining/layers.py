"""The layers of a network in NumPy, forwards and backwards: what each does, to look into it without TensorFlow.

All values are float32, with images and maps `(n, height, width, channels)` and vectors `(n, width)`. `backward` gives
the derivative of whatever `gradient` is the derivative of, as in any backpropagation.
"""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from core.ink.arrays import FloatArray

SHORTEST_COLUMN = 1e-6
"""A column of pixels that is shorter counts as this long, so that an empty one stays empty."""


class Layer(Protocol):
    """A step of a network.

    Attributes
    ----------
    name
        Its name in the network; no other step has it.
    """

    @property
    def name(self) -> str: ...

    def forward(self, values: FloatArray) -> FloatArray:
        """What the layer makes of `values`."""

    def backward(self, values: FloatArray, gradient: FloatArray) -> FloatArray:
        """The derivative by `values`, from the `gradient` by what `forward` made of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Scaling:
    """Multiplies every value by `factor`, and adds `offset`."""

    name: str
    factor: float
    offset: float = 0.0

    def forward(self, values: FloatArray) -> FloatArray:
        return _as_float32(values * np.float32(self.factor) + np.float32(self.offset))

    def backward(self, values: FloatArray, gradient: FloatArray) -> FloatArray:
        return _as_float32(gradient * np.float32(self.factor))


@dataclass(frozen=True, slots=True, eq=False)
class ColumnLengths:
    """Scales every column of pixels to length 1, as `keras.utils.normalize(images, axis=1)` does."""

    name: str

    def forward(self, values: FloatArray) -> FloatArray:
        return _as_float32(values / _column_lengths(values))

    def backward(self, values: FloatArray, gradient: FloatArray) -> FloatArray:
        lengths = _column_lengths(values)
        units = values / lengths
        along = units * (gradient * units).sum(axis=1, keepdims=True)
        return _as_float32((gradient - np.where(lengths > SHORTEST_COLUMN, along, 0)) / lengths)


@dataclass(frozen=True, slots=True, eq=False)
class Convolution:
    """Every output is a sum over a window: inputs times `kernel`, `(height, width, inputs, outputs)`, plus `bias`.

    `is_padded` surrounds the map by zeros, so that with a `stride` of 1 it keeps its size (TensorFlow's “same”).
    """

    name: str
    kernel: FloatArray
    bias: FloatArray
    stride: int = 1
    is_padded: bool = False

    def forward(self, values: FloatArray) -> FloatArray:
        windows = self.windows(values)
        rows = np.ascontiguousarray(windows).reshape(-1, int(np.prod(windows.shape[3:])))
        sums = rows @ self.kernel.reshape(rows.shape[1], -1) + self.bias
        return sums.reshape(*windows.shape[:3], -1)

    def windows(self, values: FloatArray) -> FloatArray:
        """The window of each output, `(n, height, width, kernel height, kernel width, inputs)`: a view."""
        size = self.kernel.shape[:2]
        windows = sliding_window_view(self._padded(values), size, axis=(1, 2))[:, :: self.stride, :: self.stride]
        return windows.transpose(0, 1, 2, 4, 5, 3)

    def backward(self, values: FloatArray, gradient: FloatArray) -> FloatArray:
        height, width, inputs, outputs = self.kernel.shape
        rows, columns = gradient.shape[1:3]
        by_window = (gradient.reshape(-1, outputs) @ self.kernel.reshape(-1, outputs).T).reshape(
            *gradient.shape[:3], height, width, inputs
        )
        (top, _), (left, _) = self.margins(values.shape[1:3])
        total = np.zeros_like(self._padded(values))
        for row in range(height):
            for column in range(width):
                down = slice(row, row + self.stride * rows, self.stride)
                across = slice(column, column + self.stride * columns, self.stride)
                total[:, down, across] += by_window[:, :, :, row, column]
        return total[:, top : top + values.shape[1], left : left + values.shape[2]]

    def margins(self, size: tuple[int, ...]) -> tuple[tuple[int, int], tuple[int, int]]:
        """Rows of zeros above and below, and columns left and right, around a map of `size`."""
        if not self.is_padded:
            return (0, 0), (0, 0)
        down, across = (
            _margin(length, window, self.stride) for length, window in zip(size, self.kernel.shape[:2], strict=True)
        )
        return down, across

    def _padded(self, values: FloatArray) -> FloatArray:
        down, across = self.margins(values.shape[1:3])
        return np.pad(values, ((0, 0), down, across, (0, 0)))


@dataclass(frozen=True, slots=True, eq=False)
class Normalization:
    """Batch normalisation as it is after training: every channel times `scale`, plus `shift`, both `(channels,)`."""

    name: str
    scale: FloatArray
    shift: FloatArray

    def forward(self, values: FloatArray) -> FloatArray:
        return _as_float32(values * self.scale + self.shift)

    def backward(self, values: FloatArray, gradient: FloatArray) -> FloatArray:
        return _as_float32(gradient * self.scale)


@dataclass(frozen=True, slots=True, eq=False)
class Relu:
    """Sets what is below zero to zero."""

    name: str

    def forward(self, values: FloatArray) -> FloatArray:
        return np.maximum(values, np.float32(0))

    def backward(self, values: FloatArray, gradient: FloatArray) -> FloatArray:
        return _as_float32(gradient * (values > 0))


@dataclass(frozen=True, slots=True, eq=False)
class MaxPooling:
    """The largest of every `size` times `size` values of a map; rows and columns that are left over are dropped."""

    name: str
    size: int = 2

    def forward(self, values: FloatArray) -> FloatArray:
        return _as_float32(self._blocks(values).max(axis=(2, 4)))

    def backward(self, values: FloatArray, gradient: FloatArray) -> FloatArray:
        blocks = self._blocks(values)
        largest = blocks == blocks.max(axis=(2, 4), keepdims=True)
        shares = largest / largest.sum(axis=(2, 4), keepdims=True)
        total = np.zeros_like(values)
        filled = shares * gradient[:, :, np.newaxis, :, np.newaxis]
        rows, columns = (self.size * length for length in gradient.shape[1:3])
        total[:, :rows, :columns] = filled.reshape(len(values), rows, columns, -1)
        return total

    def _blocks(self, values: FloatArray) -> FloatArray:
        count, height, width, channels = values.shape
        rows, columns = height // self.size, width // self.size
        whole = values[:, : rows * self.size, : columns * self.size]
        return whole.reshape(count, rows, self.size, columns, self.size, channels)


@dataclass(frozen=True, slots=True, eq=False)
class GlobalAverage:
    """The mean of every map."""

    name: str

    def forward(self, values: FloatArray) -> FloatArray:
        return _as_float32(values.mean(axis=(1, 2)))

    def backward(self, values: FloatArray, gradient: FloatArray) -> FloatArray:
        cells = values.shape[1] * values.shape[2]
        return _as_float32(np.broadcast_to(gradient[:, np.newaxis, np.newaxis] / cells, values.shape))


@dataclass(frozen=True, slots=True, eq=False)
class Flattening:
    """All values of all maps as one vector."""

    name: str

    def forward(self, values: FloatArray) -> FloatArray:
        return values.reshape(len(values), -1)

    def backward(self, values: FloatArray, gradient: FloatArray) -> FloatArray:
        return gradient.reshape(values.shape)


@dataclass(frozen=True, slots=True, eq=False)
class Dense:
    """Every output is a sum over all inputs: times `kernel`, `(inputs, outputs)`, plus `bias`."""

    name: str
    kernel: FloatArray
    bias: FloatArray = field(repr=False)

    def forward(self, values: FloatArray) -> FloatArray:
        return _as_float32(values @ self.kernel + self.bias)

    def backward(self, values: FloatArray, gradient: FloatArray) -> FloatArray:
        return _as_float32(gradient @ self.kernel.T)


KINDS: dict[str, type] = {
    "scaling": Scaling,
    "column_lengths": ColumnLengths,
    "convolution": Convolution,
    "normalization": Normalization,
    "relu": Relu,
    "max_pooling": MaxPooling,
    "global_average": GlobalAverage,
    "flattening": Flattening,
    "dense": Dense,
}
"""The layers by the names of their kinds, as files name them."""


def _as_float32(values: npt.NDArray[np.generic]) -> FloatArray:
    return np.asarray(values, np.float32)


def _column_lengths(values: FloatArray) -> FloatArray:
    lengths = np.sqrt(np.square(values).sum(axis=1, keepdims=True))
    return _as_float32(np.maximum(lengths, SHORTEST_COLUMN))


def _margin(length: int, window: int, stride: int) -> tuple[int, int]:
    """TensorFlow's “same” padding: of an odd number of zeros, one more comes after."""
    total = max((-(-length // stride) - 1) * stride + window - length, 0)
    return total // 2, total - total // 2
