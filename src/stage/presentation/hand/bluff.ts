/** Does the trader do what it says? A member's guess, in private. */
import type { TraderId } from '#core/vocabulary.ts';
import type { BluffAhead, BluffCall, Rating } from '#show/ports/hand.ts';
import type { BluffRefusal, Result } from '#show/results.ts';
import { button, row } from '../buttons.ts';
import { mention } from '../mention.ts';
import type { MessageBody } from '../message.ts';
import { LINE_MAX, type Wording } from '../wording.ts';

/** Under a line that promises something. */
export function bluffButton(trader: TraderId, round: number, { texts }: Wording) {
  return row(button('bluff', `${trader}/${round}`, texts.bluff.button));
}

/** Two buttons, or how the member's guess stands. */
export function bluffQuestion(
  trader: TraderId,
  round: number,
  line: string,
  called: BluffCall | null,
  wording: Wording,
): MessageBody {
  const { texts } = wording;
  const { bluff } = texts;
  if (called) return { content: standing(called, wording) };
  const turn = `${trader}/${round}`;
  return {
    content: bluff.ask(wording.name(trader), wording.shown(line, LINE_MAX)),
    components: [
      row(button('bluff-call', `${turn}/1`, bluff.means), button('bluff-call', `${turn}/0`, bluff.bluffs)),
    ],
  };
}

/** Too late for that line: how the member's guess at the trader's next promise stands, or two buttons for one. */
export function bluffTooLate(
  trader: TraderId,
  refusal: BluffRefusal,
  open: BluffAhead | null,
  wording: Wording,
): MessageBody {
  const { bluff } = wording.texts;
  if (open) return { content: standingAhead(open, wording) };
  return {
    content: `${bluff.refusals[refusal]()} ${bluff.ahead.ask(wording.name(trader))}`,
    components: [
      row(
        button('bluff-ahead', `${trader}/1`, bluff.means),
        button('bluff-ahead', `${trader}/0`, bluff.bluffs),
      ),
    ],
  };
}

export function aheadAnswer(called: Result<BluffAhead, BluffRefusal>, wording: Wording): MessageBody {
  if (!called.ok) return { content: wording.texts.bluff.refusals[called.code]() };
  return { content: standingAhead(called.value, wording) };
}

function standingAhead({ trader, means }: BluffAhead, wording: Wording): string {
  const { bluff } = wording.texts;
  return bluff.ahead.called(wording.name(trader), means ? bluff.means : bluff.bluffs);
}

export function bluffAnswer(called: BluffCall, wording: Wording): MessageBody {
  return { content: standing(called, wording) };
}

function standing({ trader, means, right }: BluffCall, wording: Wording): string {
  const { bluff } = wording.texts;
  const call = means ? bluff.means : bluff.bluffs;
  if (right === null) return bluff.called(wording.name(trader), call);
  return right ? bluff.right(wording.name(trader), call) : bluff.wrong(wording.name(trader), call);
}

export function bluffRows(ratings: readonly Rating[], { texts, format }: Wording): string[] {
  return ratings.map(({ who, elo, right, wrong }, index) => {
    const points = right - wrong;
    return texts.bluff.board.row(
      index + 1,
      mention(who, texts),
      format.count(elo),
      `${points < 0 ? '−' : '+'}${format.count(Math.abs(points))}`,
      format.count(right),
      format.count(right + wrong),
    );
  });
}
