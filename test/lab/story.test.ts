import assert from 'node:assert/strict';
import { test } from 'node:test';
import { falseLines, namedEvents } from '#lab/story/events.ts';
import { distinct2, mostOfAnOpener, repeated } from '#lab/story/repetition.ts';
import { storyReport } from '#lab/story/report.ts';
import { wilson } from '#lab/story/share.ts';
import type { PublicEvent, StoryTurn } from '#lab/story/transcript.ts';
import { content } from '#test/support/floor.ts';

const { cast } = content;
const turn = (round: number, trader: string, speech: string, more: Partial<StoryTurn> = {}): StoryTurn => ({
  round,
  trader,
  heardBy: ['alex', 'alice', 'mike', 'sarah'],
  speech,
  trade: 'Hold',
  size: 'Small',
  mayTrade: true,
  dealt: false,
  smallestOrder: null,
  fees: 0,
  episode: 1,
  told: [],
  bonds: [],
  source: null,
  waiting: null,
  ...more,
});
const event = (kind: PublicEvent['kind'], round: number, about: string | null, by: string | null = null) => ({
  kind,
  round,
  about,
  by,
});
const show = (turns: StoryTurn[], events: PublicEvent[]) => ({ turns, events, episodes: 1 });
const named = (turns: StoryTurn[], events: PublicEvent[]) =>
  namedEvents(show(turns, events), cast).map((each) => each.named);

test('an event is named when another trader speaks of it within two rounds: not by its own trader, not later, not in passing', () => {
  const call = event('marginCall', 10, 'alex');
  assert.deepEqual(named([turn(12, 'mike', 'Alex was margin-called!')], [call]), [true]);
  assert.deepEqual(named([turn(13, 'mike', 'Alex was margin-called!')], [call]), [false]);
  assert.deepEqual(named([turn(10, 'alex', 'I was margin-called!')], [call]), [false]);
  assert.deepEqual(named([turn(10, 'mike', 'Alex, nice hat!')], [call]), [false]);
  assert.deepEqual(named([turn(5, 'sarah', 'That chaos, dears.')], [event('chaos', 4, null)]), [true]);
});

test('a line about what never was is false, and so is one that was made from a fact with another date', () => {
  const events = [event('bankruptcy', 10, 'alex')];
  const found = (each: StoryTurn) => falseLines(show([each], events), cast).length;
  assert.equal(found(turn(11, 'mike', 'Alex went bankrupt!')), 0);
  assert.equal(found(turn(9, 'mike', 'Alex went bankrupt!')), 1, 'it had not happened yet');
  assert.equal(found(turn(11, 'mike', 'Sarah went bankrupt!')), 1);
  assert.equal(found(turn(11, 'mike', 'Will Sarah go bankrupt?')), 0);
  const source = { kind: 'bankruptcy', about: 'alex', by: null } as const;
  assert.equal(found(turn(11, 'mike', 'Alex went bankrupt!', { source: { ...source, round: 10 } })), 0);
  assert.equal(found(turn(11, 'mike', 'Alex went bankrupt!', { source: { ...source, round: 11 } })), 1);
});

test('what is said again is found behind other names and figures, and openers are counted in a hundred lines', () => {
  const masked = new Set(['alex', 'mike', 'tech', 'crypto']);
  const lines = [
    { round: 1, speech: 'Alex, Tech is up 3%!' },
    { round: 25, speech: 'Mike, Crypto is up 12%!' },
    { round: 60, speech: 'Mike, Crypto is up 12%!' },
  ];
  assert.equal(repeated(lines, masked), 1);
  assert.equal(mostOfAnOpener(lines, masked), 3);
  const far = Array.from({ length: 301 }, (_, round) => ({
    round,
    speech: round % 100 === 0 ? 'So we meet again.' : `${'w'.repeat(round + 1)} one two`,
  }));
  assert.equal(mostOfAnOpener(far, masked), 1, 'a hundred lines apart');
  assert.equal(distinct2([{ round: 1, speech: 'the end the end' }]), 2 / 3);
});

test('a report counts deals among the rounds in which a trader may deal, fees by episode, and silence', () => {
  const dealt = { dealt: true, smallestOrder: 0.001, fees: 0.01, trade: 'Tech', size: 'Half' } as const;
  const turns = [
    turn(1, 'alex', 'So it begins.', dealt),
    turn(2, 'alex', '', dealt),
    turn(3, 'alex', '', { mayTrade: false }),
    turn(4, 'alex', '', { episode: 2, told: [{ kind: 'chaos', roundsAgo: 4 }] }),
    turn(5, 'alex', 'That was chaos, old and dear.', { told: [{ kind: 'chaos', roundsAgo: 4 }] }),
  ];
  const report = storyReport([show(turns, [event('bankruptcy', 1, 'alex')])], cast, []);
  assert.deepEqual(report.traders['alex']?.dealt, { hits: 2, of: 4 });
  assert.deepEqual(report.traders['alex']?.sizes, { Small: 0, Half: 2, AllIn: 0 });
  assert.equal(report.traders['alex']?.fees.most, 0.02);
  assert.deepEqual(report.silent, { hits: 3, of: 5 });
  assert.deepEqual(report.roundsWithoutLine, { hits: 3, of: 5 });
  assert.deepEqual(report.withMemory, { hits: 1, of: 2 });
  assert.deepEqual(report.dust, { hits: 2, of: 2 });
  assert.equal(report.bankruptcies, 12);
});

test('a report tells how often two are in one room: by a feud of either way, an alliance, and nothing between them', () => {
  const bond = (kind: 'feud' | 'alliance', way: 'seek' | 'shun') => ({ trader: 'mike', kind, way });
  const near = { heardBy: ['alex', 'mike'] };
  const far = { heardBy: ['alex'] };
  const turns = [
    turn(1, 'alex', '', { ...near, bonds: [bond('feud', 'shun')] }),
    turn(2, 'alex', '', { ...far, bonds: [bond('feud', 'shun')] }),
    turn(3, 'alex', '', { ...near, bonds: [bond('feud', 'seek')] }),
    turn(4, 'alex', '', { ...far, bonds: [bond('alliance', 'seek')] }),
  ];
  const { together } = storyReport([show(turns, [])], cast, []);
  assert.deepEqual(together.feudShun, { hits: 1, of: 2 });
  assert.deepEqual(together.feudSeek, { hits: 1, of: 1 });
  assert.deepEqual(together.alliance, { hits: 0, of: 1 });
  assert.deepEqual(together.unbound, { hits: 0, of: 8 }, 'with Alice and Sarah, four times');
});

test("Wilson's interval: 85 of 100 is 77 to 91, and nothing counted says nothing", () => {
  const { from, to } = wilson({ hits: 85, of: 100 });
  assert.deepEqual([Math.round(from * 100), Math.round(to * 100)], [77, 91]);
  assert.deepEqual(wilson({ hits: 0, of: 0 }), { from: 0, to: 1 });
});
