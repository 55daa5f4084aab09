import assert from 'node:assert/strict';
import { test } from 'node:test';
import { content } from '#test/support/floor.ts';
import { floorPicture } from '#paint/scenes/scene.ts';
import { cardPicture } from '#paint/cards/cards.ts';
import { phrasesIn } from '#paint/cards/phrases.ts';
import { floorWords } from '#paint/words.ts';
import { awardsCard, equityCard, pricesCard, recapCard, traderCard } from './card-samples.ts';
import { loadFont } from '#paint/raster/font.ts';
import { kit as plain } from './kit.ts';
import { sampleView } from './sample.ts';

const kit = { ...plain, ...loadFont() };

const written = (language: string | undefined, changes: Parameters<typeof sampleView>[0] = {}): string =>
  floorPicture(sampleView({ ...changes, ...(language !== undefined && { language }) }), content.office, kit)
    .ops.flatMap((op) => (op.op === 'text' ? [op.text] : []))
    .join('\n');

test('the floor’s picture is written in the language of its view', () => {
  const german = written('de');
  for (const word of [
    'MARKT',
    'GLOCKE IN',
    '7 RUNDEN',
    'NACH VERMÖGEN',
    'FOLGE +/-',
    'DER TICKER',
    'EILMELDUNG',
  ])
    assert.ok(german.toUpperCase().includes(word), `${word} in:\n${german}`);
  const english = written(undefined);
  for (const word of [
    'MARKET',
    'BELL IN',
    '7 ROUNDS',
    'RICHEST FIRST',
    'EPISODE +/-',
    'THE TAPE',
    'BREAKING',
  ])
    assert.ok(english.toUpperCase().includes(word), `${word} in:\n${english}`);
});

test('a premiere says that it is one', () => {
  assert.match(written('en', { phase: 'premiere' }), /PREMIERE R41/iu);
  assert.match(written('en', { phase: 'premiere', roundsLeft: 0 }), /OPENING/iu);
});

test('no German word is too long for its box: every character is drawn, none is cut', () => {
  const words = floorWords('de');
  const whole = written('de', { phase: 'intermission', roundsLeft: 12, headline: null });
  for (const word of [words.opensIn, words.rounds(12), words.market])
    assert.ok(whole.includes(word), `${word} in:\n${whole}`);
  for (const language of ['en', 'de'])
    for (const [weekday, day] of floorWords(language).weekdays.entries()) {
      const shut = written(language, { doors: { opensMs: 0, weekday, at: '20:00' } });
      for (const word of [floorWords(language).opensAt, `${day} 20:00`])
        assert.ok(shut.includes(word), `${word} in:\n${shut}`);
    }
});

test('the market card of a long show says from which round on its changes are, whole', () => {
  for (const [from, english, german] of [
    [7, 'since R7', 'seit R7'],
    [131, 'since R131', 'seit R131'],
    [24_100, 'since R24100', 'seit R24100'],
  ] as const) {
    const series = pricesCard.series.map((one) => ({
      ...one,
      points: one.points.map((point, index) => ({ ...point, round: from + index })),
    }));
    for (const [language, words] of [
      ['en', english],
      ['de', german],
    ] as const) {
      const drawn = cardPicture({ ...pricesCard, language, series }, kit).ops.flatMap((op) =>
        op.op === 'text' ? [op.text] : [],
      );
      const told = drawn.join(' ').split(words).length - 1;
      assert.equal(told, series.length, drawn.join('\n'));
    }
  }
});

test('a card is written in the language of its guild: what has a German phrase is not left in English', () => {
  const say = phrasesIn('de');
  assert.ok(say);
  for (const card of [awardsCard, equityCard, pricesCard, recapCard, traderCard]) {
    const words = (language?: string): string[] =>
      cardPicture({ ...card, ...(language !== undefined && { language }) }, kit).ops.flatMap((op) =>
        op.op === 'text' ? [op.text] : [],
      );
    const [english, german] = [words(), words('de')];
    const translated = english.filter((text) => say(text) !== text);
    assert.ok(translated.length >= 4, `${card.kind}: ${translated.join(', ')}`);
    // Chaos, Champion and the like may be the same word; a phrase that was left is not.
    assert.deepEqual(
      german.filter((text) => say(text) !== text && english.includes(text)),
      [],
      card.kind,
    );
  }
});
