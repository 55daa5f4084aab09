/** Changes the model that thinks, one change at a time. */
import { errorText } from '#lib/error-text.ts';
import type { ModelDesk } from './ports/brain.ts';
import { refused, type ModelRefusal, type Result } from './results.ts';

export class ModelChange {
  readonly #desk: ModelDesk | null;
  #underWay = false;

  constructor(desk: ModelDesk | null) {
    this.#desk = desk;
  }

  known(): { id: string; title: string }[] {
    return this.#desk?.known() ?? [];
  }

  /** Null when the model was changed. */
  async change(name: string): Promise<Extract<Result<never, ModelRefusal>, { ok: false }> | null> {
    if (!this.#desk) return refused('model_is_fixed');
    if (this.#underWay) return refused('model_is_changing');
    this.#underWay = true;
    try {
      await this.#desk.change(name);
      return null;
    } catch (error) {
      return refused('model_failed', { why: errorText(error) });
    } finally {
      this.#underWay = false;
    }
  }
}
