/**
 * The connection over which Discord tells a bot what members do. It keeps the order of one member's doings, as a session does;
 * those of different members may overtake each other. What happens while it is cut is told after a resume, or never after a fresh
 * login.
 */
import type { Faults } from '../sim/faults.ts';
import type { Kernel } from '../sim/kernel.ts';
import type { Life } from '../sim/life.ts';
import type { WorldEvent } from './discord.ts';

const FAST_MS = 60;
const LATE_MS = 4_000;

export interface GatewayDeps {
  kernel: Kernel;
  life: Life;
  faults: Faults;
  reachable: () => boolean;
  deliver: (event: WorldEvent) => void;
  /** The connection is there: what was missed is to be found out. */
  connected: () => void;
  lost: (event: WorldEvent) => void;
}

export class Gateway {
  readonly #deps: GatewayDeps;
  #up = false;
  #resumes = false;
  #missed: WorldEvent[] = [];
  /** When the last event of each member arrives. */
  readonly #arrivesMs = new Map<string, number>();

  constructor(deps: GatewayDeps) {
    this.#deps = deps;
  }

  get up(): boolean {
    return this.#up;
  }

  /** Tries until Discord answers. */
  connect(afterMs: number): void {
    this.#deps.life.later(afterMs, () => {
      if (!this.#deps.reachable()) return this.connect(5_000);
      this.#up = true;
      const told = this.#resumes ? this.#missed : [];
      const gone = this.#resumes ? [] : this.#missed;
      this.#missed = [];
      for (const event of gone) this.#deps.lost(event);
      for (const event of told) this.#arrive(event);
      this.#deps.connected();
    });
  }

  cut(ms: number): void {
    if (!this.#up) return;
    this.#up = false;
    this.#resumes = !this.#deps.faults.strike('events lost');
    this.connect(ms);
  }

  /** Something happened at Discord. */
  hear(event: WorldEvent): void {
    const { faults, life, kernel } = this.#deps;
    if (!this.#up) {
      this.#missed.push(event);
      return;
    }
    const who = 'member' in event ? event.member : '';
    const nowMs = kernel.trueMs;
    const late = faults.strike('late event');
    const overtaken = faults.strike('reordered event');
    const delayMs = late ? LATE_MS : overtaken ? FAST_MS * 5 : FAST_MS;
    const atMs = Math.max(nowMs + delayMs, (this.#arrivesMs.get(who) ?? 0) + 1);
    this.#arrivesMs.set(who, atMs);
    life.later(atMs - nowMs, () => {
      // A connection that was cut meanwhile did not deliver it.
      if (this.#up) this.#arrive(event);
      else this.#missed.push(event);
    });
  }

  #arrive(event: WorldEvent): void {
    this.#deps.deliver(event);
    if (this.#deps.faults.strike('doubled event')) this.#deps.deliver(event);
  }
}
