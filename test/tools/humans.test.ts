import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { suite, test } from 'node:test';
import { observe } from '#core/observe.ts';
import type { HumanTurn } from '#show/ports/hand.ts';
import { content } from '#test/support/floor.ts';
import { theatre } from '#test/support/theatre.ts';
import { humansRow } from '#tools/lab/humans.ts';

type Choice = HumanTurn['decision'];

/** The file of a show in whose chairs members sat every turn of ten rounds, choosing so. */
async function showWithMembers(t: TestContext, choose: (own: Choice) => Choice): Promise<string> {
  const { show, store, play } = theatre(t, { onDisk: true, seed: 5 });
  await play(11);
  for (const { id } of content.cast)
    for (let round = 2; round <= 11; round++) {
      const turn = store.show.turn(id, round);
      assert.ok(turn);
      store.hand.keepHumanTurn({
        season: 1,
        round,
        trader: id,
        observation: observe(show.state, id, content),
        decision: choose(turn.decision),
        atMs: 0,
      });
    }
  store.close();
  return store.file;
}

/** Of a measure: what members scored, those on stage, and the difference. */
function figuresOf(text: string, title: string): [number, number, number] {
  const row = text.split('\n').find((line) => line.startsWith(title)) ?? assert.fail(`${title}: ${text}`);
  const [members, stage, difference] = [...row.matchAll(/(-?\d[\d.]*) \[/gu)].map(([, figure]) =>
    Number(figure),
  );
  return [members ?? Number.NaN, stage ?? Number.NaN, difference ?? Number.NaN];
}

suite('members in the chairs, as a row of the lab', { concurrency: true }, () => {
  test('who decides as the traders did scores as the traders did', async (t) => {
    const file = await showWithMembers(t, ({ trade, size, location }) => ({ trade, size, location }));
    const text = humansRow(file, undefined);
    assert.match(text, /^40 decisions of members in the chairs of \S+, from 3 regimes/u);
    for (const title of ['expected gain given away', 'buys of what the persona', 'buys with everything']) {
      const [members, stage, difference] = figuresOf(text, title);
      assert.equal(members, stage, title);
      assert.equal(difference, 0, title);
    }
  });

  test('who goes all into one thing is told from those who did not', async (t) => {
    const file = await showWithMembers(t, ({ location }) => ({ trade: 'Bonds', size: 'AllIn', location }));
    const text = humansRow(file, undefined);
    const [members, stage, difference] = figuresOf(text, 'buys with everything');
    assert.equal(members, 1);
    const row = text.split('\n').find((line) => line.startsWith('expected gain given away')) ?? '';
    const shares = [...row.matchAll(/(-?\d[\d.]*) \[/gu)].map(([, figure]) => Number(figure));
    assert.equal(shares.length, 6, 'members, stage, their difference, and three policies');
    assert.equal(
      Math.min(...shares.toSpliced(2, 1)),
      shares[5],
      `the policy oracle gives away least: ${row}`,
    );
    assert.ok(stage < 1 && Math.abs(difference - (1 - stage)) < 0.01, text);
    assert.equal(
      figuresOf(text, 'buys of what the persona')[0],
      0.333,
      'of three whose text names something, it is Bonds of one',
    );
  });

  test('with fewer than thirty there is no row, and the line says how many there are', (t) => {
    const { store } = theatre(t, { onDisk: true });
    assert.throws(() => humansRow(store.file, undefined), /0 decisions of members .* a row takes 30$/u);
  });
});
