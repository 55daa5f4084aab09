// A value of an enum is chosen by the caller, who is told how likely the model holds each: a small model's own choice is mostly
// its habit, and only whoever knows that habit can take it away.
import type { AnswerWriter } from './answer-writer.ts';
import { logOfSum } from './log-of-sum.ts';
import type { TokenSampler } from './sampling.ts';

/** One way on where the values of an enum part. */
export interface Way {
  /** What it can still become: a single value where the first token tells them all apart. */
  values: readonly string[];
  /** The natural logarithm of its probability among these ways: they add up to 1. */
  logProbability: number;
}

/** The index of the way to go. It must not depend on their order. Called again where the values left part again. */
export type Choose = (field: string, ways: readonly Way[]) => number;

export interface Choice {
  sampler: TokenSampler;
  writer: AnswerWriter;
  choose: Choose;
}

/** The token of the chosen way. The writer must be in an enum. */
export async function chosenToken({ sampler, writer, choose }: Choice): Promise<number> {
  const { ways } = writer;
  const logits = await sampler.logitsOf(ways.map(({ token }) => token));
  const total = logOfSum(logits);
  const index = choose(
    writer.field,
    ways.map(({ values }, at) => ({
      values,
      logProbability: (logits[at] ?? Number.NEGATIVE_INFINITY) - total,
    })),
  );
  const way = ways[index];
  if (!way) throw new RangeError(`${writer.field} has no way number ${index}`);
  return way.token;
}
