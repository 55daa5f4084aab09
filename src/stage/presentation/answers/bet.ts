/** A stake by the command, the menu or a button: private answers. */
import type { TraderId } from '#core/vocabulary.ts';
import type { Audience } from '#show/audience/audience.ts';
import type { Placed } from '#show/audience/stakes.ts';
import type { NextPool } from '#show/schedule/next-pool.ts';
import type { Result, StakeRefusal } from '#show/results.ts';
import { button, row } from '../buttons.ts';
import { relativeTime } from '../format.ts';
import type { MessageBody } from '../message.ts';
import { outcomeNamed } from '../outcome.ts';
import type { Wording } from '../wording.ts';
import { bailoutRefusal, withBailout } from './bailout.ts';

type Bailout = ReturnType<Audience['mayBailOut']>;

/** Round sums, of which the member is offered those that are allowed. */
const SUMS = [10, 25, 50, 100];

/** Which sums a member may stake on the trader, a button each. */
export function howMany(
  poolId: string,
  outcome: TraderId,
  { own, most }: { own: number; most: number },
  bailout: Bailout,
  wording: Wording,
): MessageBody {
  const { texts, format } = wording;
  if (most === 0) return withoutChips(bailout, wording);
  const emoji = wording.persona(outcome)?.emoji ?? '';
  const sums = SUMS.filter((chips) => chips < most);
  const buttons = [...sums, most].map((chips) => {
    const said = chips === most ? texts.bet.most(format.count(chips)) : texts.bet.chips(format.count(chips));
    return button('bet', `${poolId}/${outcome}/${chips}`, said);
  });
  return {
    content: texts.bet.howMany(emoji, wording.name(outcome), format.count(own), format.count(most)),
    components: [row(...buttons)],
  };
}

/** `returns`: chips that the stake would bring back as things stand. `next`: when a pool opens, where none is open. */
export function betAnswer(
  placed: Result<Placed, StakeRefusal>,
  returns: number,
  { bailout, next }: { bailout: Bailout; next: NextPool },
  wording: Wording,
): MessageBody {
  const { texts, format } = wording;
  if (!placed.ok) {
    if (placed.code === 'no_open_pool')
      return { content: `${texts.refusals.stake.no_open_pool()} ${nextPoolText(next, wording)}` };
    if (placed.code === 'no_chips_left') return withoutChips(bailout, wording);
    return { content: texts.refusals.stake[placed.code](placed.facts) };
  }
  const { stake, returned, balance } = placed.value;
  const { emoji, name } = outcomeNamed(stake.outcome, wording);
  const lines = [
    texts.stake.yours(format.count(stake.chips), emoji, name, format.count(returns)),
    ...(returned && returned.outcome !== stake.outcome
      ? [texts.bet.returned(format.count(returned.chips), outcomeNamed(returned.outcome, wording).name)]
      : []),
    texts.stake.balance(format.count(balance)),
  ];
  return { content: lines.join('\n') };
}

function nextPoolText(next: NextPool, { texts: { nextPool } }: Wording): string {
  switch (next.with) {
    case 'doors':
      return nextPool.withDoors(relativeTime(next.atMs));
    case 'closingBell': {
      if (next.rounds === 0) return nextPool.afterThisRound;
      return nextPool.afterBell(next.rounds, next.aboutMs === null ? null : relativeTime(next.aboutMs));
    }
    case 'start':
      return nextPool.onStart;
    default:
      return next satisfies never;
  }
}

function withoutChips(bailout: Bailout, wording: Wording): MessageBody {
  if (!bailout.ok) return { content: bailoutRefusal(bailout, wording) };
  return withBailout({ content: wording.texts.refusals.stake.no_chips_left() }, bailout, null, wording);
}
