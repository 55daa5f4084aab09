/** Which of the show's events are shown where, and when in the round. Whatever is not named here stays private. */
import type { Action } from '#core/actions/action.ts';
import { isLastOfEpisode } from '#core/actions/close-round.ts';
import type { Persona } from '#core/content.ts';
import type { EventOf, ShowEvent } from '#core/events.ts';
import { promiseIn } from '#core/hearing/promise.ts';
import type { ShowState } from '#core/state.ts';
import type { Fill } from '#core/trading/books.ts';
import type { AwardsCard, RecapCard } from './ports/card-views.ts';
import type { HandFacts, Recap } from './ports/hand-views.ts';
import type { Planned, Post } from './ports/outbox.ts';
import type { FloorView } from './ports/painter.ts';
import type { Arc } from './ports/story-views.ts';

/** Lines are spread over this part of the round, like speech. */
const SPEECH_FROM = 0.05;
const SPEECH_TO = 0.8;
/** When everybody who wanted to guess has guessed. */
const DEED_AT = 0.97;
/** The picture of a round shows what everybody did in it. */
const PICTURE_AT = 0.98;
/** The same in the round of the closing bell, which rings when all deals are told. */
const LAST_DEED_AT = 0.9;
const BELL_AT = 0.92;
/** What gives the ending away: it comes after the bell, and before the next round. */
const ENDING_AT = 0.94;
/** When the lines that it links are surely shown. */
const HIGHLIGHTS_AT = 0.96;

/** A guess needs a line that promises something, and a trader that may trade. */
export function isGuessable(
  { phase, traders }: Pick<ShowState, 'phase' | 'traders'>,
  { text, trader }: Pick<EventOf<'spoke'>, 'text' | 'trader'>,
  cast: readonly Persona[],
): boolean {
  if (phase === 'intermission' || traders[trader]?.standing !== 'trading') return false;
  return promiseIn(text, cast) !== null;
}

/** The posts of one action's events, in order. `paceMs` is the time a round has; 0 plans everything at once. */
export function plan(
  action: Action,
  state: ShowState,
  events: readonly ShowEvent[],
  paceMs: number,
  cast: readonly Persona[],
): Planned[] {
  let afterMs =
    action.type === 'takeTurn'
      ? speechTime(state, paceMs)
      : action.type === 'closeRound'
        ? paceMs * SPEECH_TO
        : 0;
  const planned: Planned[] = [];
  const post = (place: Planned['place'], what: Post) =>
    planned.push({ place, post: what, afterMs: Math.round(afterMs) });
  const fills: Fill[] = [];
  let promises = false;
  for (const event of events) {
    switch (event.type) {
      case 'spoke':
        // Members may guess whether the trader means it: what it did is told when the round is nearly over.
        promises = isGuessable(state, event, cast);
        post(event.room, { kind: 'event', event, ...(promises && { guess: true }) });
        break;
      case 'thoughtLeaked':
      case 'rumourPlanted':
      case 'tipHeard':
        post(event.room, { kind: 'event', event });
        break;
      case 'filled':
        if (action.type === 'takeTurn') fills.push(event);
        break;
      case 'turnTaken':
        if (fills.length > 0) {
          const { trade, size } = event.decision;
          const deal: Post = { kind: 'deal', trader: event.trader, trade, size, fills };
          planned.push({
            place: 'tape',
            post: deal,
            afterMs: promises ? deedAtMs(state, paceMs) : Math.round(afterMs),
          });
        }
        break;
      case 'roundOpened':
        if (event.phase !== 'intermission') post('tape', { kind: 'event', event });
        break;
      case 'headlineBroke':
      case 'chaosStruck':
      case 'refused':
      case 'marginCalled':
      case 'bankrupted':
      case 'bailedOut':
      case 'premiereOpened':
      case 'seasonOpened':
        post('tape', { kind: 'event', event });
        break;
      case 'episodeOpened':
        post('tape', { kind: 'event', event });
        if (event.question) post('floor', { kind: 'event', event });
        break;
      case 'beat':
      case 'firstCall':
        post('floor', { kind: 'event', event });
        break;
      case 'sceneOpened':
        post(event.room, { kind: 'event', event });
        break;
      case 'episodeClosed':
        afterMs = endingAtMs(paceMs);
        break;
      // Bells are posted with their cards, by `bellPost`, walks by `Movements`, the next question after its pool; the others are told by what follows from them.
      case 'walked':
      case 'seasonClosed':
      case 'intermissionOpened':
      case 'regimeChanged':
      case 'charged':
      case 'roundClosed':
        break;
      default:
        event satisfies never;
    }
  }
  return planned;
}

export function bellPost(
  event: EventOf<'episodeClosed' | 'seasonClosed'>,
  card: RecapCard | AwardsCard | null,
  arcs: Arc[],
  paceMs: number,
): Planned {
  const post: Post = { kind: 'bell', event, card, ...(arcs.length > 0 && { arcs }) };
  return { place: 'tape', post, afterMs: paceMs * BELL_AT };
}

/** When the tape tells, or keeps silent about, what was done by those whose lines promised something. */
export function deedAtMs(state: ShowState, paceMs: number): number {
  const belled = state.phase === 'intermission' && state.phaseRound === 0;
  return Math.round(paceMs * (isLastOfEpisode(state) || belled ? LAST_DEED_AT : DEED_AT));
}

/** After everything that is said in the round. */
export const movesAtMs = (paceMs: number): number => paceMs * SPEECH_TO;

/** After the closing bell. */
export const endingAtMs = (paceMs: number): number => paceMs * ENDING_AT;

/** After what tells the ending, in each place. */
export const highlightsAtMs = (paceMs: number): number => paceMs * HIGHLIGHTS_AT;

export function highlightsPost(
  { closed, moments, next, looksBack }: Pick<Recap, 'closed' | 'moments' | 'next' | 'looksBack'>,
  paceMs: number,
): Planned {
  return {
    place: 'floor',
    post: { kind: 'highlights', event: closed, moments, next, ...(looksBack && { looksBack }) },
    afterMs: highlightsAtMs(paceMs),
  };
}

export function handPost(episode: number, facts: HandFacts, paceMs: number): Planned {
  return { place: 'floor', post: { kind: 'hand', episode, facts }, afterMs: highlightsAtMs(paceMs) };
}

/** `bell`: the picture of an episode's end. */
export function picturePost(view: FloorView, bell: boolean, paceMs: number): Planned {
  const afterMs = bell ? endingAtMs(paceMs) : paceMs * PICTURE_AT;
  return { place: 'floor', post: { kind: 'floorPicture', view }, afterMs };
}

function speechTime(state: ShowState, paceMs: number): number {
  const turns = Object.keys(state.traders).length;
  const share = turns <= 1 ? 0 : (state.turnsTaken.length - 1) / (turns - 1);
  return paceMs * (SPEECH_FROM + (SPEECH_TO - SPEECH_FROM) * share);
}
