/** Opens a model in a process of its own, so that what goes wrong in native code or for want of memory does not end the shows. */
import { fork } from 'node:child_process';
import { openApart, ApartError, type ApartOptions } from '#brain/apart/apart.ts';
import { EngineUnavailableError } from '#brain/engine/errors.ts';
import { gpuFailed, gpuFor } from '#brain/gpu.ts';
import type { StoppableBrain } from '#brain/stand-in.ts';
import type { Persona } from '#core/content.ts';
import { systemClock } from '#show/clock.ts';
import { InputError } from '#lib/input-error.ts';
import type { Settings } from '../settings.ts';
import type { BrainDeps } from './open-model.ts';
import { modelHere, modelPlaces } from './places.ts';

const PROCESS = new URL('./model-process.ts', import.meta.url);

/** What the process is told first. */
export interface ModelOpening {
  settings: Settings;
  model: string;
  /** Whom the model is told of. */
  cast: readonly Persona[];
  brought: BrainDeps['brought'];
}

/**
 * As `openModel`, and rejects as it does. The process reads the content itself. Where it crashes as it opens the model, or soon after,
 * and a GPU computes or was asked for by its kind, the processor computes from then on; `say` and the log are told.
 */
export async function openModelApart(
  { settings, content, brought, log, say, signal }: BrainDeps,
  model: string,
  start = startProcess,
): Promise<StoppableBrain> {
  const { entry } = modelHere(model, modelPlaces(settings.modelsDir));
  const gpu = gpuFor(settings.gpu, entry !== null && 'cast' in entry);
  const opening: ModelOpening = {
    settings: { ...settings, gpu, discordToken: undefined, dataKey: undefined },
    model,
    cast: content.cast,
    brought,
  };
  const afterCrash: ApartOptions<ModelOpening>['afterCrash'] = (crashed, how, onGpu) => {
    const asked = crashed.settings.gpu;
    const byGpu = onGpu ?? (asked !== 'auto' && asked !== 'off');
    if (!byGpu) return crashed;
    const line = gpuFailed(asked, how);
    say(line);
    log.warn({ model, gpu: asked }, line);
    return { ...crashed, settings: { ...crashed.settings, gpu: 'off' } };
  };
  try {
    return await openApart({ start, opening, afterCrash, clock: systemClock, log }, signal);
  } catch (error) {
    if (!(error instanceof ApartError)) throw error;
    if (error.trouble === 'unable') throw new EngineUnavailableError(error.message);
    if (error.trouble === 'mistake') throw new InputError(error.message);
    throw error;
  }
}

function startProcess() {
  // It thinks, and has no business with the bot's token.
  const env = { ...process.env };
  for (const secret of ['DISCORD_TOKEN', 'DATA_KEY']) delete env[secret];
  return fork(PROCESS, { env, serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}
