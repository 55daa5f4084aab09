/** What is seen in a room: lines in the traders' own names, walks, blank stares. */
import type { ShowEvent } from '#core/events.ts';
import type { RoomId } from '#core/vocabulary.ts';
import type { Post } from '#show/ports/outbox.ts';
import { bluffButton } from '../hand/bluff.ts';
import { line, NOTHING, type Shown } from './shown.ts';
import { isSilent, LINE_MAX, type Wording } from '../wording.ts';

/** `guess`: members may say whether the trader means its line. */
export function roomPost(room: RoomId, event: ShowEvent, wording: Wording, guess = false): Shown {
  const { texts } = wording;
  const aside = (text: string): Shown => line(`-# ${text}`);
  switch (event.type) {
    case 'spoke':
      if (isSilent(event.text)) return NOTHING;
      return {
        as: 'speech',
        trader: event.trader,
        text: wording.shown(event.text, LINE_MAX),
        ...(guess && { components: [bluffButton(event.trader, event.round, wording)] }),
      };
    case 'walked':
      if (event.from === room)
        return aside(texts.room.leaves(wording.name(event.trader), wording.roomName(event.to)));
      return aside(texts.room.walksIn(wording.name(event.trader), wording.roomName(event.from)));
    case 'turnTaken':
      return event.fumble === null ? NOTHING : aside(texts.room.fumbled(wording.name(event.trader)));
    case 'sceneOpened': {
      const { format } = wording;
      const [winner, loser] = [wording.name(event.winner), wording.name(event.loser)];
      const [won, lost] = [format.gain(event.winnerGainCents), format.gain(event.loserGainCents)];
      return aside(texts.room.scene(winner, won, loser, lost));
    }
    case 'thoughtLeaked':
      return line(texts.room.leaked(wording.name(event.trader), wording.shown(event.text, LINE_MAX)));
    case 'tipHeard':
      return aside(texts.hand.phoneRings(wording.name(event.trader)));
    case 'rumourPlanted':
      return line(texts.panel.rumourHeard(wording.shown(wording.headline(event.text), LINE_MAX)));
    default:
      return NOTHING;
  }
}

/** Who came and who left, as one small line. */
export function movesPost(
  { came, left }: Extract<Post, { kind: 'moves' }>,
  { texts: { room }, ...wording }: Wording,
): Shown {
  const moves = [
    ...came.map(({ trader, from }) =>
      room.came(wording.name(trader), from === null ? null : wording.roomName(from)),
    ),
    ...left.map(({ trader, to }) => room.left(wording.name(trader), wording.roomName(to))),
  ];
  return moves.length === 0 ? NOTHING : line(`-# ${moves.join('; ')}.`);
}
