/** Opens the brain that the settings ask for. A model is loaded once and thinks for every show of the process. */
import { forCast, ledBy, onFloor, union } from '#brain/cast-brain.ts';
import { loadCatalog } from '#brain/catalog.ts';
import { createRemoteBrain } from '#brain/remote/remote.ts';
import { EngineUnavailableError } from '#brain/engine/errors.ts';
import { createScriptedBrain, createScriptedTwin } from '#brain/scripted/scripted.ts';
import { servedModel } from '#brain/served-model.ts';
import { withStandIn } from '#brain/stand-in.ts';
import { BrainSwitch } from '#brain/switch.ts';
import type { Persona } from '#core/content.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { Brain, ModelDesk, Twin } from '#show/ports/brain.ts';
import { openModelApart } from './models/apart-model.ts';
import type { OwnCast } from './models/kept-casts.ts';
import type { BrainDeps, OpenModel } from './models/open-model.ts';
import { DEFAULT_MODEL } from './settings.ts';

type CastNow = () => readonly Persona[];

export interface OpenBrainDeps extends Omit<BrainDeps, 'brought'> {
  /** Casts that shows have beside the content's, so that a model is told of them as it is loaded: the first before the others. */
  ownCasts: readonly OwnCast[];
  /** Default: in the process that the settings name. */
  openModel?: OpenModel | undefined;
}

export interface OpenBrain {
  /** For a show with this seed, and the cast that plays it now; closing it ends that show alone. */
  brainFor: (seed: number, cast: CastNow) => Brain;
  /** Plays where that brain leaves nothing to see; null where there is no other. */
  standInFor: (seed: number, cast: CastNow) => Brain | null;
  /** What the show is compared with; null where that itself plays. */
  twinFor: (cast: CastNow) => Twin | null;
  /** Null where there is no model to change. */
  models: ModelDesk | null;
  close: () => Promise<void>;
}

/** Rejects with ModelFileError, ModelFetchError, TemplateError, EngineUnavailableError or RemoteBrainError: one line each. */
export async function openBrain(deps: OpenBrainDeps): Promise<OpenBrain> {
  const open = await openAny(deps);
  let floors = 0;
  return {
    ...open,
    brainFor: (seed, cast) => {
      floors += 1;
      return onFloor(open.brainFor(seed, cast), `show ${floors}`);
    },
  };
}

async function openAny(deps: OpenBrainDeps): Promise<OpenBrain> {
  const { settings } = deps;
  switch (settings.brain) {
    case 'scripted':
      return {
        brainFor: script,
        standInFor: () => null,
        twinFor: () => null,
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

const script = (seed: number, cast: CastNow): Brain =>
  forCast(cast, (now) => createScriptedBrain({ cast: now, seed }));

/** With everybody whom a model is to be told of, and who brought them. */
function toldOf({ ownCasts, content, ...deps }: OpenBrainDeps): BrainDeps {
  const cast = union([content.cast, ...ownCasts.map((own) => own.cast)]);
  const brought = cast.flatMap(({ id }): [TraderId, string][] => {
    if (content.cast.some((one) => one.id === id)) return [];
    const by = ownCasts.find((own) => own.cast.some((one) => one.id === id));
    return by ? [[id, by.show]] : [];
  });
  return { ...deps, content: { ...content, cast }, brought: new Map(brought) };
}

/** Where nobody asked for a model and this machine cannot run one, the show goes on with the scripted brain. */
async function openLlama(deps: OpenBrainDeps): Promise<OpenBrain> {
  const { settings, say } = deps;
  // The engine's code is loaded in the process where it is needed.
  const open =
    deps.openModel ??
    (settings.brainProcess === 'own' ? openModelApart : (await import('./models/open-model.ts')).openModel);
  try {
    const told = toldOf(deps);
    return changeable(deps, open, {
      brain: await open(told, settings.model ?? DEFAULT_MODEL),
      told: told.content.cast,
    });
  } catch (error) {
    if (settings.brainIsChosen || !(error instanceof EngineUnavailableError)) throw error;
    say(`${error.message}. The scripted brain plays instead; BRAIN=scripted asks for it without this line.`);
    return openAny({ ...deps, settings: { ...settings, brain: 'scripted' } });
  }
}

/** A server that refuses for good, at the start or in the middle of a show, leaves it to the scripted brain. */
async function openRemote(deps: OpenBrainDeps): Promise<OpenBrain> {
  const { settings, content, log, say } = toldOf(deps);
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
    brainFor: (seed, cast) => {
      const standIn = script(seed, cast);
      return forCast(cast, (now) => ledBy(withStandIn(remote, standIn), content.cast, now, standIn));
    },
    standInFor: script,
    twinFor: createScriptedTwin,
    models: null,
    close: () => remote.close(),
  };
}

/** A brain that several shows share, and the personas that it was told of. */
interface Lead {
  brain: Brain;
  told: readonly Persona[];
}

/**
 * Both models are in memory for a moment: one that does not load leaves the show as it was. Whoever a model was not told of, or left
 * out, plays by the script, until it is loaded again.
 */
function changeable(deps: OpenBrainDeps, open: OpenModel, first: Lead): OpenBrain {
  const brain = new BrainSwitch(first.brain);
  const shows = new Set<CastNow>();
  let { told } = first;
  return {
    brainFor: (seed, cast) => {
      shows.add(cast);
      const standIn = script(seed, cast);
      // Another model may know others, so each turn asks who is known now.
      const led = (): Brain => {
        const known = told.filter(({ id }) => !brain.leftOut.has(id));
        return ledBy(withStandIn(brain, standIn), known, cast(), standIn);
      };
      return {
        get label() {
          return led().label;
        },
        think: (turn, signal) => led().think(turn, signal),
        close: () => {
          shows.delete(cast);
          return Promise.resolve();
        },
      };
    },
    standInFor: script,
    twinFor: createScriptedTwin,
    models: {
      known: () => {
        const { shipped = [], models } = loadCatalog();
        return [...shipped, ...models].map(({ id, title }) => ({ id, title }));
      },
      isShared: () => false,
      change: async (name) => {
        const ownCasts = [...shows].map((cast, at) => ({ show: `show ${at + 1}`, cast: cast() }));
        const next = toldOf({ ...deps, ownCasts });
        await brain.to(await open(next, name));
        told = next.content.cast;
      },
    },
    close: () => brain.close(),
  };
}
