/** A trader's private thought beside what it said and did: for one member's eyes. */
import { THOUGHT_MAX } from '#core/decision.ts';
import { REFUSALS } from '#core/vocabulary.ts';
import type { TurnRecord } from '#show/ports/store.ts';
import type { MessageBody } from '../message.ts';
import { colorNumber } from '../format.ts';
import { isSilent, LINE_MAX, type Wording } from '../wording.ts';

export function confession(turn: TurnRecord, wording: Wording): MessageBody {
  const { texts } = wording;
  const persona = wording.persona(turn.trader);
  const { thought, speech } = turn.decision;
  const title = texts.confess.title(persona?.emoji ?? '', wording.name(turn.trader), turn.round);
  const said = isSilent(speech) ? texts.confess.silence : `“${wording.shown(speech, LINE_MAX)}”`;
  return {
    embeds: [
      {
        title,
        description: turn.fumble
          ? texts.confess.fumbled
          : `*${isSilent(thought) ? texts.confess.noThought : wording.shown(thought, THOUGHT_MAX)}*`,
        fields: turn.fumble
          ? []
          : [
              {
                name: texts.confess.said,
                value: `${said} ${texts.confess.where(wording.roomName(turn.room))}`,
              },
              { name: texts.confess.did, value: deed(turn, wording) },
            ],
        footer: { text: texts.confess.footer },
        ...(persona && { color: colorNumber(persona.color) }),
      },
    ],
  };
}

function deed({ decision, refusals }: TurnRecord, { texts }: Wording): string {
  const done =
    decision.trade === 'Hold'
      ? texts.confess.hold
      : `${texts.confess.trade(texts.confess.sizes[decision.size], texts.instruments[decision.trade])}.`;
  const known = REFUSALS.filter((code) => refusals.includes(code));
  return [done, ...known.map((code) => texts.confess.blocked(texts.tape.refusals[code]))].join(' ');
}
