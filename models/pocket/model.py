"""A llama-style decoder in torch. Matrices are multiplied in bfloat16, weights are kept and updated in float32."""
import math

import torch
import torch.nn.functional as F

SHAPE = {"width": 384, "layers": 6, "heads": 6, "key_value_heads": 3, "feed_forward": 1024, "context": 512}
ROPE_BASE = 10_000.0
EPSILON = 1e-5


def fresh_weights(vocabulary, shape, seed):
    """Random weights, [output, input], under the names of GGUF; but query, key and value are one matrix."""
    generator = torch.Generator().manual_seed(seed)
    width, feed_forward, layers = shape["width"], shape["feed_forward"], shape["layers"]
    narrow = width // shape["heads"] * shape["key_value_heads"]

    def matrix(out, inp, scale=1.0):
        return torch.randn(out, inp, generator=generator) * (scale / math.sqrt(inp))

    weights = {"token_embd": torch.randn(vocabulary, width, generator=generator) * 0.05, "output_norm": torch.ones(width)}
    small = 1 / math.sqrt(2 * layers)
    for layer in range(layers):
        weights |= {
            f"blk.{layer}.attn_norm": torch.ones(width),
            f"blk.{layer}.attn_qkv": matrix(width + 2 * narrow, width),
            f"blk.{layer}.attn_output": matrix(width, width, small),
            f"blk.{layer}.ffn_norm": torch.ones(width),
            f"blk.{layer}.ffn_gate": matrix(feed_forward, width),
            f"blk.{layer}.ffn_up": matrix(feed_forward, width),
            f"blk.{layer}.ffn_down": matrix(width, feed_forward, small),
        }
    return weights


def rope_tables(length, size):
    angles = torch.outer(torch.arange(length).float(), ROPE_BASE ** (-torch.arange(0, size, 2).float() / size))
    return angles.cos(), angles.sin()


def normed(x, weight):
    return x * torch.rsqrt(x.float().pow(2).mean(-1, keepdim=True) + EPSILON).to(x.dtype) * weight


def rotated(x, cos, sin):
    """Rotates the first half of a head against the second. The export reorders rows for llama.cpp, which rotates neighbours."""
    first, second = x.chunk(2, -1)
    return torch.cat([first * cos - second * sin, first * sin + second * cos], -1)


def hidden(weights, tokens, shape, tables, mask):
    """States of the last layer, [batch, length, width]."""
    heads, narrow_heads = shape["heads"], shape["key_value_heads"]
    size = shape["width"] // heads
    batch, length = tokens.shape
    cos, sin = tables[0][:length], tables[1][:length]
    blocked = mask[:length, :length]
    x = F.embedding(tokens, weights["token_embd"])
    for layer in range(shape["layers"]):
        part = lambda name: weights[f"blk.{layer}.{name}"]
        y = normed(x, part("attn_norm"))
        all_heads = F.linear(y, part("attn_qkv")).view(batch, length, heads + 2 * narrow_heads, size).transpose(1, 2)
        turned = rotated(all_heads[:, : heads + narrow_heads], cos, sin)
        q, k, v = turned[:, :heads] * (1 / math.sqrt(size)), turned[:, heads:], all_heads[:, heads + narrow_heads :]
        # Query heads that share a key head are rows of one matrix.
        group = heads // narrow_heads
        q = q.reshape(batch, narrow_heads, group * length, size)
        scores = (q @ k.transpose(-1, -2)).view(batch, narrow_heads, group, length, length) + blocked
        seen = scores.softmax(-1).view(batch, narrow_heads, group * length, length) @ v
        seen = seen.view(batch, heads, length, size).transpose(1, 2).reshape(batch, length, -1)
        x = x + F.linear(seen, part("attn_output"))
        y = normed(x, part("ffn_norm"))
        x = x + F.linear(F.silu(F.linear(y, part("ffn_gate"))) * F.linear(y, part("ffn_up")), part("ffn_down"))
    return normed(x, weights["output_norm"])


def causal_mask(length, dtype):
    return torch.full((length, length), -1e4, dtype=dtype).triu(1)
