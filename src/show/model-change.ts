/** Changes the model that thinks, one change at a time. */
import { errorText } from '#lib/error-text.ts';
import type { ModelDesk } from './ports/brain.ts';
import { accepted, refused, type FixedModel, type ModelRefusal, type Result } from './results.ts';

export type KnownModels = ReturnType<ModelDesk['known']>;

export class ModelChange {
  readonly #desk: ModelDesk | null;
  #underWay = false;

  constructor(desk: ModelDesk | null) {
    this.#desk = desk;
  }

  /** Models that a producer may change to. */
  known(): Result<KnownModels, FixedModel> {
    const desk = this.#open();
    return desk.ok ? accepted(desk.value.known()) : desk;
  }

  /** Null when the model was changed. */
  async change(name: string): Promise<Extract<Result<never, ModelRefusal>, { ok: false }> | null> {
    const desk = this.#open();
    if (!desk.ok) return desk;
    if (this.#underWay) return refused('model_is_changing');
    this.#underWay = true;
    try {
      await desk.value.change(name);
      return null;
    } catch (error) {
      return refused('model_failed', { why: errorText(error) });
    } finally {
      this.#underWay = false;
    }
  }

  /** The desk, where a producer of this show may ask it. */
  #open(): Result<ModelDesk, FixedModel> {
    if (!this.#desk) return refused('model_is_fixed');
    return this.#desk.isShared() ? refused('model_is_shared') : accepted(this.#desk);
  }
}
