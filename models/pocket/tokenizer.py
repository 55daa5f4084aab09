"""The pocket model's tokenizer: byte-level BPE as GPT-2 splits and merges, learned from the corpus.

The parts of the answer's JSON that never change are tokens of their own ("user defined" in GGUF), so that an answer costs
six tokens of mark-up."""
import collections
import heapq
import json
import re

BOS, EOS = "<|bos|>", "<|eos|>"
MARKUP = ['{"trade":"', '","thought":"', '","size":"', '","speech":"', '","location":"', '"}']
# GPT-2's pattern; letters are written without \\p{L}, which Python's re lacks.
PATTERN = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?[^\W\d_]+| ?\d+| ?(?:[^\s\w]|_)+|\s+(?!\S)|\s+")


def byte_characters():
    """The printable character that stands for each byte."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    characters, spare = {}, 0
    for byte in range(256):
        if byte in printable:
            characters[byte] = chr(byte)
        else:
            characters[byte] = chr(256 + spare)
            spare += 1
    return characters


CHARACTERS = byte_characters()


class Tokenizer:
    def __init__(self, tokens, merges):
        self.tokens, self.merges = tokens, merges
        self.ids = {token: index for index, token in enumerate(tokens)}
        self.ranks = {tuple(merge): rank for rank, merge in enumerate(merges)}
        self.cache = {}

    def encode(self, text):
        """Plain text without mark-up."""
        ids = []
        for piece in PATTERN.findall(text):
            known = self.cache.get(piece)
            if known is None:
                known = self.cache[piece] = self._merge(piece)
            ids.extend(known)
        return ids

    def markup(self, text):
        return self.ids[text]

    def _merge(self, piece):
        parts = [CHARACTERS[byte] for byte in piece.encode()]
        while len(parts) > 1:
            rank, at = min((self.ranks.get(pair, 1 << 30), at) for at, pair in enumerate(zip(parts, parts[1:])))
            if rank == 1 << 30:
                break
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
        return [self.ids[part] for part in parts]

    def save(self, file):
        with open(file, "w") as out:
            json.dump({"tokens": self.tokens, "merges": self.merges}, out)

    @staticmethod
    def load(file):
        with open(file) as source:
            data = json.load(source)
        return Tokenizer(data["tokens"], data["merges"])


def learn(texts, size):
    """Merges the most frequent pair until the vocabulary has `size` tokens; ties go to the pair that sorts first."""
    return grow(Tokenizer([BOS, EOS, *MARKUP, *(CHARACTERS[byte] for byte in range(256))], []), texts, size)


def grow(start, texts, size):
    """The vocabulary of `start`, ids unchanged, and after it what `texts` need until there are `size` tokens."""
    counts = collections.Counter(piece for text in texts for piece in PATTERN.findall(text))
    words = [([start.tokens[id] for id in start.encode(word)], count) for word, count in sorted(counts.items())]
    pairs, places = collections.Counter(), collections.defaultdict(set)
    for index, (parts, count) in enumerate(words):
        for pair in zip(parts, parts[1:]):
            pairs[pair] += count
            places[pair].add(index)
    tokens = list(start.tokens)
    known, merges = set(tokens), list(start.merges)
    heap = [(-count, pair) for pair, count in pairs.items()]
    heapq.heapify(heap)
    while len(tokens) < size and heap:
        count, pair = heapq.heappop(heap)
        if pairs[pair] != -count or count == 0:
            continue
        merged = pair[0] + pair[1]
        merges.append(list(pair))
        if merged not in known:
            known.add(merged)
            tokens.append(merged)
        changed = set()
        for index in places.pop(pair):
            parts, weight = words[index]
            for old in zip(parts, parts[1:]):
                pairs[old] -= weight
                changed.add(old)
            at = 0
            while at < len(parts) - 1:
                if (parts[at], parts[at + 1]) == pair:
                    parts[at : at + 2] = [merged]
                at += 1
            for new in zip(parts, parts[1:]):
                pairs[new] += weight
                places[new].add(index)
                changed.add(new)
        for each in changed:
            if pairs[each] > 0:
                heapq.heappush(heap, (-pairs[each], each))
    return Tokenizer(tokens, merges)
