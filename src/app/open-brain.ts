/** Opens the brain that the settings ask for. A model is loaded once and thinks for every show of the process. */
import path from 'node:path';
import { askedAs, loadCatalog, resolveModel, type CatalogEntry } from '#brain/catalog.ts';
import { downloadModel } from '#brain/download/download.ts';
import { progressLine } from '#brain/download/progress.ts';
import { forCast, ledBy, union } from '#brain/cast-brain.ts';
import { withCoach } from '#brain/coached.ts';
import { createLlamaBrain } from '#brain/llama.ts';
import { createRemoteBrain } from '#brain/remote/remote.ts';
import { EngineUnavailableError } from '#brain/engine/errors.ts';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { servedModel } from '#brain/served-model.ts';
import { withStandIn } from '#brain/stand-in.ts';
import { subjectsOf } from '#brain/prompts/subject.ts';
import type { Content, Persona } from '#core/content.ts';
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
  /** Personas that shows have beside it, so that a model is told of them as it is loaded. */
  ownCasts: readonly (readonly Persona[])[];
  log: Log;
  /** A line for the person at the terminal: how far a download or a start is. */
  say: (line: string) => void;
  signal: AbortSignal;
}

export interface OpenBrain {
  /** For a show with this seed, and the cast that plays it now. */
  brainFor: (seed: number, cast: () => readonly Persona[]) => Brain;
  /** Null where there is no model to change. */
  models: ModelDesk | null;
  close: () => Promise<void>;
}

/** Rejects with ModelFileError, ModelFetchError, TemplateError, EngineUnavailableError or RemoteBrainError: one line each. */
export async function openBrain(deps: BrainDeps): Promise<OpenBrain> {
  const { settings } = deps;
  switch (settings.brain) {
    case 'scripted':
      return {
        brainFor: scripted,
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

const scripted: OpenBrain['brainFor'] = (seed, cast) =>
  forCast(cast, (now) => createScriptedBrain({ cast: now, seed }));

/** A brain that several shows share, and the personas that it was told of. */
interface Lead {
  brain: Brain;
  told: readonly Persona[];
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
async function openModel(deps: BrainDeps, nameOrPath: string): Promise<Lead> {
  const { settings, content, log, say } = deps;
  const resolved = resolveModel(nameOrPath, { modelsDir: MODELS_DIR, catalog: loadCatalog() });
  const modelFile =
    resolved.kind === 'file' ? resolved.path : await fetchModel(deps, resolved.entry, resolved.path);
  const shipped = resolved.entry && 'cast' in resolved.entry ? resolved.entry : null;
  const told = union([content.cast, ...deps.ownCasts]).filter(({ id }) => shipped?.cast.includes(id) ?? true);
  const llama = await createLlamaBrain({
    modelFile,
    cast: told,
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
  return { brain: shipped?.trainedOn === 1 ? withCoach(brain, { cast: told, seed }) : brain, told };
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
async function openRemote({ settings, content, ownCasts, log, say }: BrainDeps): Promise<OpenBrain> {
  const catalog = loadCatalog();
  const told = union([content.cast, ...ownCasts]);
  const remote = await createRemoteBrain({
    url: settings.brainUrl ?? '',
    model: settings.model,
    apiKey: settings.brainApiKey,
    cast: told,
    rooms: content.office.rooms,
    timeLimitMs: settings.turnSeconds * 1_000,
    settingsOf: (model) => servedModel(model, catalog),
    log,
  });
  if (remote.stoppedBy !== null) say(`${remote.stoppedBy}. The scripted brain plays in its place.`);
  return {
    brainFor: (seed, cast) =>
      forCast(cast, (now) => {
        const standIn = createScriptedBrain({ cast: now, seed });
        return ledBy(withStandIn(remote, standIn), told, now, standIn);
      }),
    models: null,
    close: () => remote.close(),
  };
}

/** Both models are in memory for a moment: one that does not load leaves the show as it was. */
function changeable(deps: BrainDeps, first: Lead): OpenBrain {
  const brain = new BrainSwitch(first.brain);
  const shows: (() => readonly Persona[])[] = [];
  let { told } = first;
  return {
    brainFor: (seed, cast) => {
      shows.push(cast);
      return following(brain, cast, () => told, seed);
    },
    models: {
      known: () => {
        const { shipped = [], models } = loadCatalog();
        return [...shipped, ...models].map(({ id, title }) => ({ id, title }));
      },
      change: async (name) => {
        const next = await openModel({ ...deps, ownCasts: shows.map((cast) => cast()) }, name);
        ({ told } = next);
        await brain.to(next.brain);
      },
    },
    close: () => brain.close(),
  };
}

/** Whoever the model was not told of plays by the script, until it is loaded again. */
function following(
  brain: Brain,
  cast: () => readonly Persona[],
  told: () => readonly Persona[],
  seed: number,
): Brain {
  let known = told();
  let led = forCast(cast, (now) => ledBy(brain, known, now, createScriptedBrain({ cast: now, seed })));
  const current = (): Brain => {
    if (known === told()) return led;
    known = told();
    led = forCast(cast, (now) => ledBy(brain, known, now, createScriptedBrain({ cast: now, seed })));
    return led;
  };
  return {
    get label() {
      return current().label;
    },
    think: (turn, signal) => current().think(turn, signal),
    close: () => Promise.resolve(),
  };
}
