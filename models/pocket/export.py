#!/usr/bin/python3
"""Writes the GGUF of the last checkpoint:  /usr/bin/python3 models/pocket/export.py [--out FILE] [--type Q8_0|F32]"""
import argparse
import hashlib
import itertools
import json
import pathlib
import struct

import numpy
import torch

import model
from tokenizer import BOS, EOS, MARKUP, Tokenizer

HERE = pathlib.Path(__file__).parent
ALIGNMENT = 32
CHECKS, GREEDY_TOKENS = 12, 12
F32, Q8_0 = 0, 8
NORMAL, CONTROL, USER_DEFINED = 1, 3, 4
U32, FLOAT, BOOL, STRING, ARRAY, I32 = 4, 6, 7, 8, 9, 5
# The show does not use it (see src/brain/prompts/compact.ts); other programs that ask for a template get plain text.
CHAT_TEMPLATE = "{{ bos_token }}{% for message in messages %}{{ message['content'] }}{% endfor %}"


def text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def entry(key, kind, value):
    packed = {U32: "<I", FLOAT: "<f", BOOL: "<?"}
    body = text(value) if kind == STRING else struct.pack(packed[kind], value)
    return text(key) + struct.pack("<I", kind) + body


def array(key, kind, values):
    items = b"".join(text(value) if kind == STRING else struct.pack("<i", value) for value in values)
    return text(key) + struct.pack("<IIQ", ARRAY, kind, len(values)) + items


def interleaved(rows, heads):
    """llama.cpp rotates neighbouring rows of a head, the trainer the first half against the second."""
    out, inp = rows.shape
    return rows.reshape(heads, 2, out // heads // 2, inp).swapaxes(1, 2).reshape(out, inp)


def tensors_of(masters, shape):
    """(name, matrix) under GGUF's names; query, key and value are separate matrices."""
    width, heads, narrow_heads = shape["width"], shape["heads"], shape["key_value_heads"]
    narrow = width // heads * narrow_heads
    for name, value in masters.items():
        value = value.float().numpy()
        if not name.endswith("attn_qkv"):
            yield name + ".weight", value
            continue
        start = name[: -len("attn_qkv")]
        yield start + "attn_q.weight", interleaved(value[:width], heads)
        yield start + "attn_k.weight", interleaved(value[width : width + narrow], narrow_heads)
        yield start + "attn_v.weight", value[width + narrow :]


def packed(value, kind):
    if kind == F32:
        return numpy.ascontiguousarray(value, dtype="<f4").tobytes()
    blocks = numpy.ascontiguousarray(value, dtype=numpy.float32).reshape(-1, 32)
    scales = numpy.abs(blocks).max(axis=1, keepdims=True) / 127
    codes = numpy.rint(numpy.divide(blocks, scales, out=numpy.zeros_like(blocks), where=scales > 0)).astype(numpy.int8)
    return numpy.concatenate([scales.astype("<f2").view(numpy.int8), codes], axis=1).tobytes()


def write(masters, tokenizer, shape, out, kind, note):
    types = [CONTROL if token in (BOS, EOS) else USER_DEFINED if token in MARKUP else NORMAL for token in tokenizer.tokens]
    entries = [
        entry("general.architecture", STRING, "llama"),
        entry("general.name", STRING, "Open Outcry Pocket"),
        entry("general.description", STRING, note),
        entry("general.license", STRING, "mit"),
        entry("general.file_type", U32, 7 if kind == Q8_0 else 0),
        entry("llama.block_count", U32, shape["layers"]),
        entry("llama.context_length", U32, shape["context"]),
        entry("llama.embedding_length", U32, shape["width"]),
        entry("llama.feed_forward_length", U32, shape["feed_forward"]),
        entry("llama.attention.head_count", U32, shape["heads"]),
        entry("llama.attention.head_count_kv", U32, shape["key_value_heads"]),
        entry("llama.attention.layer_norm_rms_epsilon", FLOAT, model.EPSILON),
        entry("llama.rope.dimension_count", U32, shape["width"] // shape["heads"]),
        entry("llama.rope.freq_base", FLOAT, model.ROPE_BASE),
        entry("llama.vocab_size", U32, len(tokenizer.tokens)),
        entry("tokenizer.ggml.model", STRING, "gpt2"),
        entry("tokenizer.ggml.pre", STRING, "gpt-2"),
        array("tokenizer.ggml.tokens", STRING, tokenizer.tokens),
        array("tokenizer.ggml.token_type", I32, types),
        array("tokenizer.ggml.merges", STRING, [" ".join(merge) for merge in tokenizer.merges]),
        entry("tokenizer.ggml.bos_token_id", U32, tokenizer.ids[BOS]),
        entry("tokenizer.ggml.eos_token_id", U32, tokenizer.ids[EOS]),
        entry("tokenizer.ggml.add_bos_token", BOOL, True),
        entry("tokenizer.chat_template", STRING, CHAT_TEMPLATE),
    ]
    infos, bodies, offset = [], [], 0
    for name, value in tensors_of(masters, shape):
        of = F32 if value.ndim == 1 else kind
        body = packed(value, of)
        sizes = value.shape[::-1]
        infos.append(text(name) + struct.pack(f"<I{len(sizes)}QIQ", len(sizes), *sizes, of, offset))
        body += bytes(-len(body) % ALIGNMENT)
        bodies.append(body)
        offset += len(body)
    header = b"GGUF" + struct.pack("<IQQ", 3, len(infos), len(entries)) + b"".join(entries) + b"".join(infos)
    header += bytes(-len(header) % ALIGNMENT)
    pathlib.Path(out).write_bytes(header + b"".join(bodies))


def checks(masters, tokenizer, shape, turns):
    """The trainer's results for some prompts: token ids, and the likeliest next tokens. The tests compare llama.cpp with them."""
    tables, mask = model.rope_tables(shape["context"], shape["width"] // shape["heads"]), model.causal_mask(shape["context"], torch.float32)
    made = []
    for name, prompt, *_ in turns:
        ids = [tokenizer.ids[BOS], *tokenizer.encode(f"{name}\n"), *tokenizer.encode(prompt), tokenizer.markup(MARKUP[0])]
        likeliest = []
        with torch.no_grad():
            for _ in range(GREEDY_TOKENS):
                states = model.hidden(masters, torch.tensor([ids + likeliest]), shape, tables, mask)
                likeliest.append(int((states[0, -1] @ masters["token_embd"].T).argmax()))
        made.append({"name": name, "prompt": prompt, "tokens": ids, "likeliest": likeliest})
    return made


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", default=str(HERE / "pocket.gguf"))
    parser.add_argument("--type", choices=["Q8_0", "F32"], default="Q8_0")
    options = parser.parse_args()
    saved = torch.load(HERE / "build/checkpoint.pt", map_location="cpu")
    tokenizer = Tokenizer.load(HERE / "build/tokenizer.json")
    note = f"Plays the traders of Open Outcry and nothing else; trained {saved['step']} steps on scripted shows."
    write(saved["masters"], tokenizer, model.SHAPE, options.out, Q8_0 if options.type == "Q8_0" else F32, note)
    with open(next((HERE / "build").glob("corpus-*.jsonl"))) as lines:
        turns = [json.loads(line) for line in itertools.islice(lines, 400)]
    spoken = [turn for turn in turns if ": " in turn[1]][:: 8][:CHECKS]
    with open(pathlib.Path(options.out).with_suffix(".check.json"), "w") as out:
        json.dump(checks(saved["masters"], tokenizer, model.SHAPE, spoken), out, indent=1)
    data = pathlib.Path(options.out).read_bytes()
    print(json.dumps({"file": options.out, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest(), "steps": saved["step"]}))


if __name__ == "__main__":
    main()
