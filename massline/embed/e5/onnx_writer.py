"""Write an ONNX model as bytes: just enough of the protobuf wire format, so that the `onnx` package is not needed.

Field numbers are those of onnx.proto3 (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3).
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Attribute = int | float | Sequence[int]

_ELEMENT_TYPES = {np.dtype(np.float32): 1, np.dtype(np.uint8): 2, np.dtype(np.int8): 3, np.dtype(np.int64): 7}
_FLOAT, _INT, _INTS = 1, 2, 7  # AttributeProto.AttributeType


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes | str) -> bytes:
    data = value.encode() if isinstance(value, str) else value
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def encode_tensor(name: str, array: npt.NDArray[np.generic]) -> bytes:
    """A TensorProto holding `array` as raw little-endian data."""
    flat = np.ascontiguousarray(array)
    dims = b"".join(_number(1, size) for size in flat.shape)
    return dims + _number(2, _ELEMENT_TYPES[flat.dtype]) + _bytes(8, name) + _bytes(9, flat.tobytes())


def _attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, int):
        return _bytes(1, name) + _number(3, value) + _number(20, _INT)
    if isinstance(value, float):
        return _bytes(1, name) + _varint(2 << 3 | 5) + np.float32(value).tobytes() + _number(20, _FLOAT)
    return _bytes(1, name) + b"".join(_number(8, part) for part in value) + _number(20, _INTS)


def encode_node(
    operator: str,
    inputs: Sequence[str],
    output: str,
    *,
    domain: str = "",
    attributes: Mapping[str, Attribute],
) -> bytes:
    """A NodeProto with one output."""
    body = b"".join(_bytes(1, part) for part in inputs) + _bytes(2, output)
    body += _bytes(3, output) + _bytes(4, operator)
    body += b"".join(_bytes(5, _attribute(name, value)) for name, value in sorted(attributes.items()))
    return body + _bytes(7, domain)


def encode_float_value_info(name: str, shape: Sequence[int | str]) -> bytes:
    """A ValueInfoProto of 32-bit floats; a string in `shape` names a free dimension."""
    dims = b"".join(_bytes(1, _bytes(2, d) if isinstance(d, str) else _number(1, d)) for d in shape)
    kind = _bytes(1, _number(1, 1) + _bytes(2, dims))
    return _bytes(1, name) + _bytes(2, kind)


def encode_model(
    *,
    name: str,
    nodes: Sequence[bytes],
    weights: Sequence[bytes],
    inputs: Sequence[bytes],
    outputs: Sequence[bytes],
    opsets: Mapping[str, int],
    ir_version: int = 9,
) -> bytes:
    """A ModelProto, ready for onnxruntime.InferenceSession."""
    graph = b"".join(_bytes(1, node) for node in nodes) + _bytes(2, name)
    graph += b"".join(_bytes(5, weight) for weight in weights)
    graph += b"".join(_bytes(11, part) for part in inputs) + b"".join(
        _bytes(12, output) for output in outputs
    )
    versions = b"".join(
        _bytes(8, _bytes(1, domain) + _number(2, version)) for domain, version in sorted(opsets.items())
    )
    return _number(1, ir_version) + _bytes(7, graph) + versions
