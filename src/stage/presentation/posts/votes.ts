/** Votes of an intermission: the ballot with its buttons, and how they went. */
import type { APIEmbed } from 'discord.js';
import type { Vote, VoteQuestion } from '#show/ports/hand-views.ts';
import type { Result, VoteRefusal } from '#show/results.ts';
import { button, row } from '../buttons.ts';
import { relativeTime } from '../format.ts';
import type { MessageBody } from '../message.ts';
import { LINE_MAX, type Wording } from '../wording.ts';

const TEAL = 0x2a7f8e;

interface Asked {
  episode: number;
  questions: readonly VoteQuestion[];
}

/** `opensMs`: when the doors open, where they are closed. A footer would not show the time by the reader's clock. */
export function ballot(
  { poolId, opensMs, ...asked }: Asked & { poolId: string; opensMs?: number },
  wording: Wording,
): MessageBody {
  const { questions } = asked;
  const { texts } = wording;
  return {
    ...(opensMs !== undefined && { content: texts.schedule.next(relativeTime(opensMs)) }),
    embeds: [questionCard(asked, texts.votes.about, wording)],
    components: questions.map((question, nth) => {
      const [first, second] = answers(question, wording);
      return row(button('vote', `${poolId}/${nth}/0`, first), button('vote', `${poolId}/${nth}/1`, second));
    }),
  };
}

/** The same without its buttons. */
export function closedBallot(asked: Asked, wording: Wording): MessageBody {
  return { embeds: [questionCard(asked, wording.texts.votes.over, wording)] };
}

function questionCard({ episode, questions }: Asked, footer: string, wording: Wording): APIEmbed {
  return {
    title: wording.texts.votes.title(episode),
    description: questions.map((question) => questionText(question, wording)).join('\n\n'),
    footer: { text: footer },
    color: TEAL,
  };
}

function questionText(question: VoteQuestion, wording: Wording): string {
  const { votes } = wording.texts;
  if (question.kind === 'bailout') return votes.bailout(wording.name(question.trader));
  const [first, second] = question.headlines.map((text) => wording.shown(wording.headline(text), LINE_MAX));
  return votes.headline(first ?? '', second ?? '');
}

function answers(question: VoteQuestion, wording: Wording): [string, string] {
  const { votes } = wording.texts;
  if (question.kind === 'headline') return [votes.first, votes.second];
  return [votes.yes(wording.name(question.trader)), votes.no(wording.name(question.trader))];
}

export function castAnswer(cast: Result<Vote, VoteRefusal>, answer: 0 | 1, wording: Wording): MessageBody {
  const { texts, format } = wording;
  if (!cast.ok) return { content: texts.votes.refusals[cast.code]() };
  const { question, counts } = cast.value;
  const [first, second] = counts.map((count) => format.count(count));
  return { content: texts.votes.cast(answers(question, wording)[answer], first ?? '0', second ?? '0') };
}

export function voteText({ question, counts, won }: Vote, wording: Wording): string {
  const { texts, format } = wording;
  const { votes } = texts;
  const [first, second] = [format.count(counts[0]), format.count(counts[1])];
  if (question.kind === 'bailout') {
    const whose = wording.name(question.trader);
    if (won === 'tie') return votes.tieLoan(whose, first);
    return won === 0 ? votes.lent(whose, first, second) : votes.coffee(whose, first, second);
  }
  if (won !== 0 && won !== 1) return votes.tieHeadline(first);
  const text = wording.shown(wording.headline(question.headlines[won]), LINE_MAX);
  return votes.ran(text, won === 0 ? first : second, won === 0 ? second : first);
}
