/** Synthetic agents, whose true scores are known, in the lab's own worlds. */
import { createScriptedTwin } from '#brain/scripted/scripted.ts';
import type { Decision } from '#core/decision.ts';
import { OBSERVATION_ARMS, type ObservationArmName } from '#lab/arms/observation-arms.ts';
import { baselinePlayer, type Baseline } from '#lab/baselines/policies.ts';
import type { JudgedRow, Measure } from '#lab/families/measure.ts';
import { ONCE } from '#lab/families/measure.ts';
import { judgedRow } from '#lab/report/compose.ts';
import { twinPlayer } from '#lab/runs/brain-player.ts';
import { examiner, type ExamPlan } from '#lab/runs/examiner.ts';
import { atOnce, type Ask, type Player } from '#lab/runs/player.ts';
import type { PlayedWorld } from '#lab/runs/records.ts';
import { runRow } from '#lab/runs/run-row.ts';
import { intervalOf as intervalAround } from '#lab/statistics/difference.ts';
import type { Interval } from '#lab/statistics/intervals.ts';
import { worldPlan } from '#lab/worlds/world.ts';
import { content } from '#test/support/floor.ts';

export const never = new AbortController().signal;

export const agent = (decide: (ask: Ask) => Partial<Decision>): Player => ({
  label: 'agent',
  worldsAtOnce: 1,
  answer: (ask) =>
    atOnce({
      thought: '',
      trade: 'Hold',
      size: 'AllIn',
      speech: '',
      location: ask.observation.roomName,
      ...decide(ask),
    }),
});

export async function played(
  player: Player,
  { worlds = 6, rounds = 24, exam }: { worlds?: number; rounds?: number; exam?: ExamPlan } = {},
): Promise<PlayedWorld[]> {
  const done = await runRow({
    plan: worldPlan(content, { worlds, rounds }),
    content,
    player,
    examine: exam && examiner(exam),
    folder: null,
    signal: never,
  });
  if (done === null) throw new Error('nobody stopped it');
  return done;
}

export async function rowOf(...asked: Parameters<typeof played>): Promise<JudgedRow> {
  return judgedRow(content, await played(...asked));
}

export const baseline = (name: Baseline): Player => baselinePlayer(name, 1);
export const scripted = (arm: ObservationArmName = 'full', seed = 1): Player =>
  twinPlayer(
    createScriptedTwin(() => content.cast),
    OBSERVATION_ARMS[arm],
    seed,
  );

export const score = (measure: Measure, row: JudgedRow): number | null => measure.sample(row).estimate(ONCE);

export function intervalOf(measure: Measure, row: JudgedRow): Interval | null {
  const sample = measure.sample(row);
  const estimate = sample.estimate(ONCE);
  if (estimate === null) return null;
  const resampling = {
    worlds: row.worlds.map(({ seed }) => seed),
    traders: content.cast.map(({ id }) => id),
    times: 400,
    seed: measure.id,
  };
  return intervalAround(estimate, (weight) => sample.estimate(weight), resampling, measure.range);
}

export const holds = (interval: Interval | null, value: number): boolean =>
  interval !== null && interval.low <= value && value <= interval.high;
