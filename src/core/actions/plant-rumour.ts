/** A rumour is planted in a room: whoever stands in it takes it for news, and nobody else hears of it. */
import { assertThat } from '../assert.ts';
import { breakFromOutside, isFresh } from '../news.ts';
import type { Headline } from '../state.ts';
import type { Instrument, RoomId } from '../vocabulary.ts';
import type { Draft } from './draft.ts';

export interface PlantRumour {
  type: 'plantRumour';
  room: RoomId;
  /** A producer's own words, cleaned; null for one that the market does not bear out. */
  text: string | null;
  /** What the own words are about and which way they point; ignored for a ready-made rumour. */
  names: Instrument | null;
  tone: Headline['tone'];
}

export interface RumourPlanted {
  type: 'rumourPlanted';
  round: number;
  room: RoomId;
  text: string;
}

export function plantRumour(
  { state, content, chance, tell }: Draft<RumourPlanted>,
  { room, text, names, tone }: PlantRumour,
): void {
  assertThat(
    content.office.rooms.some(({ id }) => id === room),
    `the office has no room ${room}`,
  );
  const said =
    text === null
      ? chance.choose(
          'planted-rumour',
          content.headlines.wire,
          ({ regimes }) => !regimes.includes(state.market.regime),
          (it) => isFresh(state, it.text),
        )
      : { text, names, tone };
  assertThat(said !== undefined, `every headline of data/headlines.json is true in ${state.market.regime}`);
  const headline: Headline = {
    text: said.text,
    names: said.names,
    tone: said.tone,
    source: text === null ? 'rumour' : 'producer',
    round: state.round,
    room,
  };
  breakFromOutside(state, headline);
  tell({ type: 'rumourPlanted', round: state.round, room, text: said.text });
}
