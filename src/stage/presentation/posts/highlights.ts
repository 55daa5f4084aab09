/** The end of an episode in one card: the question's answer, the moments that mattered with where to read them, the next question. */
import type { TraderId } from '#core/vocabulary.ts';
import type { LooksBack } from '#show/ports/hand-views.ts';
import type { Post } from '#show/ports/outbox.ts';
import type { Moment } from '#show/ports/story-views.ts';
import type { MessageBody } from '../message.ts';
import { answerText, questionText } from './story.ts';
import { isSilent, LINE_MAX, type Wording } from '../wording.ts';

const GOLD = 0xd4a017;

export type HighlightsPost = Extract<Post, { kind: 'highlights' }>;

/** `linkOf`: the address of the message that shows a moment; null for none. */
export function highlightsCard(
  post: HighlightsPost,
  linkOf: (moment: Moment) => string | null,
  wording: Wording,
): MessageBody {
  const { story } = wording.texts;
  const description = highlightsText(post, linkOf, wording);
  const title = story.endTitle(post.event.episode, post.moments.length);
  return { embeds: [{ title, description, color: GOLD }] };
}

export function highlightsText(
  { event, moments, next, looksBack = {} }: Omit<HighlightsPost, 'kind'>,
  linkOf: (moment: Moment) => string | null,
  wording: Wording,
): string {
  const { texts, format } = wording;
  const { story } = texts;
  const { question, answer, firstCall } = event;
  const answered =
    question && answer ? story.answered(questionText(question, wording), answerText(answer, wording)) : '';
  const told = moments.map((moment, nth) => {
    const link = linkOf(moment);
    const text = momentText(moment, wording);
    const { trader } = moment;
    const isFirst = moments.findIndex((other) => other.trader === trader) === nth;
    const back = isFirst ? looksBackText(trader, looksBack, wording) : '';
    return [link === null ? text : `${text} [${story.link}](${link})`, back]
      .filter((it) => it !== '')
      .join('\n');
  });
  const first =
    firstCall && firstCall.trade !== 'Hold' && !moments.some((moment) => isCallOf(firstCall.trader, moment))
      ? `-# ${story.firstCallWas(
          wording.name(firstCall.trader),
          texts.instruments[firstCall.trade],
          format.change(firstCall.moveBps),
        )}`
      : '';
  const parts = [
    answered,
    told.length > 0 ? told.join('\n') : story.nothing,
    first,
    next ? story.next(questionText(next, wording)) : '',
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** What the trader said to the camera, to stand under what is told of it; empty for nothing. */
export function looksBackText(trader: TraderId, looksBack: LooksBack, wording: Wording): string {
  const line = looksBack[trader] ?? '';
  return isSilent(line)
    ? ''
    : wording.texts.story.looksBack(wording.name(trader), wording.shown(line, LINE_MAX));
}

/** Whether the episode's first call, which was this trader's, is a moment itself. */
const isCallOf = (first: TraderId, { trader, opens }: Moment): boolean => opens === true && trader === first;

function momentText(moment: Moment, wording: Wording): string {
  const { kind, trader, other, instrument, left, cents, line } = moment;
  const { texts, format } = wording;
  const sum =
    cents === undefined ? '' : kind === 'betrayal' ? format.money(Math.abs(cents)) : format.gain(cents);
  const say =
    left && (kind === 'call' || kind === 'blunder') ? texts.story.left[kind] : texts.story.moments[kind];
  return say({
    name: wording.name(trader),
    other: other === undefined ? '' : wording.name(other),
    instrument: instrument === undefined ? '' : texts.instruments[instrument],
    left: left === undefined ? '' : texts.story.outOf[left.was](texts.instruments[left.instrument]),
    sum,
    line: line === undefined ? '' : wording.shown(line, LINE_MAX),
  });
}
