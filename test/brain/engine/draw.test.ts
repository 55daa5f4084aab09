/** A token is drawn from the likeliest ones as it would be from the whole vocabulary. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Prng } from '#core/chance/prng.ts';
import { drawFrom, type Candidates, type Drawing } from '#brain/engine/answer/draw.ts';

const nothing: Omit<Drawing, 'random'> = {
  allows: () => true,
  penalised: new Set(),
  penalty: 1,
  temperature: 1,
  topK: 40,
  topP: 1,
  minP: 0,
};

function wholeOf(logits: readonly number[]): Candidates {
  return { tokens: logits.map((_, token) => token), logits, whole: true };
}

/** The `count` likeliest. */
function likeliest(logits: readonly number[], count: number): Candidates {
  const order = logits
    .map((logit, token) => ({ logit, token }))
    .sort((one, other) => other.logit - one.logit);
  const kept = order.slice(0, count);
  return {
    tokens: kept.map(({ token }) => token),
    logits: kept.map(({ logit }) => logit),
    whole: count >= logits.length,
  };
}

/** How often each token is drawn, of 20,000 draws. */
function shares(candidates: Candidates, drawing: Partial<Drawing>): number[] {
  const prng = new Prng(Prng.seed(11));
  const counts = candidates.tokens.map(() => 0);
  const draws = 20_000;
  for (let draw = 0; draw < draws; draw++) {
    const token = drawFrom(candidates, { ...nothing, ...drawing, random: () => prng.uniform() });
    if (typeof token === 'string') assert.fail(token);
    counts[token] = (counts[token] ?? 0) + 1;
  }
  return counts.map((count) => count / draws);
}

function assertShares(found: readonly number[], expected: readonly number[]): void {
  for (const [at, share] of expected.entries())
    assert.ok(Math.abs((found[at] ?? 0) - share) < 0.015, `token ${at}: ${found[at]}, expected ${share}`);
}

test('tokens come as often as the model finds them likely', () => {
  const candidates = wholeOf([Math.log(0.5), Math.log(0.3), Math.log(0.15), Math.log(0.05)]);
  assertShares(shares(candidates, {}), [0.5, 0.3, 0.15, 0.05]);
  assertShares(shares(candidates, { topK: 2 }), [0.625, 0.375, 0, 0]);
  // The token that reaches the limit still counts.
  assertShares(shares(candidates, { topP: 0.75 }), [0.625, 0.375, 0, 0]);
  assertShares(shares(candidates, { minP: 0.2 }), [0.526, 0.316, 0.158, 0]);
  assertShares(shares(candidates, { temperature: 0.5 }), [0.685, 0.247, 0.062, 0.007]);
  assertShares(shares(candidates, { allows: (token) => token !== 0 }), [0, 0.6, 0.3, 0.1]);
});

test('a penalty makes a token less likely on either side of zero', () => {
  const drawing = { penalised: new Set([0, 1]), penalty: 2 };
  const [first = 0, second = 0, third = 0] = [1 / 2, -2, 0].map(Math.exp);
  const sum = first + second + third;
  assertShares(shares(wholeOf([1, -1, 0]), drawing), [first / sum, second / sum, third / sum]);
});

test('where too few candidates may come, more are asked for instead of a wrong draw', () => {
  const few = likeliest([5, 4, 3, 2, 1, 0], 3);
  const draw = (drawing: Partial<Drawing>) => drawFrom(few, { ...nothing, random: () => 0.5, ...drawing });
  assert.equal(draw({ topK: 4 }), 'more');
  assert.equal(draw({ topK: 3, allows: (token) => token !== 1 }), 'more');
  assert.equal(draw({ topK: 1, penalised: new Set([0, 1, 2]), penalty: 10 }), 'more');
  assert.equal(draw({ topK: 2, allows: (token) => token === 2 || token === 1, temperature: 0 }), 1);
});

test('where no token may come, that is said', () => {
  for (const temperature of [0, 1]) {
    const drawing = { ...nothing, temperature, random: () => 0.5 };
    assert.equal(drawFrom(wholeOf([Number.NaN, Number.NaN]), drawing), 'none');
    assert.equal(drawFrom(wholeOf([1, 2]), { ...drawing, allows: () => false }), 'none');
  }
});

test('whatever is asked, the likeliest candidates give the token that the whole vocabulary would give, or none', () => {
  const logit = fc.double({ min: -12, max: 12, noNaN: true });
  const settings = fc.record({
    temperature: fc.constantFrom(0, 0.3, 0.8, 1.5),
    topK: fc.integer({ min: 1, max: 12 }),
    topP: fc.constantFrom(0.5, 0.9, 1),
    minP: fc.constantFrom(0, 0.05, 0.3),
    penalty: fc.constantFrom(1, 1.15, 3),
    random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  });
  const tokens = fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { maxLength: 20 });
  let drawn = 0;
  fc.assert(
    fc.property(
      fc.uniqueArray(logit, { minLength: 30, maxLength: 60 }),
      settings,
      tokens,
      tokens,
      fc.integer({ min: 1, max: 30 }),
      (logits, { random, ...limits }, forbidden, penalised, count) => {
        const drawing: Drawing = {
          ...limits,
          allows: (token) => !forbidden.includes(token),
          penalised: new Set(penalised),
          random: () => random,
        };
        const token = drawFrom(likeliest(logits, count), drawing);
        if (token === 'more') return;
        drawn++;
        assert.equal(token, drawFrom(wholeOf(logits), drawing));
      },
    ),
    { numRuns: 500 },
  );
  assert.ok(drawn > 0, 'nothing was drawn from part of a vocabulary');
});
