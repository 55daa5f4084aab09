/** What the cast and the headlines must fit: the office, the market, each other, and Discord. */
import { isRefusedName } from '#core/casting/read.ts';
import type { HeadlinesContent, MarketContent, Office, Persona } from '#core/content.ts';
import { ContentError } from './content-error.ts';

/** Makes one emoji look like a text or like a picture; to a reaction both are the same. */
const VARIATION_SELECTORS = /[\uFE0E\uFE0F]/g;

/** Throws ContentError. */
export function checkCast(cast: readonly Persona[], office: Office): void {
  for (const { id, name } of cast) {
    if (!isRefusedName(name)) continue;
    throw new ContentError(
      `cast/${id}.json`,
      'name',
      `"${name}" is a name that Discord refuses; allowed is any without "Clyde" and "Discord", but Everyone and Here`,
    );
  }
  checkUnique(cast, 'name', ({ name }) => name);
  checkUnique(cast, 'emoji', ({ emoji }) => emoji.replaceAll(VARIATION_SELECTORS, ''));
  checkUnique(cast, 'color', ({ color }) => color);
  checkRooms(cast, office);
  checkExamples(cast, office);
}

function checkUnique(
  cast: readonly Persona[],
  place: 'name' | 'emoji' | 'color',
  valueOf: (persona: Persona) => string,
): void {
  for (const [index, persona] of cast.entries()) {
    const other = cast.slice(0, index).find((earlier) => valueOf(earlier) === valueOf(persona));
    if (!other) continue;
    throw new ContentError(
      `cast/${persona.id}.json`,
      place,
      `"${persona[place]}" is taken by cast/${other.id}.json; each persona needs its own`,
    );
  }
}

function checkRooms(cast: readonly Persona[], office: Office): void {
  const rooms = office.rooms.map((room) => room.id);
  for (const persona of cast) {
    if (rooms.includes(persona.homeRoom)) continue;
    throw new ContentError(
      `cast/${persona.id}.json`,
      'homeRoom',
      `no room "${persona.homeRoom}"; allowed: ${rooms.join(', ')}`,
    );
  }
}

/** A seat at home for everybody who plays. Throws ContentError. */
export function checkHomes(cast: readonly Persona[], office: Office): void {
  for (const room of office.rooms) {
    const at = cast.filter((persona) => persona.homeRoom === room.id);
    const last = at.at(-1);
    if (!last || at.length <= room.seats) continue;
    throw new ContentError(
      `cast/${last.id}.json`,
      'homeRoom',
      `"${room.id}" has ${room.seats} seats and ${at.length} personas at home; name another room, or give it seats in office.json`,
    );
  }
}

function checkExamples(cast: readonly Persona[], office: Office): void {
  const rooms = office.rooms.map((room) => room.id);
  for (const { id, examples = [] } of cast) {
    for (const [index, { sees, does }] of examples.entries()) {
      for (const [place, room] of [
        ['sees.room', sees.room],
        ['does.goesTo', does.goesTo],
      ] as const) {
        if (rooms.includes(room)) continue;
        throw new ContentError(
          `cast/${id}.json`,
          `examples[${index}].${place}`,
          `no room "${room}"; allowed: ${rooms.join(', ')}`,
        );
      }
    }
  }
}

/** Throws ContentError. */
export function checkHeadlines(headlines: HeadlinesContent, market: MarketContent): void {
  const regimes = market.regimes.map((regime) => regime.id);
  headlines.wire.forEach((headline, index) => {
    const unknown = headline.regimes.find((id) => !regimes.includes(id));
    if (unknown === undefined) return;
    throw new ContentError(
      'headlines.json',
      `wire[${index}].regimes`,
      `no regime "${unknown}"; allowed: ${regimes.join(', ')}`,
    );
  });
  const silent = regimes.find((id) => !headlines.wire.some((headline) => headline.regimes.includes(id)));
  if (silent === undefined) return;
  throw new ContentError(
    'headlines.json',
    'wire',
    `no headline for the regime "${silent}"; at least one is needed`,
  );
}
