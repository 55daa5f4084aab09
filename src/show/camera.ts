/**
 * Before the closing bell every trader looks back on the episode, alone and before the camera: the brain's own words between the
 * facts of the recap. It is asked aside, so nothing of it is remembered; whoever has nothing to say, or no brain, is left out.
 */
import { lookingBack } from '#core/story/looking-back.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { Brain } from './ports/brain.ts';
import type { Clock, Log } from './ports/clock.ts';
import type { LooksBack } from './ports/hand-views.ts';
import type { Recorder } from './recorder.ts';
import { thinkInTime } from './thinking.ts';
import type { RightOfWay } from './hand/right-of-way.ts';

export interface CameraDeps {
  recorder: Recorder;
  brain: Brain;
  rightOfWay: RightOfWay;
  clock: Clock;
  log: Log;
  turnLimitMs: number;
}

export class Camera {
  readonly #deps: CameraDeps;

  constructor(deps: CameraDeps) {
    this.#deps = deps;
  }

  /** What each of them says. Never rejects. */
  async ask(signal: AbortSignal): Promise<LooksBack> {
    const traders = Object.keys(this.#deps.recorder.state.traders);
    const said = await Promise.all(
      traders.map(async (trader) => [trader, await this.#line(trader, signal)] as const),
    );
    return Object.fromEntries(said.filter(([, line]) => line !== ''));
  }

  async #line(trader: TraderId, signal: AbortSignal): Promise<string> {
    const { recorder, brain, rightOfWay, clock, log, turnLimitMs } = this.#deps;
    const observation = lookingBack(recorder.state, trader, recorder.content);
    if (!observation) return '';
    const turn = { id: `${recorder.state.round}:${trader}:back`, observation, aside: true as const };
    const thought = await rightOfWay.turn(trader, () => thinkInTime(brain, turn, turnLimitMs, clock, signal));
    if (thought.ok) return thought.answer.decision.speech;
    log.debug({ trader, fumble: thought.code }, 'a trader has nothing to say to the camera');
    return '';
  }
}
