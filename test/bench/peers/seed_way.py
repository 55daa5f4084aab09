"""The seed's own way: llama-cpp-python, one Llama, the traders one after another, the answer held to JSON by `response_format`
with a schema. Reads one line of JSON a round from standard input, writes one back.

    python seed_way.py MODEL.gguf THREADS
"""

import json
import sys
import time

from llama_cpp import Llama


class CountingLlama(Llama):
    """Counts the tokens that are really evaluated: `usage` counts those too that the cache already holds."""

    evaluated = 0

    def eval(self, tokens):
        CountingLlama.evaluated += len(tokens)
        super().eval(tokens)


model_file, threads = sys.argv[1], int(sys.argv[2])
llama = CountingLlama(model_file, n_ctx=2048, n_threads=threads, n_threads_batch=threads, verbose=False, seed=7)
print(json.dumps({"ready": True}), flush=True)

for line in sys.stdin:
    order = json.loads(line)
    answers, sampled = [], 0
    CountingLlama.evaluated = 0
    began = time.perf_counter()
    for turn in order["turns"]:
        answer = llama.create_chat_completion(
            messages=[
                {"role": "system", "content": turn["system"]},
                {"role": "user", "content": turn["user"]},
            ],
            response_format={"type": "json_object", "schema": order["schema"]},
            temperature=0.8,
            max_tokens=order["maxTokens"],
        )
        answers.append(answer["choices"][0]["message"]["content"])
        sampled += answer["usage"]["completion_tokens"]
    told = {
        "ms": (time.perf_counter() - began) * 1000,
        # Each sampled token is evaluated too, but for the last of an answer.
        "read": CountingLlama.evaluated - (sampled - len(answers)),
        "forced": 0,
        "sampled": sampled,
        "answers": answers,
    }
    print(json.dumps(told), flush=True)
