/**
 * Who plays on where a brain has left nothing to see: the stand-in, for the traders concerned, until the closing bell. Then the
 * brain is tried again; if it is no better, the stand-in stays for 2, 4, ... up to `EPISODES_MAX` bells.
 */
import type { TraderId } from '#core/vocabulary.ts';
import type { Answer, Brain, Turn } from '../ports/brain.ts';
import type { Log } from '../ports/clock.ts';
import type { Recorder, ShowNews } from '../recorder.ts';
import type { Symptom, SymptomKind } from './symptoms.ts';

const EPISODES_MAX = 16;
/** What another brain mends. Posts that are not shown, and turns that do not end, have other causes. */
const MENDED: ReadonlySet<SymptomKind> = new Set([
  'fumbling',
  'motionless',
  'silent',
  'repeating',
  'same_trade',
]);

export interface ReliefDeps {
  lead: Brain;
  /** Null where there is no other: then the lead plays, whatever comes of it. */
  standIn: Brain | null;
  recorder: Recorder;
  log: Log;
  symptoms: () => readonly Symptom[];
}

/** The show's brain: the lead, or its stand-in. */
export class Relief implements Brain {
  readonly #deps: ReliefDeps;
  /** Whom the stand-in plays, and for how many more closing bells; `all` stands for everybody. */
  #relieved = new Map<TraderId | 'all', number>();
  /** How long the stand-in stays next time. */
  #episodes = 1;
  #wellSinceBell = true;

  constructor(deps: ReliefDeps) {
    this.#deps = deps;
    deps.recorder.subscribe((news) => this.#follow(news));
  }

  get label(): string {
    const { lead, standIn } = this.#deps;
    if (standIn === null || this.#relieved.size === 0) return lead.label;
    if (this.#relieved.has('all')) return `${standIn.label}, in place of ${lead.label}`;
    return `${lead.label}, ${standIn.label} for ${[...this.#relieved.keys()].join(', ')}`;
  }

  /** Closing bells until the lead plays again; null while it plays for everybody. */
  get bellsLeft(): number | null {
    return this.#relieved.size === 0 ? null : Math.max(...this.#relieved.values());
  }

  think(turn: Turn, signal: AbortSignal): Promise<Answer> {
    const { lead, standIn } = this.#deps;
    const relieved = this.#relieved.has('all') || this.#relieved.has(turn.observation.trader);
    return (relieved && standIn ? standIn : lead).think(turn, signal);
  }

  /** The lead plays at once: it is another one now. */
  end(): void {
    this.#relieved = new Map();
    this.#episodes = 1;
  }

  async close(): Promise<void> {
    await Promise.all([this.#deps.lead.close(), this.#deps.standIn?.close()]);
  }

  #follow(news: ShowNews): void {
    if (this.#deps.standIn === null || !('events' in news)) return;
    for (const { type } of news.events) {
      if (type === 'episodeClosed') this.#bell();
      if (type === 'roundClosed') this.#judge();
    }
  }

  #bell(): void {
    const { lead, log } = this.#deps;
    if (this.#relieved.size === 0) {
      if (this.#wellSinceBell) this.#episodes = 1;
      this.#wellSinceBell = true;
      return;
    }
    const left = [...this.#relieved].map(([who, bells]) => [who, bells - 1] as const);
    this.#relieved = new Map(left.filter(([, bells]) => bells > 0));
    if (this.#relieved.size === 0)
      log.warn({ brain: lead.label }, 'the brain is tried again from this bell on');
  }

  #judge(): void {
    const { lead, standIn, log, symptoms } = this.#deps;
    for (const { kind, trader } of symptoms()) {
      const whom = trader ?? 'all';
      if (!MENDED.has(kind) || this.#relieved.has('all') || this.#relieved.has(whom)) continue;
      if (whom === 'all') this.#relieved.clear();
      const bells = this.#episodes;
      this.#relieved.set(whom, bells);
      this.#wellSinceBell = false;
      const until = bells === 1 ? 'the closing bell' : `${bells} closing bells have rung`;
      log.warn(
        { why: kind, trader: whom, brain: lead.label, bells },
        `the ${standIn?.label} brain plays in its place until ${until}`,
      );
      this.#episodes = Math.min(EPISODES_MAX, this.#episodes * 2);
    }
  }
}
