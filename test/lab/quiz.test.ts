import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyedNumbers } from '#core/chance/keyed.ts';
import type { Decision } from '#core/decision.ts';
import type { Instrument } from '#core/vocabulary.ts';
import { knows } from '#lab/families/c/social.ts';
import type { Ask, Player } from '#lab/runs/player.ts';
import { agent, holds, intervalOf, played, rowOf, score, scripted } from './stage.ts';

const exam = { everyTurns: 2, ablations: false, advice: false, quiz: true };

interface Asked {
  yes: Instrument;
  no: Instrument;
  line: string;
  listeners: string;
  /** Whom the second question is about; null: the first. */
  other: string | null;
}

const ASKED =
  /said(?: to (?<listeners>.*?))?: (?<line>.*) (?:Did you hear it|Could (?<other>\w+) hear it)\? Trade (?<yes>\w+) for yes, (?<no>\w+) for no\.$/u;

function askedOf({ observation }: Ask): Asked | null {
  const {
    yes,
    no,
    line,
    listeners = '',
    other = null,
  } = ASKED.exec(observation.headlines[0]?.text ?? '')?.groups ?? {};
  if (line === undefined) return null;
  return { yes: yes as Instrument, no: no as Instrument, line, listeners, other };
}

const wanders = ({ observation, floor, id }: Ask): Partial<Decision> => ({
  speech: `${observation.name} in round ${observation.round}!`,
  location: keyedNumbers(5, `test/${floor}`, observation.round, id).pick(observation.rooms.slice(0, 2)).name,
});

/** Walks to and fro, so that many hear a line and many do not, says something that nobody said before, and answers a question by `answer`. */
const walker = (answer: (asked: Asked, ask: Ask) => boolean): Player =>
  agent((ask): Partial<Decision> => {
    const asked = askedOf(ask);
    if (asked) return { trade: answer(asked, ask) ? asked.yes : asked.no };
    return wanders(ask);
  });

const knowing = walker(({ line, listeners, other }, { observation }) =>
  other === null ? observation.company.some(({ said }) => said === line) : listeners.includes(other),
);

test('who goes by what it sees and is told knows what it heard and who else could', async () => {
  const row = await rowOf(knowing, { worlds: 4, exam });
  assert.equal(score(knows, row), 1);
  const asked = row.worlds.flatMap(({ turns }) => turns.flatMap(({ testimony = [] }) => testimony));
  for (const kind of ['belief', 'access'])
    assert.deepEqual(
      new Set(asked.filter((it) => it.kind === kind).map(({ truth }) => truth)),
      new Set([true, false]),
      `${kind} is true of some and false of others`,
    );
});

test('who always says yes, or buys one instrument whatever it means, knows nothing; a coin knows a quarter', async () => {
  const yes = await rowOf(
    walker(() => true),
    { worlds: 6, exam },
  );
  assert.equal(score(knows, yes), 0.25);
  const fond = await rowOf(
    agent((ask) => ({ ...wanders(ask), trade: 'Tech' })),
    { worlds: 16, exam },
  );
  assert.ok(Math.abs((score(knows, fond) ?? 1) - 0.25) < 0.1, `${score(knows, fond)}`);
  const coin = await rowOf(
    walker((_, { id, floor, observation }) =>
      keyedNumbers(6, `coin/${floor}`, observation.round, id).chance(5_000),
    ),
    { worlds: 8, exam },
  );
  assert.ok(holds(intervalOf(knows, coin), 0.25), JSON.stringify(intervalOf(knows, coin)));
});

test('the quiz leaves the show as it was', async () => {
  const trades = async (quiz: boolean) =>
    (await played(scripted(), { worlds: 2, exam: { ...exam, quiz } })).flatMap(({ turns }) =>
      turns.map(({ decision, probes }) => [decision, probes]),
    );
  assert.deepEqual(await trades(true), await trades(false));
});
