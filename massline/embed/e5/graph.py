"""The encoder of multilingual-e5-small as an ONNX model: 4-bit weights as carried, 8-bit integer arithmetic.

Activations are rounded to 8 bits in blocks of 32 within one token, so what a text becomes never depends on the texts
that travel with it. Batches hold texts of one length, so no mask is needed.
"""

import numpy as np
import numpy.typing as npt

from massline.embed.e5 import onnx_writer as wire
from massline.embed.e5.weights import BLOCK, WeightsFile

INTEGER_ARITHMETIC = 4  # MatMulNBits accuracy_level: 8-bit integer products
_MICROSOFT = "com.microsoft"


class _Graph:
    """Nodes and weights gathered while the encoder is drawn."""

    def __init__(self, carrier: WeightsFile) -> None:
        self.carrier = carrier
        self.nodes: list[bytes] = []
        self.weights: list[bytes] = []

    def weight(self, name: str, array: npt.NDArray[np.generic]) -> str:
        self.weights.append(wire.encode_tensor(name, array))
        return name

    def floats(self, name: str, *shape: int) -> str:
        return self.weight(name, self.carrier.floats(name, *shape))

    def add(
        self, operator: str, *inputs: str, domain: str = "", output: str = "", **attributes: wire.Attribute
    ) -> str:
        name = output or f"{operator}_{len(self.nodes)}"
        self.nodes.append(wire.encode_node(operator, inputs, name, domain=domain, attributes=attributes))
        return name

    def linear(self, x: str, name: str, rows: int, columns: int) -> str:
        """x · Wᵀ + b with W kept in the 4-bit blocks it came in."""
        blocks = self.carrier.blocks(f"{name}.w", rows)
        packed = self.weight(f"{name}.w", _repacked(blocks["nibbles"]))
        scales = self.weight(f"{name}.scale", blocks["scale"].astype(np.float32))
        product = self.add(
            "MatMulNBits",
            *(x, packed, scales),
            domain=_MICROSOFT,
            K=columns,
            N=rows,
            bits=4,
            block_size=BLOCK,
            accuracy_level=INTEGER_ARITHMETIC,
        )
        return self.add("Add", product, self.floats(f"{name}.b", rows))

    def norm(self, x: str, name: str) -> str:
        width = self.carrier.width
        scale, bias = self.floats(f"{name}.w", width), self.floats(f"{name}.b", width)
        return self.add("LayerNormalization", x, scale, bias, epsilon=float(self.carrier.epsilon), axis=-1)


def _repacked(nibbles: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """From halves of a block (first 16 low, last 16 high) to neighbours in one byte, as MatMulNBits wants."""
    values = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1)
    return np.asarray(values[..., 0::2] | values[..., 1::2] << 4, dtype=np.uint8)


def _layer(graph: _Graph, x: str, name: str) -> str:
    carrier = graph.carrier
    width, inner = carrier.width, carrier.inner
    query, key, value = (graph.linear(x, f"{name}.{part}", width, width) for part in "qkv")
    attended = graph.add("MultiHeadAttention", query, key, value, domain=_MICROSOFT, num_heads=carrier.heads)
    projected = graph.linear(attended, f"{name}.ao", width, width)
    x = graph.norm(graph.add("Add", projected, x), f"{name}.aln")
    hidden = graph.add("Gelu", graph.linear(x, f"{name}.fi", inner, width), domain=_MICROSOFT)
    return graph.norm(graph.add("Add", graph.linear(hidden, f"{name}.fo", width, inner), x), f"{name}.oln")


def build_encoder(carrier: WeightsFile) -> bytes:
    """The encoder: `tokens` (batch, length, width) in, the mean over the length, `pooled` (batch, width), out."""
    graph = _Graph(carrier)
    x = graph.norm("tokens", "emb.ln")
    for number in range(carrier.layers):
        x = _layer(graph, x, f"l{number}")
    axes = graph.weight("length", np.array([1], np.int64))
    graph.add("ReduceMean", x, axes, output="pooled", keepdims=0)
    return wire.encode_model(
        name="multilingual-e5-small",
        nodes=graph.nodes,
        weights=graph.weights,
        inputs=[wire.encode_float_value_info("tokens", ("batch", "length", carrier.width))],
        outputs=[wire.encode_float_value_info("pooled", ("batch", carrier.width))],
        opsets={"": 20, _MICROSOFT: 1},
    )
