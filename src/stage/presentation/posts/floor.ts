/** The floor in words: the picture's caption and alt text, and the text that stands in when it cannot be drawn. */
import type { FloorView } from '#show/ports/painter.ts';
import { buttonRows, emojiButton } from '../buttons.ts';
import type { MessageBody } from '../message.ts';
import { colorNumber, relativeTime } from '../format.ts';
import { instrumentName, type Wording } from '../wording.ts';

const ALT_MAX = 1_024;

/** The only difference between the two: animated or not. */
export type FloorFormat = 'gif' | 'png';

export function floorPicture(
  view: FloorView,
  bytes: Uint8Array,
  wording: Wording,
  format: FloorFormat = 'png',
): MessageBody {
  const { texts } = wording;
  const { season, episode, round, phase, doors } = view;
  const caption =
    phase === 'premiere' ? texts.floor.premiere(season, round) : texts.floor.caption(season, episode, round);
  return {
    content: [caption, ...doorLines(doors, wording)].join('\n'),
    picture: { name: floorFileName(view, format), bytes, alt: floorAlt(view, wording) },
    components: mindButtons(view, wording),
  };
}

/** The picture has the time of the show's own clock, the reader's clock stands beside it. */
function doorLines(doors: FloorView['doors'], { texts }: Pick<Wording, 'texts'>): string[] {
  return doors ? [texts.schedule.next(relativeTime(doors.opensMs))] : [];
}

/** A button for each trader: whoever presses it reads what that trader thought last, and nobody else does. */
function mindButtons(view: FloorView, wording: Wording): NonNullable<MessageBody['components']> {
  return buttonRows(
    view.traders.map(({ id, name }) =>
      emojiButton('confess', id, { emoji: wording.persona(id)?.emoji ?? '', label: `${name} 💭` }),
    ),
  );
}

function floorFileName(view: FloorView, format: FloorFormat): string {
  return `floor-r${String(view.round).padStart(3, '0')}.${format}`;
}

/** Who is where and who leads, in plain sentences. */
export function floorAlt(view: FloorView, { texts, format, ...wording }: Wording): string {
  const rooms = byRoom(view, wording.content.office.rooms).map(({ name, traders }) =>
    texts.floor.roomAlt(name, traders.length === 0 ? texts.floor.nobody : traders.join(', ')),
  );
  const board = view.traders
    .toSorted((a, b) => b.equityCents - a.equityCents)
    .map((trader) => `${trader.name} ${format.money(trader.equityCents)}`);
  return wording.plain(texts.floor.alt(view.round, rooms.join(' '), `${board.join(', ')}.`), ALT_MAX);
}

/** The text that replaces a picture that cannot be drawn. */
export function floorText(view: FloorView, { texts, format, ...wording }: Wording): MessageBody {
  const rooms = byRoom(view, wording.content.office.rooms).map(
    ({ name, emoji, traders }) =>
      `${emoji} **${name}**: ${traders.length === 0 ? texts.floor.nobody : traders.join(', ')}`,
  );
  const prices = view.prices.map(({ instrument, priceCents, roundBps }) => {
    return texts.floor.price(
      instrumentName(instrument, texts),
      format.money(priceCents),
      format.change(roundBps),
    );
  });
  return {
    embeds: [
      {
        title: texts.floor.textTitle(view.round),
        description: [...rooms, ...doorLines(view.doors, { texts }), `-# ${prices.join(' · ')}`].join('\n'),
        footer: { text: texts.floor.textFooter },
        color: colorNumber(view.regime.color),
      },
    ],
  };
}

/** Where everybody is when this is read: the round is over, and all who wanted to walk have walked. */
function byRoom(view: FloorView, rooms: readonly { id: string; name: string; emoji: string }[]) {
  return rooms.map(({ id, name, emoji }) => ({
    name,
    emoji,
    traders: view.traders.filter((trader) => trader.heading === id).map((trader) => trader.name),
  }));
}
