/** The watchdog and who relieves the brain, as one: the show's brain, and what its status says of it. */
import type { Brain } from '../ports/brain.ts';
import type { ShowStatus } from '../results.ts';
import { Relief } from './relief.ts';
import { Watchdog, type WatchdogDeps } from './watchdog.ts';

export interface WatchDeps extends WatchdogDeps {
  lead: Brain;
  /** Null where there is no other. */
  standIn: Brain | null;
}

export class Watch {
  readonly #watchdog: Watchdog;
  readonly #relief: Relief;

  constructor(deps: WatchDeps) {
    this.#watchdog = new Watchdog(deps);
    this.#relief = new Relief({ ...deps, symptoms: () => this.#watchdog.symptoms() });
  }

  /** Who thinks: the lead, or its stand-in. */
  get brain(): Brain {
    return this.#relief;
  }

  status(): Pick<ShowStatus, 'brain' | 'symptoms' | 'bellsUntilLead'> {
    return {
      brain: this.#relief.label,
      symptoms: this.#watchdog.symptoms(),
      bellsUntilLead: this.#relief.bellsLeft,
    };
  }

  minuteTick(): void {
    this.#watchdog.minuteTick();
  }

  /** The lead is another brain now, and has its try. */
  leadChanged(): void {
    this.#relief.end();
  }
}
