/** What a decision hung on, drawn: for one member's eyes. */
import type { Decision } from '#core/decision.ts';
import type { Arm, Difference, Reasons } from '#show/hand/why.ts';
import type { Result, WhyRefusal } from '#show/results.ts';
import { colorNumber } from '../format.ts';
import type { MessageBody } from '../message.ts';
import type { Wording } from '../wording.ts';

const BARS: Record<Difference, string> = {
  trade: '`██████`',
  size: '`███░░░`',
  words: '`█░░░░░`',
  nothing: '`░░░░░░`',
};

export function whyAnswer(reasons: Result<Reasons, WhyRefusal>, wording: Wording): MessageBody {
  const { why } = wording.texts;
  if (!reasons.ok) return { content: why.refusals[reasons.code]() };
  const { turn, heldSince, again, arms } = reasons.value;
  const persona = wording.persona(turn.trader);
  const sameAgain =
    again !== null && again.trade === turn.decision.trade && again.size === turn.decision.size;
  const hung = arms.filter(({ difference }) => difference === 'trade' || difference === 'size');
  const verdict =
    hung.length === 0 ? why.onNothing : why.hungOn(hung.map(({ thing }) => why.things[thing]).join(why.and));
  const lines = [
    why.did(dealText(turn.decision, wording)),
    ...(heldSince ? [why.heldSince(turn.round)] : []),
    ...(sameAgain || again === null ? [] : [why.again(dealText(again, wording))]),
    '',
    ...arms.map((arm) => armText(arm, wording)),
    '',
    verdict,
  ];
  return {
    embeds: [
      {
        title: why.title(persona?.emoji ?? '', wording.name(turn.trader), turn.round),
        description: lines.join('\n'),
        footer: { text: why.footer },
        ...(persona && { color: colorNumber(persona.color) }),
      },
    ],
  };
}

function armText({ thing, decision, difference, absent }: Arm, wording: Wording): string {
  const { why } = wording.texts;
  const [bar, name] = [BARS[difference], why.without[thing]];
  if (absent) return why.absent(bar, name);
  if (decision === null) return why.silent(bar, name);
  if (difference === 'nothing') return why.same(bar, name);
  return difference === 'words' ? why.words(bar, name) : why.other(bar, name, dealText(decision, wording));
}

function dealText({ trade, size }: Decision, { texts }: Wording): string {
  if (trade === 'Hold') return texts.why.hold;
  return texts.why.trade(texts.confess.sizes[size], texts.instruments[trade]);
}
