/** A guild that reads German: headlines, stories and pictures in German; what the traders say stays as they said it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CardView } from '#show/ports/card-views.ts';
import { wordingFor } from '#stage/presentation/wording.ts';
import { storyPost } from '#stage/presentation/posts/story.ts';
import { tapePost } from '#stage/presentation/posts/tape.ts';
import { textsFor } from '#stage/texts/index.ts';
import { announcement } from '#stage/presentation/posts/announcement.ts';
import { cardAlt } from '#stage/presentation/posts/card-picture.ts';
import { floorWords } from '#paint/words.ts';
import { content } from '#test/support/floor.ts';

const german = wordingFor(content, textsFor('de'));
const english = wordingFor(content, textsFor('en'));
const { wire, chaos } = content.headlines;

test('every headline that ships has a German text of its own', () => {
  for (const { text, de } of [...wire, ...chaos]) {
    assert.ok(de !== undefined && de !== text, text);
    assert.equal(german.headline(text), de);
    assert.equal(english.headline(text), text);
  }
});

test('the tape breaks a headline in German, and a producer’s own as it was written', () => {
  const [first] = wire;
  assert.ok(first);
  const broke = (text: string) =>
    tapePost(
      {
        kind: 'event',
        event: {
          type: 'headlineBroke',
          headline: { text, source: 'wire', names: null, tone: 'flat', round: 1 },
        },
      },
      german,
    );
  assert.deepEqual(broke(first.text), { as: 'line', text: `📰 **${first.de}**` });
  assert.deepEqual(broke('The boss is late'), { as: 'line', text: '📰 **The boss is late**' });
});

test('an episode’s question is asked in German', () => {
  const shown = storyPost(
    {
      type: 'episodeOpened',
      season: 1,
      episode: 2,
      rounds: 24,
      question: { kind: 'climb', trader: 'alex', cents: 500_000 },
    },
    german,
  );
  assert.ok(shown.as === 'message');
  assert.match(shown.body.embeds?.[0]?.description ?? '', /Klettert Alex wieder über 5\.000\s\$\?/u);
});

test('who cannot see the chart of the market hears of instruments by their German names', () => {
  const points = [
    { round: 1, priceCents: 10_000 },
    { round: 2, priceCents: 11_000 },
  ];
  const series = (['Crypto', 'Bonds'] as const).map((instrument) => ({ instrument, points }));
  const chart: CardView = {
    kind: 'prices',
    season: 1,
    episode: 1,
    series,
    regimes: [],
    chaosRounds: [],
    bellRounds: [],
  };
  assert.match(cardAlt(chart, german), /Krypto bei .* Anleihen bei /u);
});

test('the panel tells in German that the stage was built and taken down', () => {
  const { setup } = textsFor('de').panel.acts;
  assert.deepEqual(['built', 'taken down'].map(setup), ['ließ die Bühne bauen', 'ließ die Bühne abbauen']);
});

test('the event of the next opening is in the channel as it is called in German', () => {
  const opening = {
    startMs: 0,
    settings: { episodesPerOpening: 1 },
    rules: { episodeRounds: 24, intermissionRounds: 4 },
    paceMs: 15_000,
  };
  assert.deepEqual(announcement(opening, null, german).entity_metadata, { location: '#das-parkett' });
  assert.deepEqual(announcement(opening, null, english).entity_metadata, { location: '#the-floor' });
});

test('what is written on the floor’s picture is known in German, and any other language gets English', () => {
  assert.equal(floorWords('de').breaking, 'EILMELDUNG');
  assert.equal(floorWords('fr').breaking, 'BREAKING');
  assert.equal(floorWords(undefined).breaking, 'BREAKING');
});

test('that the traders speak English stands in the German rules', () => {
  assert.match(textsFor('de').rules.lines.join('\n'), /Gesprochen wird Englisch/u);
});
