import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyedNumbers } from '#core/chance/keyed.ts';
import type { Observation } from '#core/observation.ts';
import { INSTRUMENTS, type Instrument } from '#core/vocabulary.ts';
import {
  OBSERVATION_ARMS,
  type ObservationArm,
  type ObservationArmName,
} from '#lab/arms/observation-arms.ts';
import { twinPlayer } from '#lab/runs/brain-player.ts';
import type { Ask } from '#lab/runs/player.ts';
import type { PlayedTurn } from '#lab/runs/records.ts';
import { content } from '#test/support/floor.ts';
import { played } from './stage.ts';

/** What rose most of what it is shown. */
const risen = ({ prices }: Pick<Observation, 'prices'>): Instrument =>
  prices.toSorted((a, b) => b.roundBps - a.roundBps)[0]?.instrument ?? 'Tech';

/**
 * Two worlds behind an arm, of traders who walk about, buy what rose most of what they see, and say so in words that nobody says again.
 * `looks` is shown each turn while it goes on: what there is, and what the trader sees of it.
 */
async function behind(
  name: ObservationArmName,
  looks: (seen: Observation, ask: Ask) => void,
): Promise<PlayedTurn[]> {
  const arm = OBSERVATION_ARMS[name];
  const watched: ObservationArm = {
    ...arm,
    sees(ask) {
      const seen = arm.sees(ask);
      looks(seen, ask);
      return seen;
    },
  };
  const agent = {
    decide(seen: Observation, luck: number) {
      const best = risen(seen);
      const { trader, round, rooms } = seen;
      return {
        thought: `${best} rose.`,
        trade: best,
        size: 'Half' as const,
        speech: `Buy ${best} now! I, ${trader}, say so in round ${round}.`,
        location: keyedNumbers(luck, 'test-walk', round, trader).pick(rooms.slice(0, 2)).name,
      };
    },
  };
  const worlds = await played(twinPlayer(agent, watched, 1), { worlds: 2 });
  return worlds.flatMap(({ turns }) => turns);
}

test('the blind are shown no news, and all else as it is', async () => {
  let printed = 0;
  await behind('blind', (seen, { observation }) => {
    printed += observation.headlines.length;
    assert.deepEqual(seen, { ...observation, headlines: [] });
  });
  assert.ok(printed > 0);
});

test('with prices only there is nobody, no news and nothing remembered; prices and the own book are there', async () => {
  const there = { company: 0, news: 0, facts: 0, positions: 0 };
  await behind('prices-only', (seen, { observation }) => {
    there.company += observation.company.length;
    there.news += observation.headlines.length;
    there.facts += observation.facts?.length ?? 0;
    there.positions += seen.positions.length;
    assert.deepEqual([seen.company, seen.headlines, seen.justLeft], [[], [], []]);
    assert.deepEqual([seen.facts, seen.bonds], [undefined, undefined]);
    const own = ({ prices, positions, cashCents, equityCents, ownTurns, rooms }: Observation) =>
      ({ prices, positions, cashCents, equityCents, ownTurns, rooms }) as const;
    assert.deepEqual(own(seen), own(observation));
  });
  assert.ok(
    Object.values(there).every((times) => times > 0),
    JSON.stringify(there),
  );
});

test('in a global chat everybody is company, with the last line of each, wherever it was said', async () => {
  let fromElsewhere = 0;
  await behind('global-chat', (seen, { observation, state }) => {
    const others = content.cast.filter(({ id }) => id !== observation.trader);
    assert.deepEqual(
      seen.company.map(({ name }) => name),
      others.map(({ name }) => name),
    );
    for (const other of seen.company) {
      const here = observation.company.find(({ trader }) => trader === other.trader);
      if (here) {
        assert.equal(other, here);
        continue;
      }
      const last = state.lines.findLast(({ speaker }) => speaker === other.trader);
      assert.equal(other.said, last?.text ?? null);
      const isUnheard = last !== undefined && !last.heardBy.includes(observation.trader);
      fromElsewhere += Number(isUnheard);
    }
  });
  assert.ok(fromElsewhere > 0, 'lines of other rooms are among them');
});

test('behind wrong signatures the lines are the same, and none stands beside whoever said it', async () => {
  let lines = 0;
  const words = ({ company }: Observation) => company.map(({ said }) => said ?? '').toSorted();
  await behind('wrong-speaker', (seen, { observation }) => {
    assert.deepEqual(words(seen), words(observation));
    for (const { said, trader } of seen.company) {
      if (said === null) continue;
      lines += 1;
      assert.ok(!said.includes(`I, ${trader},`), `${trader}: ${said}`);
      assert.notEqual(trader, observation.trader);
    }
  });
  assert.ok(lines > 0);
});

test('permuted options are the same ones, in other orders from turn to turn', async () => {
  const orders = { prices: new Set<string>(), rooms: new Set<string>() };
  const turns = await behind('permuted-options', (seen, { observation }) => {
    orders.prices.add(seen.prices.map(({ instrument }) => instrument).join());
    orders.rooms.add(seen.rooms.map(({ id }) => id).join());
    for (const part of ['prices', 'rooms', 'company'] as const)
      assert.deepEqual(new Set<unknown>(seen[part]), new Set<unknown>(observation[part]));
    assert.deepEqual(
      { ...seen, prices: [], rooms: [], company: [] },
      { ...observation, prices: [], rooms: [], company: [] },
    );
  });
  assert.equal(orders.prices.size, 6, 'all orders of three');
  assert.ok(orders.rooms.size > 6);
  assert.ok(turns.every(({ fumble, refusals }) => fumble === null && !refusals.includes('no_such_room')));
});

const OTHER_NAME = { Tech: 'Crypto', tech: 'crypto', Crypto: 'Bonds', crypto: 'bonds' } as const;
/** All of it, whatever holds it, in the other names. */
function inOtherNames(seen: Observation): Observation {
  const text = JSON.stringify(seen).replace(
    /\b(?:Tech|tech|Crypto|crypto|Bonds?|bonds?)\b(?!":)/g,
    (word) => {
      const other: Readonly<Record<string, string>> = OTHER_NAME;
      return other[word] ?? (word.startsWith('B') ? 'Tech' : 'tech');
    },
  );
  return ordered(JSON.parse(text) as Observation);
}

function ordered(seen: Observation): Observation {
  const byName = INSTRUMENTS.flatMap((name) => seen.prices.filter(({ instrument }) => instrument === name));
  return JSON.parse(JSON.stringify({ ...seen, prices: byName })) as Observation;
}

test('with swapped names everything in sight goes by another name, what is remembered too, and what is decided is called back', async () => {
  const named = { facts: 0, headlines: 0, said: 0, ownLines: 0, saidLately: 0 };
  let some: Ask | undefined;
  const turns = await behind('swapped-names', (seen, ask) => {
    const { facts = [], headlines, company, ownLines, saidLately = [] } = ask.observation;
    some = ask;
    named.facts += facts.filter(({ instrument }) => instrument !== null).length;
    named.headlines += headlines.filter(({ names }) => names !== null).length;
    named.said += company.filter(({ said }) => said !== null).length;
    named.ownLines += ownLines.length;
    named.saidLately += saidLately.length;
    assert.deepEqual(ordered(seen), inOtherNames(ask.observation));
  });
  assert.ok(
    Object.values(named).every((times) => times > 0),
    JSON.stringify(named),
  );
  for (const { roundBps, decision } of turns) {
    if (decision.trade === 'Hold') continue;
    assert.equal(roundBps[decision.trade], Math.max(...Object.values(roundBps)), 'it saw the very moves');
    assert.match(decision.speech, new RegExp(`Buy ${decision.trade} `, 'u'));
    assert.equal(decision.thought, `${decision.trade} rose.`);
  }
  assert.ok(some);
  // In the lab nobody calls, and nobody has fallen yet.
  const observation: Observation = {
    ...some.observation,
    phone: { text: 'Sell the Bonds, buy Crypto.', names: 'Crypto', tone: 'up' },
    bend: { kind: 'fall', told: 'You lost it all on TECH, in a bond.' },
  };
  const { phone, bend } = OBSERVATION_ARMS['swapped-names'].sees({ ...some, observation });
  assert.deepEqual(phone, { text: 'Sell the Tech, buy Bonds.', names: 'Bonds', tone: 'up' });
  assert.equal(bend?.told, 'You lost it all on CRYPTO, in a tech.');
});
