/** Opens a model in this process, whatever it takes: looked up in the catalog, downloaded, coached where it was trained for less. */
import path from 'node:path';
import { askedAs, type CatalogEntry } from '#brain/catalog.ts';
import { downloadModel } from '#brain/download/download.ts';
import { progressLine } from '#brain/download/progress.ts';
import { lentRow } from '#brain/download/resolve.ts';
import { freeGpuBytes } from '#brain/engine/load-model.ts';
import { gpuFor } from '#brain/gpu.ts';
import type { Brought } from '#brain/minds/company.ts';
import { withCoach } from '#brain/coached.ts';
import { createLlamaBrain } from '#brain/llama.ts';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { subjectsOf } from '#brain/prompts/subject.ts';
import { withUnderstudy } from '#brain/understudy.ts';
import { keepSpeed, speedOf, timed, type PlayedModel } from '#brain/speeds.ts';
import type { Content } from '#core/content.ts';
import type { Brain } from '#show/ports/brain.ts';
import type { Log } from '#show/ports/clock.ts';
import type { Settings } from '../settings.ts';
import { loadingLines } from './loading.ts';
import { checkMemory } from './room.ts';
import { modelHere, modelPlaces } from './places.ts';

const PROGRESS_EVERY_MS = 1_000;

export interface BrainDeps {
  settings: Settings;
  content: Content;
  /** Those of its cast whom shows brought beside the content's own, by the show: a model may leave them out. Default: nobody. */
  brought?: Brought | undefined;
  log: Log;
  /** A line for the person at the terminal: how far a download or a start is. */
  say: (line: string) => void;
  /** Told whether a GPU computes, as soon as that is known. */
  computes?: ((onGpu: boolean) => void) | undefined;
  signal: AbortSignal;
}

/** Opens a model by path or name; what it may reject with is told at `openBrain`. */
export type OpenModel = (deps: BrainDeps, nameOrPath: string) => Promise<Brain>;

/** Loads a GGUF by path or by its name in the catalog, downloading it first when it is not there. */
export async function openModel(deps: BrainDeps, nameOrPath: string): Promise<Brain> {
  const { settings, content, brought, log, say } = deps;
  const places = modelPlaces(settings.modelsDir);
  const resolved = modelHere(nameOrPath, places);
  const modelFile =
    resolved.kind === 'file' ? resolved.path : await fetchModel(deps, resolved.entry, resolved.path);
  const shipped = resolved.entry && 'cast' in resolved.entry ? resolved.entry : null;
  const lentBy = lentRow(modelFile, resolved.entry);
  let onGpu = false;
  const llama = await createLlamaBrain({
    modelFile,
    cast: content.cast.filter(({ id }) => shipped?.cast.includes(id) ?? true),
    brought,
    rooms: content.office.rooms,
    ...askedAs(resolved.entry),
    subjects: subjectsOf(content.headlines),
    label: shipped?.id,
    seed: settings.seed ?? 0,
    threads: settings.threads,
    cacheDir: places.cacheDir,
    gpu: gpuFor(settings.gpu, shipped !== null),
    notice: say,
    computes: (is) => {
      onGpu = is;
      deps.computes?.(is);
    },
    onProgress: loadingLines({
      title: (lentBy === null ? resolved.entry?.title : null) ?? path.basename(modelFile),
      shipped: shipped !== null,
      askedAs: lentBy,
      say,
      nowMs: () => performance.now(),
    }),
    log,
  });
  const played: PlayedModel = {
    file: path.basename(modelFile),
    fileBytes: llama.info.fileBytes,
    promptStyle: resolved.entry?.promptStyle ?? 'chat',
    threads: settings.threads ?? null,
    onGpu,
    ...((resolved.entry === null || lentBy !== null) && { path: path.resolve(modelFile) }),
  };
  const brain = timed(llama, (measured) =>
    keepSpeed(places.speedsFile, speedOf(played, measured), (line) =>
      log.warn({ file: places.speedsFile }, line),
    ),
  );
  const seed = settings.seed ?? 0;
  const lead =
    shipped?.trainedOn === 1
      ? withCoach(brain, { cast: content.cast, rooms: content.office.rooms, seed })
      : brain;
  if (shipped === null || content.cast.every(({ id }) => shipped.cast.includes(id)))
    return { ...lead, leftOut: llama.leftOut };
  const script = createScriptedBrain({ cast: content.cast, seed });
  return { ...withUnderstudy(lead, new Set(shipped.cast), script), leftOut: llama.leftOut };
}

async function fetchModel(
  { settings, content, brought, log, say, signal }: BrainDeps,
  entry: CatalogEntry,
  file: string,
): Promise<string> {
  await checkMemory({
    entry,
    file,
    traders: content.cast.length - (brought?.size ?? 0),
    gpuBytes: () => freeGpuBytes(settings.gpu, (line) => log.debug({ engine: line }, 'llama.cpp')),
  });
  let saidMs = 0;
  const fetched = await downloadModel({
    entry,
    path: file,
    base: settings.modelMirror,
    token: settings.hubToken,
    signal,
    onWait: () => say(`${entry.title}: another process is downloading it; waiting`),
    onProgress: (progress) => {
      if (Date.now() - saidMs < PROGRESS_EVERY_MS) return;
      saidMs = Date.now();
      say(progressLine(entry.title, progress));
    },
  });
  say(fetched.note);
  return fetched.path;
}
