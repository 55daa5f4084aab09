"""Where a training may begin: the weights of an earlier pocket model, and its vocabulary with room for new words."""
import struct

import numpy
import torch

from tokenizer import Tokenizer, grow

U32, I32, FLOAT, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
PACKED = {U32: "<I", I32: "<i", FLOAT: "<f", BOOL: "<?"}
F32, Q8_0 = 0, 8
ALIGNMENT = 32
# To learn what is new without losing what is known, far fewer steps of a smaller size do.
RATE = 1e-3


class Reader:
    """Reads what export.py writes, and nothing else."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def number(self, form):
        (value,) = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return value

    def text(self):
        length = self.number("<Q")
        self.at += length
        return self.data[self.at - length : self.at].decode()

    def value(self, kind):
        if kind == STRING:
            return self.text()
        if kind == ARRAY:
            of, length = self.number("<I"), self.number("<Q")
            return [self.value(of) for _ in range(length)]
        if kind not in PACKED:
            raise SystemExit(f"a value of kind {kind} is not in a pocket model: take a file that export.py wrote")
        return self.number(PACKED[kind])


def neighbours_apart(rows, heads):
    """Undoes export.py's `interleaved`."""
    out, inp = rows.shape
    return rows.reshape(heads, out // heads // 2, 2, inp).swapaxes(1, 2).reshape(out, inp)


def read(file):
    """(key-values, tensors as float32, [output, input]) of a GGUF of types F32 and Q8_0."""
    with open(file, "rb") as source:
        data = source.read()
    reader = Reader(data)
    if data[:4] != b"GGUF":
        raise SystemExit(f"{file} is no GGUF file: give --from the file of a pocket model")
    reader.at = 8
    tensors, entries = reader.number("<Q"), reader.number("<Q")
    values = {}
    for _ in range(entries):
        key = reader.text()
        values[key] = reader.value(reader.number("<I"))
    infos = []
    for _ in range(tensors):
        name = reader.text()
        sizes = [reader.number("<Q") for _ in range(reader.number("<I"))]
        infos.append((name, sizes[::-1], reader.number("<I"), reader.number("<Q")))
    start = -(-reader.at // ALIGNMENT) * ALIGNMENT
    return values, {name: unpacked(data, start + offset, sizes, kind) for name, sizes, kind, offset in infos}


def unpacked(data, at, sizes, kind):
    count = int(numpy.prod(sizes))
    if kind == F32:
        return numpy.frombuffer(data, "<f4", count, at).reshape(sizes).copy()
    if kind != Q8_0:
        raise SystemExit(f"a tensor of type {kind} cannot be read: export the earlier model as Q8_0 or F32")
    blocks = numpy.frombuffer(data, numpy.int8, count // 32 * 34, at).reshape(-1, 34)
    scales = blocks[:, :2].copy().view("<f2").astype(numpy.float32)
    return (blocks[:, 2:] * scales).reshape(sizes)


def vocabulary(file, texts, size):
    """The earlier vocabulary, ids unchanged, and after it the most frequent merges of `texts` until there are `size` tokens."""
    values, _ = read(file)
    merges = [merge.split(" ") for merge in values["tokenizer.ggml.merges"]]
    return grow(Tokenizer(values["tokenizer.ggml.tokens"], merges), texts, size)


def weights(file, tokenizer, shape):
    """The earlier weights under the trainer's names. The row of a new token is the mean of the rows of its parts."""
    values, tensors = read(file)
    old = Tokenizer(values["tokenizer.ggml.tokens"], [merge.split(" ") for merge in values["tokenizer.ggml.merges"]])
    heads, narrow_heads = shape["heads"], shape["key_value_heads"]
    made = {}
    for name, value in tensors.items():
        name = name[: -len(".weight")]
        if name.endswith("attn_q"):
            start = name[: -len("q")]
            parts = [
                neighbours_apart(value, heads),
                neighbours_apart(tensors[f"{start}k.weight"], narrow_heads),
                tensors[f"{start}v.weight"],
            ]
            made[f"{start}qkv"] = torch.from_numpy(numpy.concatenate(parts))
        elif not name.endswith(("attn_k", "attn_v")):
            made[name] = torch.from_numpy(value)
    rows = made["token_embd"]
    joined = {left + right: (left, right) for left, right in tokenizer.merges}

    def row(token):
        if token in old.ids:
            return rows[old.ids[token]]
        left, right = joined[token]
        return (row(left) + row(right)) / 2

    made["token_embd"] = torch.stack([row(token) for token in tokenizer.tokens])
    return made
