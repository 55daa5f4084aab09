/** The seals of a show's seasons: made as each begins, opened as it ends, and kept until the season is archived. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Content } from '#core/content.ts';
import { contentHash } from '../hash.ts';
import type { ChipStore } from '../ports/chips.ts';
import type { KeyValues } from '../ports/key-values.ts';
import type { ShowStore } from '../ports/store.ts';
import type { Recorder } from '../recorder.ts';
import type { SeasonSource } from './archive.ts';
import { saltOf, sealOf, seedOf } from './seal.ts';

/** Key-values. The key never leaves the file. */
const KEY = 'season-key';
const SEASON = 'season:';

const recordSchema = z.object({
  season: z.int(),
  seed: z.int(),
  salt: z.string(),
  seal: z.string(),
  contentHash: z.string(),
  rules: z.record(z.string(), z.number()),
  /** The place in the journal after which the season began, and its first round less one. */
  beganSeq: z.int(),
  beganRound: z.int(),
  endedSeq: z.int().nullable(),
  /** What the season was played with, as JSON; kept from its end until it is archived. */
  content: z.string().nullable(),
  archived: z.boolean(),
});
export type SeasonRecord = z.infer<typeof recordSchema>;

export interface SeasonsDeps {
  keyValues: KeyValues;
  recorder: Recorder;
  /** Where the journal stands. */
  position: () => number;
  /** 64 hexadecimal digits for a new show; null: made from its seed, so that the same seed plays the same seasons. */
  secret: string | null;
}

export class Seasons {
  readonly #deps: SeasonsDeps;

  /** A new show's first season is sealed at once; one that began before there were seals waits for its next season. */
  constructor(deps: SeasonsDeps) {
    this.#deps = deps;
    const { recorder, keyValues, secret } = deps;
    const { round, season, seed } = recorder.state;
    if (keyValues.get(KEY) !== null) return;
    recorder.commit(() => {
      keyValues.set(KEY, secret ?? createHash('sha256').update(`open-outcry ${seed}`).digest('hex'));
      if (round === 0 && !recorder.state.roundOpen) this.#seal(season, seed);
    });
  }

  get(season: number): SeasonRecord | null {
    const kept = this.#deps.keyValues.get(`${SEASON}${season}`);
    if (kept === null) return null;
    return recordSchema.parse(JSON.parse(kept));
  }

  /**
   * The bell ended a season: its seal is opened, and the next one gets a seed and a seal of its own. Within the bell's transaction,
   * after `ended` was played and before anything of the next season is. `next`: what it is played with.
   */
  turn(
    endedSeason: number,
    ended: Content,
    next: Content,
  ): { opened: SeasonRecord | null; sealed: SeasonRecord } {
    const { recorder, position, keyValues } = this.#deps;
    const record = this.get(endedSeason);
    const opened = record && {
      ...record,
      endedSeq: position(),
      content: record.contentHash === contentHash(ended) ? JSON.stringify(ended) : null,
    };
    if (opened) this.#save(opened);
    recorder.recast(next);
    const season = recorder.state.season;
    const key = keyValues.get(KEY) ?? '';
    const sealed = this.#seal(season, seedOf(key, season));
    recorder.act({ type: 'seedSeason', seed: sealed.seed });
    return { opened, sealed };
  }

  #save(record: SeasonRecord): void {
    this.#deps.keyValues.set(`${SEASON}${record.season}`, JSON.stringify(record));
  }

  /** Ended seasons whose archive is not written yet, oldest first, with all that it takes. */
  due(store: ShowStore, chips: ChipStore): SeasonSource[] {
    const { season } = this.#deps.recorder.state;
    return Array.from({ length: season - 1 }).flatMap((_, index) => {
      const record = this.get(index + 1);
      if (!record || record.endedSeq === null || record.content === null || record.archived) return [];
      const recording = store.recordingBetween(record.beganSeq, record.endedSeq);
      if (!recording) return [];
      const content = JSON.parse(record.content) as Content;
      // One at a time: a show that has played for a year has millions of them.
      const hashOf = (round: number): string | null => store.roundHash(round);
      return [{ record, content, hashOf, chips, ...recording }];
    });
  }

  /** Its journal need not be kept any longer for that. */
  archived(season: number): void {
    const record = this.get(season);
    if (record) this.#save({ ...record, archived: true, content: null });
  }

  #seal(season: number, seed: number): SeasonRecord {
    const { recorder, position, keyValues } = this.#deps;
    const sealed = {
      season,
      seed,
      salt: saltOf(keyValues.get(KEY) ?? '', season),
      contentHash: contentHash(recorder.content),
      rules: { ...recorder.state.rules },
    };
    const record: SeasonRecord = {
      ...sealed,
      seal: sealOf(sealed),
      beganSeq: position(),
      beganRound: recorder.state.round,
      endedSeq: null,
      content: null,
      archived: false,
    };
    this.#save(record);
    return record;
  }
}
