/** Which rows a run has: the baselines, the brain in each arm, and the null control. */
import { unmovedChoice } from '#brain/choices/unmoved.ts';
import { createScriptedTwin } from '#brain/scripted/scripted.ts';
import type { Content } from '#core/content.ts';
import { FAMILIES, type Family } from '#lab/families/measure.ts';
import { OBSERVATION_ARMS, type ObservationArmName } from '#lab/arms/observation-arms.ts';
import { baselinePlayer, BASELINES, isBaseline } from '#lab/baselines/policies.ts';
import { brainPlayer, twinPlayer } from '#lab/runs/brain-player.ts';
import { examiner } from '#lab/runs/examiner.ts';
import { atOnce, type Player } from '#lab/runs/player.ts';
import { rumourPlanter } from '#lab/runs/rumour.ts';
import type { RowOptions } from '#lab/runs/run-row.ts';
import type { RowCard } from '#lab/report/card.ts';
import type { Report } from '#lab/report/schema.ts';
import { InputError } from '#lib/input-error.ts';
import { armRefusal, isPromptArm, openModel, PROMPT_ARMS, type PromptArmName } from './open-model.ts';

export type ArmName = ObservationArmName | PromptArmName;
export const isObservationArm = (name: string): name is ObservationArmName =>
  Object.hasOwn(OBSERVATION_ARMS, name);
/** What each arm and each baseline is for, by name. */
export const ARMS: Readonly<Record<string, { what: string }>> = { ...OBSERVATION_ARMS, ...PROMPT_ARMS };
export const isArm = (name: string): name is ArmName => isObservationArm(name) || isPromptArm(name);

/** The seed of a brain's own luck, and the other one of the null control. */
export const BRAIN_SEED = 1;
export const CONTROL_SEED = 2;

export interface RowSpec {
  /** Unique in a run, and the name of its folder of traces: `scripted`, `scripted+deaf`, `scripted+null-control`. */
  name: string;
  /** `scripted`, a baseline, or a model's name or file. */
  player: string;
  arm: ArmName;
  seed: number;
  /** The same brain with other luck: a difference no larger than this one's is none. */
  isControl: boolean;
  /** Whether turns of it are asked again, out of the show. */
  examined: boolean;
}

const ENGINE_ALONE = 'engine-alone';
/** What each row that plays in every run is, by name. */
export const YARDSTICKS: Readonly<Record<string, { what: string }>> = {
  ...BASELINES,
  [ENGINE_ALONE]: {
    what: 'what the engine chooses for a general model that nothing moves, by the same luck',
  },
};

export function baselineRows(): RowSpec[] {
  return Object.keys(YARDSTICKS).map((name) => ({
    name,
    player: name,
    arm: 'full',
    seed: BRAIN_SEED,
    isControl: false,
    examined: false,
  }));
}

export function brainRows(
  player: string,
  title: string,
  arms: readonly ArmName[],
  { control, examAll }: { control: boolean; examAll: boolean },
): RowSpec[] {
  const rows = arms.map((arm): RowSpec => ({
    name: arm === 'full' ? title : `${title}+${arm}`,
    player,
    arm,
    seed: BRAIN_SEED,
    isControl: false,
    examined: examAll || arm === 'full',
  }));
  const [asked] = rows;
  if (!control || asked === undefined) return rows;
  const again: RowSpec = {
    ...asked,
    name: `${title}+null-control`,
    seed: CONTROL_SEED,
    isControl: true,
    // Of a model it would take long again.
    examined: examAll || (asked.examined && !isModel({ player })),
  };
  return [...rows, again];
}

/** Whether it plays in every run. */
export const isYardstick = (name: string): boolean => Object.hasOwn(YARDSTICKS, name);

/** Whether it is played by a model, and not by a policy or the script. */
export const isModel = ({ player }: Pick<RowSpec, 'player'>): boolean =>
  player !== 'scripted' && !isYardstick(player);

/** What is asked beside the turns themselves. */
export type Exam = Pick<Report['card'], 'examEvery' | 'quiz' | 'memory' | 'families'>;

/** What an examined turn is asked today; nothing that families alone need which are left out. `families` absent: none is. */
export function examOf(examEvery: number, families?: readonly Family[]): Exam {
  const [isC, isD] = [isChosen('C', families), isChosen('D', families)];
  return {
    examEvery: isC || isD ? examEvery : 0,
    quiz: isC,
    memory: isD,
    ...(families && { families: [...families] }),
  };
}

/** `families` absent: all are. */
export const isChosen = (family: Family, families: readonly Family[] = FAMILIES): boolean =>
  families.includes(family);

/** What is done to the row's turns beside playing them. `examEvery`: of so many turns one is asked again; 0: none. */
export function besidePlay(
  { arm, examined }: Pick<RowSpec, 'arm' | 'examined'>,
  { examEvery, quiz, memory, families }: Exam,
): Pick<RowOptions, 'examine' | 'plant'> {
  const [ablations, advice] = [isChosen('D', families), isChosen('C', families)];
  return {
    examine:
      examined && examEvery > 0
        ? examiner({ everyTurns: examEvery, ablations, advice, quiz, memory })
        : undefined,
    plant: arm === 'rumour' ? rumourPlanter() : undefined,
  };
}

export interface OpenRow {
  player: Player;
  card: RowCard;
  close: () => Promise<void>;
}

export interface OpenOptions {
  content: Content;
  threads: number | undefined;
  /** Worlds that a model thinks for at once. */
  atOnce: number;
}

/** Why the row cannot be played as it is asked for; null where it can. Throws InputError for a model that is not here. */
export function refusalOf({ player, arm }: Pick<RowSpec, 'player' | 'arm'>): string | null {
  if (!isPromptArm(arm)) return null;
  if (player === 'scripted')
    return `arm ${arm} changes a model's prompt, and the scripted brain has none; name another arm`;
  return isYardstick(player) ? null : armRefusal(player, arm);
}

/** Rejects with an InputError for a model that is not here, or an arm that the brain cannot play. */
export async function openRow(spec: RowSpec, { content, threads, atOnce }: OpenOptions): Promise<OpenRow> {
  const { name, player, arm, seed, isControl, examined } = spec;
  const about = { name, player, arm, seed, isControl, examined, trainedOnTheWorld: false, model: null };
  if (isBaseline(player))
    return { player: baselinePlayer(player, seed), card: { ...about, kind: 'baseline' }, close: nothing };
  if (player === ENGINE_ALONE)
    return { player: engineAlone(seed), card: { ...about, kind: 'baseline' }, close: nothing };
  const refusal = refusalOf(spec);
  if (refusal !== null) throw new InputError(refusal);
  const seen = OBSERVATION_ARMS[isObservationArm(arm) ? arm : 'full'];
  if (player === 'scripted') {
    const twin = createScriptedTwin(() => content.cast);
    return { player: twinPlayer(twin, seen, seed), card: { ...about, kind: 'brain' }, close: nothing };
  }
  const model = await openModel(content, {
    model: player,
    arm: isPromptArm(arm) ? arm : null,
    seed,
    threads,
    floors: atOnce,
  });
  const { brain, card, trainedOnTheWorld } = model;
  return {
    player: brainPlayer(brain, seen, atOnce),
    card: { ...about, kind: 'brain', player: card.file, trainedOnTheWorld, model: card },
    close: () => brain.close(),
  };
}

/** Its luck goes by the names by which `brainPlayer` has a model's. */
function engineAlone(seed: number): Player {
  return {
    label: ENGINE_ALONE,
    worldsAtOnce: 1,
    answer: ({ persona, observation, floor, id }) =>
      atOnce(unmovedChoice(persona, observation, `${seed}/${floor}/${id}`)),
  };
}

const nothing = async (): Promise<void> => {};
