/** What an action's events leave in the floor's memory. Called by `apply`, after the rule and on the same draft. */
import type { Content } from '../content.ts';
import { editionOf } from '../edition.ts';
import type { EventOf, ShowEvent } from '../events.ts';
import type { ShowState } from '../state.ts';
import type { TraderId } from '../vocabulary.ts';
import { claimFrom, follow, judgeClaims, noteDeed } from './claims.ts';
import {
  FACTS_KEPT,
  LASTING,
  openMemory,
  SAID_ROUNDS,
  type Fact,
  type Memory,
  type Noticed,
} from './fact.ts';
import { noticeLead } from './lead.ts';
import { manners } from './manners.ts';
import { noticeRuns } from './runs.ts';
import { spreadTelling } from './telling.ts';

/** `state` is the draft after the rule: its memory is changed in place. */
export function remember(state: ShowState, events: readonly ShowEvent[], content: Content): void {
  if (editionOf(state) < 2 || events.length === 0) return;
  const memory = (state.memory ??= openMemory());
  for (const event of events) {
    notice(memory, state, event, content);
    if (event.type === 'turnTaken') noteDeed(memory, event, hasDealt(events));
  }
  forget(memory, state);
}

const hasDealt = (events: readonly ShowEvent[]): boolean =>
  events.some((event) => event.type === 'filled' && event.reason === 'decision');

function notice(memory: Memory, state: ShowState, event: ShowEvent, content: Content): void {
  const add = (fact: Noticed): void => {
    memory.facts.push({ ...NOTHING, round: state.round, told: {}, ...fact });
  };
  switch (event.type) {
    case 'marginCalled':
      return add({ kind: 'marginCall', about: event.trader, amountCents: Math.max(0, event.equityCents) });
    case 'bankrupted':
      return add({ kind: 'bankruptcy', about: event.trader, amountCents: Math.max(0, event.equityCents) });
    case 'bailedOut':
      return add({ kind: 'comeback', about: event.trader, amountCents: event.loanCents });
    case 'chaosStruck':
      return add({ kind: 'chaos' });
    case 'roundOpened':
      return judgeClaims(memory, state).forEach(add);
    case 'filled':
      return follow(memory, state, event);
    case 'spoke':
      return spoken(memory, state, event, content).forEach(add);
    case 'roundClosed':
      if (event.phase === 'episode')
        [...noticeLead(memory, state), ...noticeRuns(memory, event.standings)].forEach(add);
      return;
    case 'episodeClosed':
      memory.claims = [];
      return;
    case 'seasonOpened':
      memory.leader = null;
      memory.runs = {};
      return;
    default:
  }
}

/** What a fact may leave out: it is then nothing, and everybody knows it. */
const NOTHING = {
  about: null,
  by: null,
  instrument: null,
  amountCents: null,
  moveBps: null,
  count: null,
  knownBy: null,
} as const;

function spoken(memory: Memory, state: ShowState, line: EventOf<'spoke'>, content: Content): Noticed[] {
  spreadTelling(memory, state, line, content);
  claimFrom(memory, state, line, content);
  keepLine(memory, line);
  return manners(memory, line, content);
}

function keepLine(memory: Memory, { trader, text, round }: EventOf<'spoke'>): void {
  const kept = (memory.said?.[trader] ?? []).filter((line) => round - line.round < SAID_ROUNDS);
  memory.said = { ...memory.said, [trader]: [...kept, { round, text }] };
}

/** What is over, and what is worth least where there is too much, goes. */
function forget(memory: Memory, state: ShowState): void {
  const here = (trader: TraderId | null) => trader === null || state.traders[trader] !== undefined;
  const lasts = ({ kind, round, about, by }: Fact): boolean =>
    state.round - round < LASTING[kind].kept && here(about) && here(by);
  if (!memory.facts.every(lasts)) memory.facts = memory.facts.filter(lasts);
  while (memory.facts.length > FACTS_KEPT) {
    const least = memory.facts.reduce((a, b) => (worth(b, state.round) < worth(a, state.round) ? b : a));
    memory.facts.splice(memory.facts.indexOf(least), 1);
  }
}

/** How much is left of a fact, from its weight down to 0. */
export function worth({ kind, round }: Fact, now: number): number {
  const { weight, kept } = LASTING[kind];
  return weight * Math.max(0, 1 - (now - round) / kept);
}
