#!/usr/bin/python3
"""Trains the pocket model and writes its GGUF:  /usr/bin/python3 models/pocket/train.py

Needs Debian 12's python3-torch (1.13.0) and python3-numpy, and the project's own node for the corpus. Everything that it
makes on the way lies in models/pocket/build; run again after an interruption, it goes on from the last checkpoint.
--minutes sets the learning rate by the clock (the default; how far it comes depends on the machine), --steps by the count
of steps, so that the same seed on the same idle machine repeats the same run.
--from FILE begins with the weights and the vocabulary of an earlier pocket model instead of random ones: a corpus that adds
something to what it knows is learned in a fraction of the time. --type float32 is the faster one where the processor has no
instructions for bfloat16 (and wants libopenblas0-pthread)."""
import argparse
import json
import math
import multiprocessing
import os
import pathlib
import subprocess
import time

# Batches differ in length, and a kernel is kept for each length: memory grows by gigabytes if a thousand are kept.
os.environ.setdefault("LRU_CACHE_CAPACITY", "128")
os.environ.setdefault("DNNL_PRIMITIVE_CACHE_CAPACITY", "128")

import numpy
import torch
import torch.nn.functional as F

import model
import warm
from tokenizer import BOS, MARKUP, Tokenizer, learn

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
BUILD = HERE / "build"
VOCABULARY = 4096
RATE = 3e-3
POOL_BATCHES = 64
WARM_UP_STEPS, COOL_DOWN_SHARE, LAST_RATE_SHARE = 60, 0.5, 0.01
BETAS, CLIP = (0.9, 0.97), 1.0
MOMENTUM, MUON_RATE_SHARE, DECAY = 0.95, 5.0, 0.02
CHECKPOINT_SECONDS, PRINT_STEPS = 150, 10
# A decision is one token in forty, but it is what the show is about.
TEXT_WEIGHT, DECISION_WEIGHT = 1.0, 6.0


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=105)
    parser.add_argument("--rate", type=float, help=f"default {RATE}, with --from {warm.RATE}")
    parser.add_argument("--from", dest="start", type=pathlib.Path, help="GGUF of an earlier pocket model")
    parser.add_argument("--vocabulary", type=int, default=VOCABULARY)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--type", choices=["bfloat16", "float32"], default="bfloat16")
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--turns", type=int, default=300_000)
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    options.rate = options.rate or (warm.RATE if options.start else RATE)
    options.start = options.start and options.start.resolve()
    return options


def corpus(options):
    file = BUILD / f"corpus-{options.seed}-{options.turns}.jsonl"
    if not file.exists():
        print(f"playing {options.turns} turns ...", flush=True)
        node = ROOT / "node_modules/node/bin/node"
        part = file.with_suffix(".part")
        command = [node, "test/pocket/corpus.ts", "--out", part, "--turns", options.turns, "--seed", options.seed]
        subprocess.run([str(word) for word in command], cwd=ROOT, check=True)
        part.rename(file)
    with open(file) as lines:
        return [json.loads(line) for line in lines]


def encoded(turn, tokenizer):
    """Tokens of a turn exactly as the engine feeds and samples them, and the weight of each in the loss."""
    name, prompt, thought, trade, size, speech, location, _ = turn
    open_trade, open_thought, open_size, open_speech, open_location, end = (tokenizer.markup(part) for part in MARKUP)
    tokens = [tokenizer.ids[BOS], *tokenizer.encode(f"{name}\n"), *tokenizer.encode(prompt), open_trade]
    weights = [0.0] * len(tokens)

    def add(ids, weight):
        tokens.extend(ids)
        weights.extend([weight] * len(ids))

    def decide(value):
        first, *rest = tokenizer.encode(value)
        add([first], DECISION_WEIGHT)
        add(rest, 0.0)

    decide(trade)
    add([open_size], 0.0)
    decide(size)
    add([open_thought], 0.0)
    add([*tokenizer.encode(thought), open_speech], TEXT_WEIGHT)
    add([*tokenizer.encode(speech), open_location], TEXT_WEIGHT)
    decide(location)
    add([end], 0.0)
    return tokens, weights


def emphasis(turn, index):
    """How often a turn is taken: the hardest policy, which adds up momentum, is seen more often than the easy ones, and a
    line about what the floor remembers, of which there are few of each kind, more often than others."""
    name, prompt, _, trade, *_, remembers = turn
    if remembers:
        return 2
    if "\nTech " not in prompt or trade == "Hold" and name in ("Alex", "Sarah"):
        return 1 - index % 2
    return 2 if name == "Alice" else 1


class Batches:
    """Batches without end: turns in random order, but those of similar length together."""

    def __init__(self, turns, seed, batch):
        self.turns, self.seed, self.batch, self.pool = turns, seed, batch, batch * POOL_BATCHES

    def at(self, step):
        pool, index = divmod(step, POOL_BATCHES)
        epoch, within = divmod(pool, len(self.turns) // self.pool)
        order = numpy.random.default_rng([self.seed, epoch]).permutation(len(self.turns)) if self._new(epoch) else self.order
        self.order = order
        if getattr(self, "pool_key", None) != (epoch, within):
            self.pool_key = (epoch, within)
            chosen = sorted(order[within * self.pool : (within + 1) * self.pool], key=lambda at: len(self.turns[at][0]))
            self.batches = [chosen[at : at + self.batch] for at in range(0, self.pool, self.batch)]
            numpy.random.default_rng([self.seed, epoch, within]).shuffle(self.batches)
        picked = [self.turns[at] for at in self.batches[index]]
        length = max(len(tokens) for tokens, _ in picked) - 1
        inputs = torch.zeros(len(picked), length, dtype=torch.long)
        targets = torch.zeros(len(picked), length, dtype=torch.long)
        weights = torch.zeros(len(picked), length)
        for row, (tokens, weight) in enumerate(picked):
            end = len(tokens) - 1
            inputs[row, :end] = torch.from_numpy(tokens[:-1].astype(numpy.int64))
            targets[row, :end] = torch.from_numpy(tokens[1:].astype(numpy.int64))
            weights[row, :end] = torch.from_numpy(weight[1:])
        return inputs, targets, weights

    def _new(self, epoch):
        changed = getattr(self, "epoch", None) != epoch
        self.epoch = epoch
        return changed


def loss_of(weights, batch, tables, mask):
    inputs, targets, worth = batch
    states = model.hidden(weights, inputs, model.SHAPE, tables, mask)
    counted = worth > 0
    logits = F.linear(states[counted], weights["token_embd"]).float()
    losses = F.cross_entropy(logits, targets[counted], reduction="none")
    worth = worth[counted]
    decisions = losses.detach()[worth == DECISION_WEIGHT].mean().item()
    words = losses.detach()[worth == TEXT_WEIGHT].mean().item()
    return (losses * worth).sum() / worth.sum(), words, decisions


class Worker:
    """Computes the gradient of its share of every batch and then updates its share of the weights, in a process of one
    thread: two threads in one process wait for each other at every operation when the machine has other work."""

    def __init__(self, rank, options, turns, masters, state, gradients, numbers, barrier):
        self.rank, self.workers, self.masters, self.state, self.gradients = rank, options.workers, masters, state, gradients
        self.numbers, self.barrier = numbers, barrier
        size = model.SHAPE["width"] // model.SHAPE["heads"]
        self.type = getattr(torch, options.type)
        self.tables = tuple(table.to(self.type) for table in model.rope_tables(model.SHAPE["context"], size))
        self.mask = model.causal_mask(model.SHAPE["context"], self.type)
        self.batches = Batches(turns, options.seed, options.batch)
        self.names = by_turns(masters, self.workers)[rank]

    def step(self, step, rate):
        """Every worker calls this with the same step. All weights are updated when the last call has returned."""
        self.compute(step)
        self.barrier.wait()
        update(self.names, self.masters, self.state, self.gradients, step + 1, rate, self.type)
        self.barrier.wait()

    def compute(self, step):
        weights = {name: value.to(self.type, copy=True).requires_grad_() for name, value in self.masters.items()}
        batch = tuple(part[self.rank :: self.workers] for part in self.batches.at(step))
        loss, words, decisions = loss_of(weights, batch, self.tables, self.mask)
        loss.backward()
        for name, value in weights.items():
            self.gradients[self.rank][name].copy_(value.grad)
        self.numbers[self.rank] = torch.tensor([words, decisions, float(batch[0].numel())])

    def serve(self, control):
        while True:
            self.barrier.wait()
            step, rate = int(control[0]), float(control[1])
            if step < 0:
                return
            self.step(step, rate)


def by_turns(masters, workers):
    """Names of weights for each worker, with about as many values for each: dealt out in turn, the largest first."""
    names = sorted(masters, key=lambda name: (-masters[name].numel(), name))
    return [names[rank::workers] for rank in range(workers)]


def shared(tensors):
    return {name: value.clone().share_memory_() for name, value in tensors.items()}


def train(options, turns, tokenizer):
    if options.start:
        masters = warm.weights(options.start, tokenizer, model.SHAPE)
    else:
        masters = model.fresh_weights(len(tokenizer.tokens), model.SHAPE, options.seed)
    state = {key: {name: torch.zeros_like(value) for name, value in masters.items()} for key in ("first", "second")}
    step, spent = 0, 0.0
    checkpoint = BUILD / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        masters, state, step, spent = (saved[key] for key in ("masters", "state", "step", "spent"))
        print(f"going on from step {step}", flush=True)
    masters, state = shared(masters), {key: shared(tensors) for key, tensors in state.items()}
    gradients = [shared(masters) for _ in range(options.workers)]
    numbers = torch.zeros(options.workers, 3).share_memory_()
    control = torch.zeros(2, dtype=torch.double).share_memory_()
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(options.workers)
    workers = [
        Worker(rank, options, turns, masters, state, gradients, numbers, barrier) for rank in range(options.workers)
    ]
    helpers = [context.Process(target=worker.serve, args=(control,), daemon=True) for worker in workers[1:]]
    for helper in helpers:
        helper.start()
    curve = open(BUILD / "loss.csv", "a")
    started, saved_at, printed_at = time.monotonic() - spent, time.monotonic(), time.monotonic()
    sums, printed = torch.zeros(3), step

    def save():
        part = checkpoint.with_suffix(".part")
        torch.save(dict(masters=masters, state=state, step=step, spent=time.monotonic() - started), part)
        part.rename(checkpoint)

    while True:
        spent = time.monotonic() - started
        done = step / options.steps if options.steps else spent / (options.minutes * 60)
        if done >= 1:
            break
        # Held, then lowered in a straight line over the last part: the length of the training may be decided late.
        share = min(1.0, (step + 1) / WARM_UP_STEPS, LAST_RATE_SHARE + (1 - done) / COOL_DOWN_SHARE)
        control[0], control[1] = step, options.rate * share
        barrier.wait()
        workers[0].step(step, options.rate * share)
        step += 1
        sums += torch.tensor([*numbers[:, :2].mean(0).tolist(), numbers[:, 2].sum().item()])
        if step % PRINT_STEPS == 0:
            now = time.monotonic()
            words, decisions, tokens = (sums / torch.tensor([step - printed, step - printed, now - printed_at])).tolist()
            left = (1 - done) * (spent / done if done > 0 else 0)
            print(
                f"step {step}  words {words:.3f}  decisions {decisions:.3f}  rate {options.rate * share:.5f}  "
                f"{tokens:.0f} tokens/s  {left / 60:.1f} min left",
                flush=True,
            )
            curve.write(f"{step},{words:.4f},{decisions:.4f},{spent:.0f}\n")
            curve.flush()
            printed_at, sums, printed = now, torch.zeros(3), step
        if time.monotonic() - saved_at > CHECKPOINT_SECONDS:
            save()
            saved_at = time.monotonic()
    save()
    control[0] = -1
    barrier.wait()
    for helper in helpers:
        helper.join()


@torch.no_grad()
def update(names, masters, state, gradients, step, rate, of):
    """Muon for the matrices within the layers, AdamW for the embedding and the norms, in place. Gradients are the workers'
    means; `rate` is AdamW's, Muon's is MUON_RATE_SHARE times it."""
    for name in names:
        value, first, second = masters[name], state["first"][name], state["second"][name]
        gradient = sum(each[name] for each in gradients) / len(gradients)
        if value.dim() == 2 and name != "token_embd":
            first.lerp_(gradient, 1 - MOMENTUM)
            direction = orthogonal(gradient.lerp_(first, MOMENTUM), of)
            muon = rate * MUON_RATE_SHARE
            value.mul_(1 - muon * DECAY)
            value.add_(direction.float(), alpha=-muon * max(1.0, value.shape[0] / value.shape[1]) ** 0.5)
        else:
            gradient.mul_(min(1.0, CLIP / (gradient.norm().item() + 1e-6)))
            scale = rate * math.sqrt(1 - BETAS[1] ** step) / (1 - BETAS[0] ** step)
            first.mul_(BETAS[0]).add_(gradient, alpha=1 - BETAS[0])
            second.mul_(BETAS[1]).addcmul_(gradient, gradient, value=1 - BETAS[1])
            value.addcdiv_(first, second.sqrt().add_(1e-8), value=-scale)


def orthogonal(matrix, of):
    """The nearest matrix whose singular values are all about 1, by five Newton-Schulz steps of the fifth order, with the
    coefficients of Muon (Jordan et al., 2024: kellerjordan.github.io/posts/muon)."""
    tall = matrix.shape[0] > matrix.shape[1]
    x = matrix.to(of)
    x = x.t().contiguous() if tall else x
    x = x / (x.float().norm() + 1e-7).to(x.dtype)
    for _ in range(5):
        square = x @ x.t()
        x = 3.4445 * x + (-4.775 * square + 2.0315 * square @ square) @ x
    return x.t() if tall else x


def main():
    options = arguments()
    os.chdir(HERE)
    BUILD.mkdir(exist_ok=True)
    torch.set_num_threads(1)
    raw = corpus(options)
    vocabulary_file = BUILD / "tokenizer.json"
    if vocabulary_file.exists():
        tokenizer = Tokenizer.load(vocabulary_file)
    else:
        print("learning the vocabulary ...", flush=True)
        texts = (part for turn in raw[:40_000] for part in turn[:-1])
        tokenizer = warm.vocabulary(options.start, texts, options.vocabulary) if options.start else learn(texts, options.vocabulary)
        tokenizer.save(vocabulary_file)
    turns = []
    for turn in raw:
        tokens, weights = encoded(turn, tokenizer)
        turns.append((numpy.array(tokens, dtype=numpy.uint16), numpy.array(weights, dtype=numpy.float32)))
    turns = [turn for index, turn in enumerate(turns) for _ in range(emphasis(raw[index], index))]
    print(f"{len(turns)} turns, {sum(len(tokens) for tokens, _ in turns) / len(turns):.1f} tokens each, longest {max(len(tokens) for tokens, _ in turns)}, {len(tokenizer.tokens)} in the vocabulary", flush=True)
    train(options, turns, tokenizer)
    subprocess.run(["/usr/bin/python3", "export.py"], cwd=HERE, check=True)


if __name__ == "__main__":
    main()
