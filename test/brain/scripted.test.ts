import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { apply } from '#core/apply.ts';
import { foundShow } from '#core/founding.ts';
import { decisionSchema, type Decision } from '#core/decision.ts';
import type { Observation } from '#core/observation.ts';
import type { SeenFact } from '#core/memory/recall.ts';
import { observe } from '#core/observe.ts';
import { nextSpeakers } from '#core/speaking.ts';
import { DEFAULT_RULES, type Headline } from '#core/state.ts';
import { expansions } from '#core/script.ts';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { FumbleError } from '#show/ports/brain.ts';
import { loadContent } from '#app/content.ts';
import { observations } from '#test/support/observations.ts';

const content = loadContent();
const brain = createScriptedBrain({ cast: content.cast, seed: 7 });
const never = new AbortController().signal;
const think = async (observation: Observation): Promise<Decision> =>
  (await brain.think({ id: 'turn', observation }, never)).decision;
const random = { numRuns: 2_000, seed: 20_260_612 };

/** A quiet morning: Alice, Sarah, Alex or Mike with nothing but cash, alone in the room or in the given company. */
function morning(trader: string, changes: Partial<Observation> = {}): Observation {
  const persona = content.cast.find((each) => each.id === trader) ?? assert.fail(trader);
  return {
    trader,
    name: persona.name,
    round: 1,
    phase: 'episode',
    standing: 'trading',
    roundsLeft: 12,
    room: 'vc-office',
    roomName: 'VC Office',
    rooms: content.office.rooms.map(({ id, name }) => ({ id, name })),
    headlines: [],
    prices: (['Tech', 'Crypto', 'Bonds'] as const).map((instrument) => ({
      instrument,
      priceCents: 10_000,
      roundBps: 0,
      episodeBps: 0,
    })),
    equityCents: 1_000_000,
    gainBps: 0,
    episodeGainBps: 0,
    cashCents: 1_000_000,
    positions: [],
    ownTurns: [],
    ownLines: [],
    company: [],
    justLeft: [],
    ...changes,
  };
}

const headline = (names: Headline['names'], tone: Headline['tone']): Headline => ({
  text: 'Something happened somewhere',
  source: 'wire',
  names,
  tone,
  round: 1,
});

/** What a trader does in `rounds` mornings that differ in nothing but the round. */
async function mornings(trader: string, changes: Partial<Observation>, rounds = 200): Promise<Decision[]> {
  const decisions: Decision[] = [];
  for (let round = 1; round <= rounds; round++)
    decisions.push(await think(morning(trader, { ...changes, round })));
  return decisions;
}

const share = (decisions: readonly Decision[], is: (decision: Decision) => boolean) =>
  decisions.filter(is).length / decisions.length;

test('whatever a trader sees, its decision is complete, and the same when it sees the same', async () => {
  const schema = decisionSchema(content.office.rooms.map((room) => room.name));
  await fc.assert(
    fc.asyncProperty(observations(content), async (observation) => {
      const decision = await think(observation);
      assert.deepEqual(schema.parse(decision), decision);
      assert.deepEqual(await think(structuredClone(observation)), decision);
      assert.notEqual(decision.thought, '');
      if (observation.standing === 'intern' || observation.phase === 'intermission')
        assert.equal(decision.trade, 'Hold');
    }),
    random,
  );
});

test('nobody speaks or thinks of a trader who is not there and of whom nothing is remembered, repeats itself, or leaves a slot unfilled', async () => {
  await fc.assert(
    fc.asyncProperty(observations(content), async (observation) => {
      const { speech, thought } = await think(observation);
      const known = new Set([
        observation.name,
        ...observation.company.map((other) => other.name),
        ...observation.justLeft,
        ...(observation.facts ?? []).flatMap(({ about, by }) => [about?.name ?? '', by?.name ?? '']),
      ]);
      for (const { name } of content.cast) {
        if (!known.has(name)) assert.doesNotMatch(`${speech} ${thought}`, new RegExp(`\\b${name}\\b`));
      }
      if (speech !== '') assert.ok(!observation.ownLines.includes(speech), speech);
      assert.doesNotMatch(`${speech} ${thought}`, /[{}]|undefined|NaN/);
    }),
    random,
  );
});

test('the raw answer is the decision as JSON, thought first', async () => {
  const answer = await brain.think({ id: 'turn', observation: morning('alice') }, never);
  assert.deepEqual(JSON.parse(answer.raw), answer.decision);
  assert.match(answer.raw, /^\{"thought":/);
});

test('an aborted turn is a fumble, and so is a turn of a trader outside the cast', async () => {
  const fumble = (code: string) => (error: unknown) => error instanceof FumbleError && error.code === code;
  await assert.rejects(
    brain.think({ id: 'turn', observation: morning('alice') }, AbortSignal.abort()),
    fumble('aborted'),
  );
  await assert.rejects(think({ ...morning('alice'), trader: 'nobody' }), fumble('engine_error'));
});

test('the degen buys Crypto, the bear Bonds, whatever the day', async () => {
  const alex = await mornings('alex', {});
  const sarah = await mornings('sarah', {});
  assert.ok(share(alex, (decision) => decision.trade === 'Crypto') > 0.6);
  assert.equal(
    share(sarah, (decision) => decision.trade === 'Crypto'),
    0,
  );
  assert.ok(share(sarah, (decision) => decision.trade === 'Bonds') > 0.3);
});

test('a crash sends the bear and the hype trader into Bonds, and the degen into Crypto all the same', async () => {
  const crash: Partial<Observation> = {
    headlines: [headline(null, 'down')],
    prices: [
      { instrument: 'Tech', priceCents: 8_900, roundBps: -1_100, episodeBps: -1_100 },
      { instrument: 'Crypto', priceCents: 8_100, roundBps: -1_900, episodeBps: -1_900 },
      { instrument: 'Bonds', priceCents: 10_250, roundBps: 250, episodeBps: 250 },
    ],
  };
  for (const trader of ['sarah', 'mike']) {
    const decisions = await mornings(trader, crash);
    assert.ok(
      share(decisions, (decision) => decision.trade === 'Bonds' && decision.size === 'AllIn') > 0.8,
      trader,
    );
  }
  assert.equal(
    share(await mornings('alex', crash), (decision) => decision.trade === 'Bonds'),
    0,
  );
});

test('the hype trader buys what the headline praises; the quant wants to see it in the prices', async () => {
  for (const names of ['Tech', 'Crypto'] as const) {
    const news = { headlines: [headline(names, 'up')] };
    assert.ok(share(await mornings('mike', news), (decision) => decision.trade === names) > 0.7);
    assert.ok(share(await mornings('alice', news), (decision) => decision.trade === names) < 0.3);
  }
  const rising = morning('alice').prices.map((price) =>
    price.instrument === 'Tech' ? { ...price, roundBps: 250, episodeBps: 400 } : price,
  );
  assert.ok(
    share(await mornings('alice', { prices: rising }), (decision) => decision.trade === 'Tech') > 0.9,
  );
});

test('news draws the hype trader to the News Room', async () => {
  const news = await mornings('mike', { headlines: [headline('Tech', 'up')] });
  const quiet = await mornings('mike', {});
  assert.ok(share(news, (decision) => decision.location === 'News Room') > 0.7);
  assert.ok(share(quiet, (decision) => decision.location === 'News Room') < 0.6);
});

test('a question is answered: what a trader holds, what it thinks, how it is', async () => {
  const asked = (said: string): Partial<Observation> => ({
    company: [{ trader: 'mike', name: 'Mike', said, unanswered: true, justWalkedIn: false }],
    positions: [{ instrument: 'Bonds', side: 'long', valueCents: 900_000, gainBps: 50 }],
  });
  const held = await mornings('sarah', asked('What are you holding, Sarah?'));
  assert.ok(share(held, ({ speech }) => speech.includes('Bonds')) > 0.7);
  const view = await mornings('sarah', asked('Should I buy Crypto?'));
  assert.ok(share(view, ({ speech }) => speech.includes('Crypto')) > 0.7);
  const lunch = await mornings('sarah', { ...asked('Sarah, have you had lunch?'), phase: 'intermission' });
  const bank = content.cast.find(({ id }) => id === 'sarah')?.script?.says['tellLunch'] ?? [];
  const meals = new Set(bank.flatMap(expansions).map((meal) => meal.replaceAll('{name}', 'Mike')));
  assert.ok(share(lunch, ({ speech }) => meals.has(speech)) > 0.7);
});

test('who is asked answers, though there is news to tell; who is not tells it', async () => {
  const facts: SeenFact[] = [
    {
      kind: 'bankruptcy',
      part: 'they',
      about: { trader: 'alex', name: 'Alex' },
      by: null,
      roundsAgo: 0,
      fresh: true,
      toldAgo: null,
      instrument: null,
      amount: null,
      move: null,
      rose: false,
      count: null,
    },
  ];
  const beside = (said: string): Partial<Observation> => ({
    facts,
    company: [
      { trader: 'mike', name: 'Mike', said, unanswered: true, justWalkedIn: false },
      { trader: 'alice', name: 'Alice', said: null, unanswered: false, justWalkedIn: false },
    ],
  });
  const tells = ({ speech }: Decision) => /Alex/.test(speech);
  const asked = await mornings('sarah', beside('Sarah, what do you make of Crypto?'));
  assert.ok(share(asked, tells) < 0.2);
  assert.ok(share(asked, ({ speech }) => speech.includes('Crypto')) > 0.7);
  assert.ok(share(await mornings('sarah', beside('Alice, what do you make of Crypto?')), tells) > 0.6);
});

test('a word to somebody else in the room is left to that one', async () => {
  const told = (name: string): Partial<Observation> => ({
    company: [
      { trader: 'mike', name: 'Mike', said: `${name}, buy Tech!`, unanswered: true, justWalkedIn: false },
      { trader: 'alice', name: 'Alice', said: null, unanswered: false, justWalkedIn: false },
    ],
  });
  const takesUp = ({ speech }: Decision) => speech.includes('Tech');
  assert.ok(share(await mornings('sarah', told('Friends')), takesUp) > 0.6);
  assert.ok(share(await mornings('sarah', told('Alice')), takesUp) < 0.4);
});

test('a trusted voice moves the trade, in both directions', async () => {
  const heard = (said: string): Partial<Observation> => ({
    company: [{ trader: 'alex', name: 'Alex', said, unanswered: true, justWalkedIn: false }],
  });
  const praised = share(
    await mornings('mike', heard('Buy Tech, Mike!')),
    (decision) => decision.trade === 'Tech',
  );
  const damned = share(
    await mornings('mike', heard('Tech is dead, Mike, sell!')),
    (decision) => decision.trade === 'Tech',
  );
  assert.ok(praised > damned + 0.2, `${praised} against ${damned}`);
});

test('at times a trader praises one thing and buys another, and its thought says so', async () => {
  const company = [{ trader: 'alice', name: 'Alice', said: null, unanswered: false, justWalkedIn: false }];
  const decisions = await mornings('mike', { company, headlines: [headline('Crypto', 'up')] }, 600);
  const lies = decisions.filter(
    ({ trade, speech }) =>
      trade === 'Crypto' && /\b(Tech|Bonds)\b/.test(speech) && !speech.includes('Crypto'),
  );
  assert.ok(lies.length > 10);
  assert.ok(lies.filter(({ thought }) => thought.includes('Crypto')).length > lies.length / 2);
});

test('in an hour of the show there is talk in most turns, hardly a line twice, and traders meet and part', async () => {
  let state = foundShow(3, DEFAULT_RULES, content);
  const saidInRound = new Map<string, number>();
  const alone: boolean[] = [];
  let turns = 0;
  let spoken = 0;
  let repeated = 0;
  for (let round = 1; round <= 120; round++) {
    state = apply(state, { type: 'openRound' }, content).state;
    for (let wave = nextSpeakers(state); wave.length > 0; wave = nextSpeakers(state)) {
      for (const trader of wave) {
        const observation = observe(state, trader, content);
        const decision = await think(observation);
        state = apply(state, { type: 'takeTurn', trader, decision, fumble: null }, content).state;
        turns += 1;
        alone.push(observation.company.length === 0);
        if (decision.speech === '') continue;
        spoken += 1;
        if (round - (saidInRound.get(decision.speech) ?? -100) < 24) repeated += 1;
        saidInRound.set(decision.speech, round);
      }
    }
    state = apply(state, { type: 'closeRound' }, content).state;
  }
  assert.ok(spoken / turns > 0.65, `${spoken} lines in ${turns} turns`);
  assert.ok(repeated / spoken < 0.1, `${repeated} of ${spoken} lines repeated within a day`);
  const aloneShare = alone.filter(Boolean).length / alone.length;
  assert.ok(aloneShare > 0.1 && aloneShare < 0.45, `alone in ${aloneShare} of the turns`);
});
