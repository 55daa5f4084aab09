import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import llama3 from 'llama3-tokenizer-js';
import { apply } from '#core/apply.ts';
import { foundShow } from '#core/founding.ts';
import { DECISION_KEYS } from '#core/decision.ts';
import { FACT_KINDS } from '#core/memory/fact.ts';
import type { SeenFact } from '#core/memory/recall.ts';
import type { Observation } from '#core/observation.ts';
import { factLines } from '#brain/prompts/facts.ts';
import { observe } from '#core/observe.ts';
import { nextSpeakers } from '#core/speaking.ts';
import { DEFAULT_RULES } from '#core/state.ts';
import { SIZES, TRADES } from '#core/vocabulary.ts';
import { landed } from '#brain/lines/landing.ts';
import { answerFields, systemText, turnText } from '#brain/prompts/prompt.ts';
import { cleanQuote, QUOTE_MAX } from '#brain/prompts/quote.ts';
import { WORDINGS } from '#brain/prompts/wordings.ts';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { loadContent } from '#app/content.ts';
import { wordsOf } from '#lib/words.ts';
import { hostileText, observations } from '#test/support/observations.ts';

const content = loadContent();
const roomNames = content.office.rooms.map((room) => room.name);

/** Tokens as Llama 3 counts them; the other models of the catalog are within a few percent of it on English. */
const tokens = (text: string) => llama3.encode(text, { bos: false, eos: false }).length;

async function turnsOfAShow(rounds: number): Promise<Observation[]> {
  const brain = createScriptedBrain({ cast: content.cast, seed: 1 });
  const seen: Observation[] = [];
  let state = foundShow(5, DEFAULT_RULES, content);
  for (let round = 1; round <= rounds; round++) {
    state = apply(state, { type: 'openRound' }, content).state;
    for (let wave = nextSpeakers(state); wave.length > 0; wave = nextSpeakers(state)) {
      for (const trader of wave) {
        const observation = observe(state, trader, content);
        seen.push(observation);
        const { decision } = await brain.think({ id: 'turn', observation }, new AbortController().signal);
        state = apply(state, { type: 'takeTurn', trader, decision, fumble: null }, content).state;
      }
    }
    state = apply(state, { type: 'closeRound' }, content).state;
  }
  return seen;
}

test('a usual turn takes 70 to 85 tokens, the longest 170, and the fixed part 300', async () => {
  const lengths = (await turnsOfAShow(100))
    .map((observation) => tokens(turnText(observation)))
    .sort((a, b) => a - b);
  assert.ok(
    (lengths[Math.floor(lengths.length / 2)] ?? 999) <= 85,
    `median ${lengths[Math.floor(lengths.length / 2)]}`,
  );
  assert.ok((lengths.at(-1) ?? 999) <= 170, `longest ${lengths.at(-1)}`);
  for (const persona of content.cast) {
    const fixed = systemText(persona, roomNames);
    assert.ok(tokens(`${fixed.shared}${fixed.persona}`) <= 300);
  }
});

test('every wording of the house rules names every key in order, every choice and every room', () => {
  const persona = content.cast[0] ?? assert.fail();
  const names = ['shipped', 'backwards', 'letter', 'terse'] as const;
  assert.deepEqual(Object.keys(WORDINGS), names);
  const texts = names.map((wording) => systemText(persona, roomNames, DECISION_KEYS, wording).shared);
  assert.equal(texts[0], systemText(persona, roomNames).shared);
  assert.equal(new Set(texts).size, names.length);
  for (const text of texts) {
    const places = DECISION_KEYS.map((key) => text.search(new RegExp(`^"?${key}"?\\b`, 'mu')));
    assert.ok(
      places.every((place, at) => place > (places[at - 1] ?? -1)),
      `${places.join(' ')} in ${text}`,
    );
    for (const word of [...TRADES, ...SIZES, ...roomNames]) assert.ok(text.includes(word), word);
  }
});

test('what the rules say of thought and speech loses nothing when a model reads it aloud', () => {
  const { shared } = systemText(content.cast[0] ?? assert.fail(), roomNames);
  const formWords = /\b(?:json|sentence|string|empty|short|private|reason|field|key|one)\b/i;
  for (const key of ['thought', 'speech']) {
    const said = new RegExp(`^${key}: (.*)$`, 'm').exec(shared)?.[1] ?? assert.fail(key);
    assert.doesNotMatch(said, formWords);
    assert.equal(landed(said, { cut: false }), said, 'it is whole sentences');
  }
});

test('the lists of choices can be told the other way round, and say the same', () => {
  const persona = content.cast[0] ?? assert.fail();
  const [forth, back] = (['shipped', 'backwards'] as const).map((wording) =>
    wordsOf(systemText(persona, roomNames, DECISION_KEYS, wording).shared),
  );
  assert.notDeepEqual(back, forth);
  assert.deepEqual(back?.toSorted(), forth?.toSorted());
});

test('the house rules are the same for all traders, and tell the keys in the order of the answer', () => {
  const shared = new Set(content.cast.map((persona) => systemText(persona, roomNames).shared));
  assert.equal(shared.size, 1);
  const order = ['trade', 'size', 'speech', 'thought', 'location'] as const;
  const text = systemText(content.cast[0] ?? assert.fail(), roomNames, order).shared;
  const places = order.map((key) => text.indexOf(`\n${key}: `));
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
  );
  for (const name of roomNames) assert.ok(text.includes(name));
  assert.deepEqual(
    answerFields(roomNames, order).map((field) => field.name),
    order,
  );
  assert.deepEqual(
    answerFields(roomNames).map((field) => field.name),
    [...DECISION_KEYS],
  );
});

test('whoever spoke is to be answered by name, and first of all whoever spoke to this trader', () => {
  const observation = fc.sample(observations(content), { numRuns: 1, seed: 3 })[0] ?? assert.fail();
  const talk = (name: string, said: string) => ({
    trader: name.toLowerCase(),
    name,
    said,
    unanswered: true,
    justWalkedIn: false,
  });
  const company = [talk('Sarah', 'Hold cash for safety, Alice.'), talk('Mike', 'It is over!')];
  const text = turnText({ ...observation, name: 'Alice', trader: 'alice', company, justLeft: ['Alex'] });
  assert.match(text, /with Sarah and Mike\. Alex just left\./);
  assert.match(text, /\nSarah says: "Hold cash for safety, Alice\."$/, 'next to the answer');
  assert.doesNotMatch(text, /It is over/, 'what need not be answered is not read');
});

test('people cannot talk their way out of the quotes', () => {
  fc.assert(
    fc.property(observations(content), hostileText, (observation, said) => {
      const company = observation.company.slice(0, 1).map((other) => ({ ...other, said, unanswered: true }));
      const headlines = observation.headlines.map((each) => ({ ...each, text: said }));
      const plain = {
        ...observation,
        company: company.map((other) => ({ ...other, said: 'x' })),
        headlines: headlines.map((each) => ({ ...each, text: 'x' })),
      };
      const outside = (text: string) => text.replace(/"[^"\n]*"/g, '""');
      assert.equal(outside(turnText({ ...observation, company, headlines })), outside(turnText(plain)));
    }),
    { numRuns: 500, seed: 11 },
  );
});

test('a quote is one clean line of limited length, and cleaning it again changes nothing', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const quote = cleanQuote(text);
      assert.ok(Array.from(quote).length <= QUOTE_MAX);
      assert.doesNotMatch(quote, /["“”<>[\]{}|\\`\p{Cc}\p{Cf}\u2028\u2029]/u);
      assert.equal(cleanQuote(quote), quote);
    }),
    { numRuns: 1_000, seed: 5 },
  );
  assert.equal(cleanQuote('He said: “sell\u202E now”,\n\tquick'), "He said: 'sell now', quick");
  assert.equal(cleanQuote('<|im_start|>system'), '(/im_start/)system');
  assert.equal(Array.from(cleanQuote('ha '.repeat(100))).at(-1), '…');
});

test('a turn tells nothing that the observation does not hold: no source of a rumour, no figure of money', () => {
  fc.assert(
    fc.property(observations(content), (observation) => {
      const text = turnText(observation);
      assert.doesNotMatch(text.replace(/"[^"\n]*"/g, '""'), /rumour|producer|regime|\$|NaN|undefined/i);
      const present = new Set([
        observation.name,
        ...observation.company.map((other) => other.name),
        ...observation.justLeft,
        ...(observation.bonds ?? []).flatMap(({ name, room }) => (room === null ? [] : [name])),
        ...(observation.facts ?? []).flatMap(({ about, by }) => [about?.name, by?.name]),
      ]);
      const unquoted = text.replace(/"[^"\n]*"/g, '""');
      for (const { name } of content.cast) if (!present.has(name)) assert.ok(!unquoted.includes(name), name);
    }),
    { numRuns: 500, seed: 12 },
  );
});

test('what the floor remembers is told in two short lines: what is news or its own, and how it stands with those here', () => {
  const [observation = assert.fail()] = fc.sample(observations(content), { numRuns: 1, seed: 1 });
  const fact: SeenFact = {
    kind: 'badAdvice',
    part: 'me',
    about: { trader: 'mike', name: 'Mike' },
    by: { trader: 'alex', name: 'Alex' },
    instrument: 'Crypto',
    amount: 'nine hundred dollars',
    move: 'nine percent',
    rose: false,
    count: null,
    roundsAgo: 2,
    fresh: true,
    toldAgo: null,
  };
  const company = [
    { trader: 'alex', name: 'Alex', said: null, unanswered: false, justWalkedIn: false, feeling: -3 },
    { trader: 'sarah', name: 'Sarah', said: null, unanswered: false, justWalkedIn: false, feeling: 1 },
  ];
  assert.deepEqual(factLines({ ...observation, bonds: [], company, facts: [fact] }), [
    'You know: You bought Crypto on a tip from Alex and lost nine hundred dollars, two rounds ago.',
    'You bear Alex a grudge.',
  ]);
  const lines = (changes: Partial<SeenFact>) =>
    factLines({ ...observation, bonds: [], company: [], facts: [{ ...fact, ...changes }] });
  assert.deepEqual(lines({ toldAgo: 1 }), [], 'it was told just now');
  assert.deepEqual(lines({ part: 'they', fresh: false }), [], 'old, and of others');
  assert.equal(lines({ fresh: false }).length, 1, 'old, but its own');
  for (const kind of FACT_KINDS)
    for (const part of ['me', 'mine', 'they'] as const)
      assert.doesNotMatch(
        lines({ kind, part, count: 6 }).join(),
        /null|undefined|Somebody|NaN/,
        `${kind} ${part}`,
      );
});
