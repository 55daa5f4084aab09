/** What producers do to a running show beside chaos: news, rumours, the bell; and what their panel shows. */
import type { EventOf } from '#core/events.ts';
import type { Content } from '#core/content.ts';
import { openingBellDue } from '#core/actions/open-round.ts';
import type { Headline } from '#core/state.ts';
import type { Instrument, RoomId } from '#core/vocabulary.ts';
import { marketOpensAtRound, nextChaosRound, producersWords } from './chaos.ts';
import type { OwnStake } from './audience/stakes.ts';
import type { AuditRecord, ShowStore } from './ports/store.ts';
import type { Recorder } from './recorder.ts';
import { accepted, refused, type PanelRefusal, type Result, type ShowStatus } from './results.ts';
import type { Running } from './running.ts';

/** As many entries of the log as the panel has room for. */
const ENTRIES_SHOWN = 6;

export interface ControlRoomDeps {
  content: Content;
  recorder: Recorder;
  store: ShowStore;
  running: Running;
  mayPlay: () => boolean;
  status: () => ShowStatus;
  audit: (what: AuditRecord['what'], by: string, detail: string | null) => void;
  /** See `WholeShow`. */
  exclude: (by: string) => OwnStake[];
  /** True for a producer's text that must not be shown. */
  blocks: (text: string) => boolean;
}

/** What the panel of the green room shows. */
export interface PanelView {
  status: ShowStatus;
  /** The first round in which chaos may strike; in the past when it may strike now. */
  chaosAtRound: number;
  /** There is no market to crash: it waits for the opening bell, or for the doors. */
  marketShut: boolean;
  /** True when the opening bell may be called. */
  bell: boolean;
  /** What producers did last, newest first. */
  log: AuditRecord[];
}

/** What a producer planted, and what came of the producer's own stakes. */
export interface Planted {
  text: string;
  ownStakes: OwnStake[];
}

export interface Rumour {
  room: RoomId;
  /** Null for a ready-made one. */
  text: string | null;
  names: Instrument | null;
  tone: Headline['tone'];
}

export class ControlRoom {
  readonly #deps: ControlRoomDeps;

  constructor(deps: ControlRoomDeps) {
    this.#deps = deps;
  }

  panel(): PanelView {
    const { recorder, store, status, mayPlay } = this.#deps;
    const { state } = recorder;
    return {
      status: status(),
      chaosAtRound: nextChaosRound(store, state, mayPlay()),
      marketShut: marketOpensAtRound(state, mayPlay()) !== null,
      bell: this.#bellRefusal() === null,
      log: store.audits(null, ENTRIES_SHOWN),
    };
  }

  /** The next headline breaks now: a producer's own words, or one of the wire's. Once a round. */
  callHeadline(by: string, text: string | null): Result<Planted, PanelRefusal> {
    const checked = this.#checked('headline', text);
    if (!checked.ok) return checked;
    const words = checked.value;
    const { recorder } = this.#deps;
    return this.#act('headline', by, words, () => {
      const events = recorder.act({ type: 'callHeadline', text: words });
      const broke = events.find((event): event is EventOf<'headlineBroke'> => event.type === 'headlineBroke');
      return broke?.headline.text ?? '';
    });
  }

  /** Whoever stands in the room takes it for news. Once a round. */
  plantRumour(by: string, { room, text, names, tone }: Rumour): Result<Planted, PanelRefusal> {
    const { content, recorder } = this.#deps;
    const where = content.office.rooms.find(({ id }) => id === room);
    if (!where) return refused('unknown_room');
    const checked = this.#checked('rumour', text);
    if (!checked.ok) return checked;
    const words = checked.value;
    const detail = words === null ? where.name : `${where.name}: ${words}`;
    return this.#act('rumour', by, detail, () => {
      const events = recorder.act({ type: 'plantRumour', room, text: words, names, tone });
      const told = events.find((event): event is EventOf<'rumourPlanted'> => event.type === 'rumourPlanted');
      return told?.text ?? '';
    });
  }

  /** The market opens now: the next round is played at once, and the bell rings with it. */
  callBell(by: string): Result<Planted, PanelRefusal> {
    const refusal = this.#bellRefusal();
    if (refusal) return refused(refusal);
    const { recorder, running } = this.#deps;
    return this.#act('bell', by, null, () => {
      recorder.act({ type: 'callBell' });
      running.hurry();
      return '';
    });
  }

  #bellRefusal(): PanelRefusal | null {
    const { running, mayPlay, recorder } = this.#deps;
    if (running.standstill) return running.standstill;
    if (recorder.state.phase === 'episode') return 'market_is_open';
    if (!mayPlay()) return 'doors_closed';
    return openingBellDue(recorder.state) ? 'bell_is_due' : null;
  }

  #checked(what: 'headline' | 'rumour', text: string | null): Result<string | null, PanelRefusal> {
    const { running, store, recorder, blocks } = this.#deps;
    if (running.standstill) return refused(running.standstill);
    if (store.audits(what, 1)[0]?.round === recorder.state.round) return refused('once_a_round');
    return producersWords(text, blocks);
  }

  /** With its entry in the log; whoever produces may hold no stake in the episode. */
  #act(
    what: AuditRecord['what'],
    by: string,
    detail: string | null,
    work: () => string,
  ): Result<Planted, PanelRefusal> {
    const { recorder, exclude, audit } = this.#deps;
    return recorder.commit(() => {
      audit(what, by, detail);
      const ownStakes = exclude(by);
      return accepted({ text: work(), ownStakes });
    });
  }
}
