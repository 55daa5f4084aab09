/** What members did in an episode and what came of it, in one card under the closing bell. */
import { THOUGHT_MAX } from '#core/decision.ts';
import type { HandFacts, ToldLeak, ToldTip, Vote } from '#show/ports/hand-views.ts';
import type { MessageBody } from '../message.ts';
import { voteText } from './votes.ts';
import { LINE_MAX, type Wording } from '../wording.ts';

const VIOLET = 0x7b5ea7;
/** Lines of a kind. */
const LISTED = 5;

export function handCard(episode: number, facts: HandFacts, wording: Wording): MessageBody {
  const description = handLines(facts, wording).join('\n');
  return { embeds: [{ title: wording.texts.hand.title(episode), description, color: VIOLET }] };
}

/** The address of the message that shows what came of a tip, a thought that was read out, the result of a vote. */
export interface HandLinks {
  tip: (tip: ToldTip) => string | null;
  leak: (leak: ToldLeak) => string | null;
  vote: (vote: Vote) => string | null;
}

const NO_LINKS: HandLinks = { tip: () => null, leak: () => null, vote: () => null };

export function handLines(
  { tips, leaks, votes, bluffs, chairs }: HandFacts,
  wording: Wording,
  links: HandLinks = NO_LINKS,
): string[] {
  const { texts, format } = wording;
  const { chair, bluff } = texts;
  const largestFirst = tips.toSorted((a, b) => Math.abs(b.cents ?? 0) - Math.abs(a.cents ?? 0));
  const linked = (text: string, link: string | null): string =>
    link === null ? text : `${text} [${texts.story.link}](${link})`;
  return [
    ...listed(largestFirst, (tip) => linked(tipText(tip, wording), links.tip(tip)), wording),
    ...listed(leaks, (leak) => linked(leakText(leak, wording), links.leak(leak)), wording),
    ...votes.map((vote) => linked(voteText(vote, wording), links.vote(vote))),
    ...(bluffs.called > 0 ? [bluff.told(format.count(bluffs.called), format.count(bluffs.right))] : []),
    ...(chairs.sat > 0 ? [chair.told(format.count(chairs.sat), format.count(chairs.beat))] : []),
  ];
}

function listed<T>(all: readonly T[], say: (each: T) => string, { texts, format }: Wording): string[] {
  const more = all.length - LISTED;
  return [
    ...all.slice(0, LISTED).map(say),
    ...(more > 0 ? [`-# ${texts.hand.more(format.count(more))}`] : []),
  ];
}

function tipText({ trader, text, followed, cents }: ToldTip, wording: Wording): string {
  const { tip } = wording.texts.hand;
  const [name, said] = [wording.name(trader), wording.shown(text, LINE_MAX)];
  if (followed === null) return tip.idle(name, said);
  return followed ? tip.followed(name, said, wording.format.gain(cents ?? 0)) : tip.ignored(name, said);
}

function leakText({ trader, round, thought }: ToldLeak, wording: Wording): string {
  return wording.texts.hand.leaked(wording.name(trader), round, wording.shown(thought, THOUGHT_MAX));
}
