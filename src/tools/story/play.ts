/** Plays a show headless through core, with chaos now and then and a loan for whoever is bankrupt, and keeps its story. */
import { keyedNumbers } from '#core/chance/keyed.ts';
import type { Action } from '#core/actions/action.ts';
import { apply } from '#core/apply.ts';
import type { Content } from '#core/content.ts';
import { fumbledDecision, type Decision } from '#core/decision.ts';
import type { ShowEvent } from '#core/events.ts';
import { foundShow } from '#core/founding.ts';
import type { SeenFact } from '#core/memory/recall.ts';
import { whoIsAnswered } from '#core/hearing/to-answer.ts';
import type { Observation } from '#core/observation.ts';
import { observe } from '#core/observe.ts';
import { nextSpeakers } from '#core/speaking.ts';
import { DEFAULT_RULES, type ShowState } from '#core/state.ts';
import { equityCents } from '#core/trading/books.ts';
import type { TraderId } from '#core/vocabulary.ts';
import { toldFacts, type PublicEvent, type StoryShow, type StoryTurn } from '#lab/story/transcript.ts';

/** What a brain does with a turn, and the fact that its line was made from where that is known. */
export type Think = (
  id: string,
  observation: Observation,
) => Promise<{ decision: Decision | null; fact: SeenFact | null }>;

/** A producer presses the button once in so many rounds, on a round that the seed chooses. */
const CHAOS_EVERY = 60;

export async function playStory(
  content: Content,
  seed: number,
  rounds: number,
  think: Think,
): Promise<StoryShow> {
  const show = new Played(content, seed);
  const chaosAt = keyedNumbers(seed, 'story-chaos', 0).below(CHAOS_EVERY);
  for (let round = 1; round <= rounds; round++) {
    if (round % CHAOS_EVERY === chaosAt && show.state.phase === 'episode')
      show.act({ type: 'strikeChaos', text: null });
    show.lend();
    show.act({ type: 'openRound' });
    for (let wave = nextSpeakers(show.state); wave.length > 0; wave = nextSpeakers(show.state)) {
      const answers = await Promise.all(
        wave.map(async (trader) => {
          const seen = observe(show.state, trader, content);
          return { trader, seen, ...(await think(`${round}:${trader}`, seen)) };
        }),
      );
      for (const { trader, seen, decision, fact } of answers) show.turn(trader, seen, decision, fact);
    }
    show.act({ type: 'closeRound' });
  }
  return show.story();
}

class Played {
  state: ShowState;
  readonly #content: Content;
  readonly #turns: StoryTurn[] = [];
  readonly #events: PublicEvent[] = [];
  #episodes = 0;
  /** Episodes that an intern has begun as one. */
  readonly #served = new Map<TraderId, number>();

  constructor(content: Content, seed: number) {
    this.#content = content;
    this.state = foundShow(seed, DEFAULT_RULES, content);
  }

  act(action: Action): readonly ShowEvent[] {
    const before = this.state;
    const { state, events } = apply(before, action, this.#content);
    this.state = state;
    const note = (kind: PublicEvent['kind'], about: TraderId | null, by: TraderId | null = null): void => {
      this.#events.push({ kind, round: state.round, about, by });
    };
    for (const event of events) {
      if (event.type === 'episodeOpened') this.#episodes += 1;
      if (event.type === 'bankrupted') this.#served.set(event.trader, this.#episodes);
      if (event.type === 'marginCalled') note('marginCall', event.trader);
      if (event.type === 'bankrupted') note('bankruptcy', event.trader);
      if (event.type === 'bailedOut') note('comeback', event.trader);
      if (event.type === 'chaosStruck') note('chaos', null);
    }
    // That the lead changes hands is no event of the show: the memory keeps who leads.
    const leader = state.memory?.leader ?? null;
    const former = before.memory?.leader ?? null;
    if (leader !== null && former !== null && leader !== former) note('lead', leader, former);
    return events;
  }

  /** After one whole episode as the intern, the office lends. */
  lend(): void {
    for (const { id, standing } of Object.values(this.state.traders)) {
      const since = this.#served.get(id);
      if (standing !== 'intern' || since === undefined || this.state.phase !== 'intermission') continue;
      if (this.#episodes > since) this.act({ type: 'bailOut', trader: id });
    }
  }

  turn(trader: TraderId, seen: Observation, decision: Decision | null, fact: SeenFact | null): void {
    const { state } = this;
    const me = state.traders[trader];
    if (!me) throw new Error(`${trader} is not a trader of this show`);
    const equity = Math.max(1, equityCents(me.book, state.market.priceCents));
    const heardBy = [trader, ...seen.company.map((other) => other.trader)];
    const events = this.act(
      decision
        ? { type: 'takeTurn', trader, decision, fumble: null }
        : { type: 'takeTurn', trader, decision: null, fumble: 'engine_error' },
    );
    const { speech, trade, size } = decision ?? fumbledDecision(seen.roomName);
    const fills = events.flatMap((event) => (event.type === 'filled' ? [event] : []));
    const text = speech.trim();
    const waiting = whoIsAnswered(seen.name, seen.company, text);
    this.#turns.push({
      round: seen.round,
      trader,
      heardBy,
      speech: text,
      trade,
      size,
      mayTrade: seen.phase === 'episode' && seen.standing === 'trading',
      dealt: fills.length > 0,
      smallestOrder:
        fills.length === 0 ? null : Math.min(...fills.map((fill) => Math.abs(fill.notionalCents) / equity)),
      fees: fills.reduce((sum, fill) => sum + fill.feeCents, 0) / equity,
      episode: this.#episodes,
      told: toldFacts(
        { speaker: trader, text, heardBy, round: seen.round },
        state.memory?.facts ?? [],
        this.#content.cast,
      ),
      source: fact && {
        kind: fact.kind,
        round: seen.round - fact.roundsAgo,
        about: fact.about?.trader ?? null,
        by: fact.by?.trader ?? null,
      },
      bonds: seen.bonds ?? [],
      waiting: waiting ? { name: waiting.name, text: waiting.said ?? '' } : null,
    });
  }

  story(): StoryShow {
    return { turns: this.#turns, events: this.#events, episodes: this.#episodes };
  }
}
