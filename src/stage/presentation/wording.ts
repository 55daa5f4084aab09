/** What every presentation needs: the content's names, the texts of one language, and what may be shown of a text. */
import type { Content, Persona, Room } from '#core/content.ts';
import { INSTRUMENTS, type RoomId, type TraderId } from '#core/vocabulary.ts';
import { isBlocked } from './blocklist.ts';
import { plainText, shownText } from './sanitise.ts';
import type { Texts } from '../texts/index.ts';
import { formatFor, type Format } from './format.ts';

export interface Wording {
  content: Content;
  texts: Texts;
  format: Format;
  /** A trader's display name; its id if the trader is no longer in the cast. */
  name(trader: TraderId): string;
  persona(trader: TraderId): Persona | null;
  room(room: RoomId): Room | null;
  roomName(room: RoomId): string;
  /** A headline in this language, if data/ has it so; as it broke otherwise. Not cleaned. */
  headline(text: string): string;
  /** A regime's name or a trader's title in this language, as data/ has it; as it is otherwise. */
  known(text: string): string;
  /** A text that a model or a person wrote, as it may stand in a message. */
  shown(text: string, maxGraphemes: number): string;
  /** The same where Discord renders no markdown: alt texts, footers, choices. */
  plain(text: string, maxGraphemes: number): string;
}

export const LINE_MAX = 280;

export function wordingFor(content: Content, texts: Texts): Wording {
  const personas = new Map(content.cast.map((persona) => [persona.id, persona]));
  const rooms = new Map(content.office.rooms.map((room) => [room.id, room]));
  const headlines = texts.locale === 'de' ? germanHeadlines(content) : new Map<string, string>();
  const names = texts.locale === 'de' ? germanNames(content) : new Map<string, string>();
  const withheld = (text: string): boolean => isBlocked(text);
  return {
    content,
    texts,
    format: formatFor(texts.locale),
    name: (trader) => personas.get(trader)?.name ?? trader,
    persona: (trader) => personas.get(trader) ?? null,
    room: (room) => rooms.get(room) ?? null,
    roomName: (room) => rooms.get(room)?.name ?? room,
    headline: (text) => headlines.get(text) ?? text,
    known: (text) => names.get(text) ?? text,
    shown: (text, max) => (withheld(text) ? shownText(texts.withheld, max) : shownText(text, max)),
    plain: (text, max) => (withheld(text) ? plainText(texts.withheld, max) : plainText(text, max)),
  };
}

/** A stored view may be older than the list of instruments. */
export function instrumentName(instrument: string, texts: Texts): string {
  const known = INSTRUMENTS.find((each) => each === instrument);
  return known ? texts.instruments[known] : instrument;
}

/** A wording whose language may change: each use asks for the present one. */
export function wordingThatFollows(current: () => Wording): Wording {
  return {
    get content() {
      return current().content;
    },
    get texts() {
      return current().texts;
    },
    get format() {
      return current().format;
    },
    name: (trader) => current().name(trader),
    persona: (trader) => current().persona(trader),
    room: (room) => current().room(room),
    roomName: (room) => current().roomName(room),
    headline: (text) => current().headline(text),
    known: (text) => current().known(text),
    shown: (text, max) => current().shown(text, max),
    plain: (text, max) => current().plain(text, max),
  };
}

function germanHeadlines({ headlines: { wire, chaos } }: Content): Map<string, string> {
  return new Map([...wire, ...chaos].flatMap(({ text, de }) => (de === undefined ? [] : [[text, de]])));
}

function germanNames({ market, cast }: Content): Map<string, string> {
  return new Map([
    ...market.regimes.flatMap(({ name, de }): [string, string][] => (de === undefined ? [] : [[name, de]])),
    ...cast.flatMap(({ title, titleDe }): [string, string][] =>
      titleDe === undefined ? [] : [[title, titleDe]],
    ),
  ]);
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** True when nothing of the text would be visible. */
export function isSilent(text: string): boolean {
  return graphemes.segment(plainText(text, LINE_MAX))[Symbol.iterator]().next().done === true;
}
