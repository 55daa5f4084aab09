/** Opens the brain that the settings ask for. A model is loaded once and thinks for every show of the process. */
import path from 'node:path';
import { askedAs, loadCatalog, resolveModel, type CatalogEntry } from '#brain/catalog.ts';
import { downloadModel } from '#brain/download/download.ts';
import { progressLine } from '#brain/download/progress.ts';
import { withCoach } from '#brain/coached.ts';
import { createLlamaBrain } from '#brain/llama.ts';
import { createRemoteBrain } from '#brain/remote/remote.ts';
import { EngineUnavailableError } from '#brain/engine/errors.ts';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { servedModel } from '#brain/served-model.ts';
import { withStandIn } from '#brain/stand-in.ts';
import { subjectsOf } from '#brain/prompts/subject.ts';
import { withUnderstudy } from '#brain/understudy.ts';
import type { Content } from '#core/content.ts';
import { BrainSwitch } from '#brain/switch.ts';
import type { Brain, ModelDesk } from '#show/ports/brain.ts';
import type { Log } from '#show/ports/clock.ts';
import { keepSpeed, speedOf, timed } from '#brain/speeds.ts';
import { loadingLines } from './models/loading.ts';
import { CACHE_DIR, MODELS_DIR, SPEEDS_FILE } from './models/places.ts';
import { DEFAULT_MODEL, type Settings } from './settings.ts';

const PROGRESS_EVERY_MS = 1_000;

export interface BrainDeps {
  settings: Settings;
  content: Content;
  log: Log;
  /** A line for the person at the terminal: how far a download or a start is. */
  say: (line: string) => void;
  signal: AbortSignal;
}

export interface OpenBrain {
  /** For a show with this seed. */
  brainFor: (seed: number) => Brain;
  /** Null where there is no model to change. */
  models: ModelDesk | null;
  close: () => Promise<void>;
}

/** Rejects with ModelFileError, ModelFetchError, TemplateError, EngineUnavailableError or RemoteBrainError: one line each. */
export async function openBrain(deps: BrainDeps): Promise<OpenBrain> {
  const { settings, content } = deps;
  switch (settings.brain) {
    case 'scripted':
      return {
        brainFor: (seed) => createScriptedBrain({ cast: content.cast, seed }),
        models: null,
        close: () => Promise.resolve(),
      };
    case 'llama':
      return openLlama(deps);
    case 'remote':
      return openRemote(deps);
    default:
      return settings.brain satisfies never;
  }
}

/** Where nobody asked for a model and this machine cannot run one, the show goes on with the scripted brain. */
async function openLlama(deps: BrainDeps): Promise<OpenBrain> {
  const { settings, say } = deps;
  try {
    return changeable(deps, await openModel(deps, settings.model ?? DEFAULT_MODEL));
  } catch (error) {
    if (settings.brainIsChosen || !(error instanceof EngineUnavailableError)) throw error;
    say(`${error.message}. The scripted brain plays instead; BRAIN=scripted asks for it without this line.`);
    return openBrain({ ...deps, settings: { ...settings, brain: 'scripted' } });
  }
}

/** Loads a GGUF by path or by its name in the catalog, downloading it first when it is not there. */
async function openModel(deps: BrainDeps, nameOrPath: string): Promise<Brain> {
  const { settings, content, log, say } = deps;
  const resolved = resolveModel(nameOrPath, { modelsDir: MODELS_DIR, catalog: loadCatalog() });
  const modelFile =
    resolved.kind === 'file' ? resolved.path : await fetchModel(deps, resolved.entry, resolved.path);
  const shipped = resolved.entry && 'cast' in resolved.entry ? resolved.entry : null;
  const llama = await createLlamaBrain({
    modelFile,
    cast: content.cast.filter(({ id }) => shipped?.cast.includes(id) ?? true),
    rooms: content.office.rooms,
    ...askedAs(resolved.entry),
    subjects: subjectsOf(content.headlines),
    label: shipped?.id,
    seed: settings.seed ?? 0,
    threads: settings.threads,
    cacheDir: CACHE_DIR,
    // A model that takes milliseconds gains nothing from a GPU.
    gpu: shipped && settings.gpu === 'auto' ? 'off' : settings.gpu,
    notice: say,
    onProgress: loadingLines({
      title: resolved.entry?.title ?? path.basename(modelFile),
      shipped: shipped !== null,
      say,
      nowMs: () => performance.now(),
    }),
    log,
  });
  const known = {
    file: path.basename(modelFile),
    fileBytes: llama.info.fileBytes,
    promptStyle: resolved.entry?.promptStyle ?? 'chat',
  };
  const brain = timed(llama, (measured) =>
    keepSpeed(SPEEDS_FILE, speedOf(known, measured), (line) => log.warn({ file: SPEEDS_FILE }, line)),
  );
  const seed = settings.seed ?? 0;
  const lead = shipped?.trainedOn === 1 ? withCoach(brain, { cast: content.cast, seed }) : brain;
  if (shipped === null || content.cast.every(({ id }) => shipped.cast.includes(id))) return lead;
  return withUnderstudy(lead, new Set(shipped.cast), createScriptedBrain({ cast: content.cast, seed }));
}

async function fetchModel(
  { settings, say, signal }: BrainDeps,
  entry: CatalogEntry,
  file: string,
): Promise<string> {
  let saidMs = 0;
  const fetched = await downloadModel({
    entry,
    path: file,
    base: settings.modelMirror,
    token: settings.hubToken,
    signal,
    onProgress: (progress) => {
      if (Date.now() - saidMs < PROGRESS_EVERY_MS) return;
      saidMs = Date.now();
      say(progressLine(entry.title, progress));
    },
  });
  say(fetched.note);
  return fetched.path;
}

/** A server that refuses for good, at the start or in the middle of a show, leaves it to the scripted brain. */
async function openRemote({ settings, content, log, say }: BrainDeps): Promise<OpenBrain> {
  const catalog = loadCatalog();
  const remote = await createRemoteBrain({
    url: settings.brainUrl ?? '',
    model: settings.model,
    apiKey: settings.brainApiKey,
    cast: content.cast,
    rooms: content.office.rooms,
    timeLimitMs: settings.turnSeconds * 1_000,
    settingsOf: (model) => servedModel(model, catalog),
    log,
  });
  if (remote.stoppedBy !== null) say(`${remote.stoppedBy}. The scripted brain plays in its place.`);
  return {
    brainFor: (seed) => withStandIn(remote, createScriptedBrain({ cast: content.cast, seed })),
    models: null,
    close: () => remote.close(),
  };
}

/** Both models are in memory for a moment: one that does not load leaves the show as it was. */
function changeable(deps: BrainDeps, first: Brain): OpenBrain {
  const brain = new BrainSwitch(first);
  return {
    brainFor: () => brain,
    models: {
      known: () => {
        const { shipped = [], models } = loadCatalog();
        return [...shipped, ...models].map(({ id, title }) => ({ id, title }));
      },
      change: async (name) => brain.to(await openModel(deps, name)),
    },
    close: () => brain.close(),
  };
}
