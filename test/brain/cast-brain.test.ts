/** Who thinks for whom when a cast changes: the model for those it was told of, the script for the others. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forCast, ledBy, onFloor, union } from '#brain/cast-brain.ts';
import type { Persona } from '#core/content.ts';
import { observe } from '#core/observe.ts';
import type { Brain } from '#show/ports/brain.ts';
import { content, Floor } from '#test/support/floor.ts';

const named = (label: string): Brain => ({
  label,
  think: () =>
    Promise.resolve({
      decision: { thought: label, trade: 'Hold', size: 'Small', speech: '', location: 'VC Office' },
      raw: label,
      tokens: null,
      ms: 0,
    }),
  close: () => Promise.resolve(),
});

const never = new AbortController().signal;
const floor = new Floor();
const turnOf = (trader: string) => ({
  id: `1:${trader}`,
  observation: observe(floor.state, trader, content),
});
const thinks = async (brain: Brain, trader: string): Promise<string> =>
  (await brain.think(turnOf(trader), never)).raw;
const without = (id: string): Persona[] => content.cast.filter((one) => one.id !== id);

test('the model plays those it was told of, the script whoever came later, and another one of the same name', async () => {
  const model = named('model');
  const script = named('script');
  assert.equal(ledBy(model, content.cast, content.cast, script), model, 'nobody is a stranger to it');
  const late = ledBy(model, without('mike'), content.cast, script);
  assert.equal(await thinks(late, 'mike'), 'script');
  assert.equal(await thinks(late, 'alice'), 'model');
  const copy = content.cast.map((one) => structuredClone(one));
  assert.equal(ledBy(model, copy, content.cast, script), model, 'the same words are the same persona');
  const twin = content.cast.map((one) => (one.id === 'mike' ? { ...one, title: 'Another' } : one));
  assert.equal(await thinks(ledBy(model, content.cast, twin, script), 'mike'), 'script');
});

test('a show whose cast changes gets another brain, and keeps it until the next change', async () => {
  let cast: readonly Persona[] = content.cast;
  let made = 0;
  const brain = forCast(
    () => cast,
    (now) => {
      made += 1;
      return named(`${now.length} traders`);
    },
  );
  assert.equal(await thinks(brain, 'mike'), '4 traders');
  assert.equal(brain.label, '4 traders');
  assert.equal(made, 1);
  cast = without('mike');
  assert.equal(await thinks(brain, 'alice'), '3 traders');
  assert.equal(made, 2);
});

test('of two personas with one id the first is told', () => {
  const twin = content.cast.map((one) => ({ ...one, title: 'Another' }));
  assert.deepEqual(union([content.cast, twin]), content.cast);
  assert.equal(union([without('mike'), twin]).find(({ id }) => id === 'mike')?.title, 'Another');
  assert.deepEqual(union([content.cast, without('mike')]), content.cast, 'in the order of the first');
});

test('shows that share a brain have a floor each, so that the lines of one are not remembered of the other', async () => {
  const floors: (string | undefined)[] = [];
  const shared: Brain = {
    ...named('model'),
    think: (turn, signal) => {
      floors.push(turn.floor);
      return named('model').think(turn, signal);
    },
  };
  await thinks(onFloor(shared, 'show 1'), 'mike');
  await thinks(onFloor(shared, 'show 2'), 'mike');
  assert.deepEqual(floors, ['show 1', 'show 2']);
});
