/** A tip and a leak: what the member who had a hand in it is told, in private. */
import { LEAK_CHIPS, WHISPER_CHIPS, WHISPER_MAX } from '#core/betting/hand.ts';
import type { Instrument, TraderId } from '#core/vocabulary.ts';
import type { Pledged } from '#show/audience/leaks.ts';
import type { PledgeRefusal, Result, WhisperRefusal } from '#show/results.ts';
import { button, row } from '../buttons.ts';
import type { FormBody } from '../form.ts';
import type { MessageBody } from '../message.ts';
import { LINE_MAX, type Wording } from '../wording.ts';

/** Round sums, of which those are offered that are not more than what is missing. */
const SUMS = [25, 50, 100];

export function whisperAnswer(
  given: Result<{ balance: number; lacks: Instrument | null }, WhisperRefusal>,
  trader: TraderId,
  tip: string,
  wording: Wording,
): MessageBody {
  const { texts, format } = wording;
  const { whisper } = texts.hand;
  if (!given.ok) return { content: whisper.refusals[given.code](given.facts) };
  const { balance, lacks } = given.value;
  const name = wording.name(trader);
  const receipt = whisper.given(name, wording.shown(tip, LINE_MAX), format.count(balance));
  return {
    content: lacks === null ? receipt : `${receipt}\n${whisper.holdsNone(name, texts.instruments[lacks])}`,
  };
}

export function whisperForm(trader: TraderId, wording: Wording): FormBody {
  const { texts } = wording;
  const { title, tip: label, hint, placeholder } = texts.hand.whisper.form;
  return {
    title: title(wording.name(trader)),
    fields: [{ kind: 'text', name: 'tip', label, hint, placeholder, required: true, max: WHISPER_MAX }],
  };
}

/** Under a confession: what can be done with it. `missing` null: the thought cannot be read out. */
export function handButtons(trader: TraderId, round: number, missing: number | null, wording: Wording) {
  const { texts, format } = wording;
  const { whisper, leak } = texts.hand;
  return [
    button('why', trader, texts.why.button),
    button('chair', trader, texts.chair.button(wording.name(trader))),
    button('whisper', trader, whisper.button(format.count(WHISPER_CHIPS))),
    ...(missing === null ? [] : [button('leak', `${trader}/${round}`, leak.button(format.count(missing)))]),
  ];
}

/** How much to put in. */
export function leakSums(trader: TraderId, round: number, missing: number, wording: Wording): MessageBody {
  const { texts, format } = wording;
  const { leak } = texts.hand;
  const sums = SUMS.filter((chips) => chips < missing);
  const buttons = [...sums, missing].map((chips) => {
    const said = chips === missing ? leak.rest(format.count(chips)) : leak.sum(format.count(chips));
    return button('pledge', `${trader}/${round}/${chips}`, said);
  });
  return {
    content: leak.ask(wording.name(trader), round, format.count(missing)),
    components: [row(...buttons)],
  };
}

export function pledgeAnswer(
  pledged: Result<Pledged, PledgeRefusal>,
  trader: TraderId,
  wording: Wording,
): MessageBody {
  const { texts, format } = wording;
  const { leak } = texts.hand;
  if (!pledged.ok) return { content: leak.refusals[pledged.code](pledged.facts) };
  const { chips, missing, balance } = pledged.value;
  const [put, left] = [format.count(chips), format.count(balance)];
  return {
    content:
      missing === 0
        ? leak.told(wording.name(trader), put, left)
        : leak.pledged(put, format.count(missing), left),
  };
}

/** For everybody: somebody began to put chips under a thought. */
export function leakOpened(trader: TraderId, round: number, wording: Wording): MessageBody {
  const { texts, format } = wording;
  const { leak } = texts.hand;
  return {
    content: leak.opened(wording.name(trader), round, format.count(LEAK_CHIPS)),
    components: [row(button('leak', `${trader}/${round}`, leak.chipIn))],
  };
}
