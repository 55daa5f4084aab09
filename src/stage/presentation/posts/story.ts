/** The show told as a story, in #the-floor: the cold open with the episode's question, its beats, the end with its best moments. */
import type { EventOf, ShowEvent } from '#core/events.ts';
import type { Answer, LastBell, Question } from '#core/story/story.ts';
import { line, NOTHING, type Shown } from './shown.ts';
import type { Wording } from '../wording.ts';

const GOLD = 0xd4a017;

/** Events that #the-floor tells. */
export function storyPost(event: ShowEvent, wording: Wording): Shown {
  switch (event.type) {
    case 'episodeOpened':
      return coldOpen(event, wording);
    case 'beat':
      return beat(event, wording);
    case 'firstCall': {
      const { texts } = wording;
      if (event.trade === 'Hold') return NOTHING;
      return line(
        texts.story.firstCall(
          wording.name(event.trader),
          texts.tape.sizes[event.size],
          texts.instruments[event.trade],
        ),
      );
    }
    default:
      return NOTHING;
  }
}

function coldOpen({ episode, question, last }: EventOf<'episodeOpened'>, wording: Wording): Shown {
  const { story } = wording.texts;
  if (!question) return NOTHING;
  const parts = [
    ...(last ? [`**${story.previously}** ${previously(last, wording).join(' ')}`] : []),
    `**${story.question}** ${questionText(question, wording)}`,
  ];
  return {
    as: 'message',
    body: { embeds: [{ title: story.openTitle(episode), description: parts.join('\n\n'), color: GOLD }] },
  };
}

/** The last bell in two sentences: who won and lost, and what became of the question, or who fell. */
export function previously(last: LastBell, wording: Wording): string[] {
  const { texts, format } = wording;
  const { story } = texts;
  const [winner, loser] = [wording.name(last.winner), wording.name(last.loser)];
  const first = story.wonAndLost(
    winner,
    format.gain(last.winnerGainCents),
    loser,
    format.gain(last.loserGainCents),
  );
  const fallen = last.fallen.map((id) => wording.name(id));
  if (fallen.length > 0) return [first, story.fell(fallen.join(', '))];
  return [first, story.recalled(questionText(last.question, wording), answerText(last.answer, wording))];
}

export function questionText(question: Question, wording: Wording): string {
  const { texts, format } = wording;
  const asks = texts.story.questions;
  if (question.kind === 'winner') return asks.winner;
  const name = wording.name(question.trader);
  switch (question.kind) {
    case 'survive':
      return asks.survive(name);
    case 'loan':
      return asks.loan(name, format.wholeMoney(question.cents));
    case 'climb':
      return asks.climb(name, format.wholeMoney(question.cents));
    case 'streak':
      return asks.streak(name, question.times);
    case 'repay':
      return asks.repay(name, format.money(question.cents));
    case 'overtake':
      return asks.overtake(name, wording.name(question.rival));
    case 'milestone':
      return asks.milestone(name, format.wholeMoney(question.cents));
    default:
      return question satisfies never;
  }
}

export function answerText({ yes, winner }: Answer, wording: Wording): string {
  const { story } = wording.texts;
  return yes === null ? wording.name(winner) : yes ? story.yes : story.no;
}

function beat(event: EventOf<'beat'>, wording: Wording): Shown {
  const { texts, format } = wording;
  const { story } = texts;
  const [first, second] = event.standings;
  const lead =
    first && second
      ? story.leads(
          wording.name(first.trader),
          format.gain(first.episodeGainCents),
          wording.name(second.trader),
          format.gain(second.episodeGainCents),
        )
      : '';
  const { missingCents } = event;
  const standing =
    missingCents === null
      ? ''
      : missingCents <= 0
        ? story.yesSoFar
        : story.missing(format.money(missingCents));
  const title = event.beat === 'halfTime' ? story.halfTime : story.lastRounds(event.roundsLeft);
  const question = `*${questionText(event.question, wording)}*`;
  return line([`${title} ${lead}`, [question, standing].filter(Boolean).join(' ')].join('\n'));
}
