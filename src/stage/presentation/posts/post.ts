/** What the publisher does with a post. Pure; exhaustive over everything that the show can plan. */
import type { CardView } from '#show/ports/card-views.ts';
import type { Planned, Post } from '#show/ports/outbox.ts';
import { dateTime, relativeTime } from '../format.ts';
import { leakOpened } from '../hand/hand.ts';
import { mention } from '../mention.ts';
import { handCard } from './hand.ts';
import { movesPost, roomPost } from './room.ts';
import { line, type Shown } from './shown.ts';
import { sealWords, seasonWords } from './season.ts';
import { storyPost } from './story.ts';
import { tapePost } from './tape.ts';
import { ballot, closedBallot, voteText } from './votes.ts';
import type { Wording } from '../wording.ts';

export function shownPost({ place, post }: Planned, wording: Wording): Shown {
  switch (post.kind) {
    case 'floorPicture':
      return { as: 'floorPicture', view: post.view };
    case 'bell':
      return withCard(bellWords(post, wording), post.card);
    case 'highlights':
      return { as: 'highlights', post };
    case 'hand':
      return { as: 'message', body: handCard(post.episode, post.facts, wording) };
    case 'leakOpened':
      return { as: 'message', body: leakOpened(post.trader, post.round, wording) };
    case 'voteOpened':
      return { as: 'message', body: ballot(post, wording) };
    case 'voteClosed':
      return { as: 'closedBallot', poolId: post.poolId, body: closedBallot(post, wording) };
    case 'voteCounted':
      return line(post.votes.map((vote) => voteText(vote, wording)).join('\n'));
    case 'doorsClosed': {
      const { opensMs } = post;
      return line(wording.texts.doors.closed(dateTime(opensMs), relativeTime(opensMs)));
    }
    case 'poolOpened':
    case 'poolClosed':
      return { as: 'pool', poolId: post.poolId };
    case 'bellCalled': {
      const content = wording.texts.bell.called(`<@&${post.role}>`, post.episode);
      return { as: 'message', body: { content, pings: post.role } };
    }
    case 'memberBailedOut':
      return line(
        wording.texts.bailout.told(mention(post.member, wording.texts), wording.format.count(post.chips)),
      );
    case 'seal':
      return line(sealWords(post, wording));
    case 'reworded':
      return { as: 'reworded', post };
    case 'deal':
      return tapePost(post, wording);
    case 'moves':
      return movesPost(post, wording);
    case 'event':
      if (place === 'floor') return storyPost(post.event, wording);
      return wording.room(place) === null
        ? tapePost(post, wording)
        : roomPost(place, post.event, wording, post.guess);
    default:
      return post satisfies never;
  }
}

/** A season's bell says who has the crown, who the spoon, and what the season was for everybody. */
function bellWords({ event, arcs = [] }: Extract<Post, { kind: 'bell' }>, wording: Wording): Shown {
  const words = tapePost({ kind: 'event', event }, wording);
  const [embed] = words.as === 'message' ? (words.body.embeds ?? []) : [];
  if (!embed || arcs.length === 0) return words;
  const description = [embed.description ?? '', ...seasonWords(arcs, wording)].join('\n\n');
  return { as: 'message', body: { embeds: [{ ...embed, description }] } };
}

function withCard(words: Shown, card: CardView | null): Shown {
  return words.as === 'message' && card ? { as: 'card', body: words.body, card } : words;
}
