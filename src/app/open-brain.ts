/** Opens the brain that the settings ask for. A model is loaded once and thinks for every show of the process. */
import { loadCatalog } from '#brain/catalog.ts';
import { createRemoteBrain } from '#brain/remote/remote.ts';
import { EngineUnavailableError } from '#brain/engine/errors.ts';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { servedModel } from '#brain/served-model.ts';
import { withStandIn } from '#brain/stand-in.ts';
import { BrainSwitch } from '#brain/switch.ts';
import type { Brain, ModelDesk } from '#show/ports/brain.ts';
import { openModelApart } from './models/apart-model.ts';
import type { BrainDeps, OpenModel } from './models/open-model.ts';
import { DEFAULT_MODEL } from './settings.ts';

export interface OpenBrain {
  /** For a show with this seed. */
  brainFor: (seed: number) => Brain;
  /** Plays where that brain leaves nothing to see; null where there is no other. */
  standInFor: (seed: number) => Brain | null;
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
        standInFor: () => null,
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
  // The engine's code is loaded in the process where it is needed.
  const open =
    settings.brainProcess === 'own' ? openModelApart : (await import('./models/open-model.ts')).openModel;
  try {
    return changeable(deps, open, await open(deps, settings.model ?? DEFAULT_MODEL));
  } catch (error) {
    if (settings.brainIsChosen || !(error instanceof EngineUnavailableError)) throw error;
    say(`${error.message}. The scripted brain plays instead; BRAIN=scripted asks for it without this line.`);
    return openBrain({ ...deps, settings: { ...settings, brain: 'scripted' } });
  }
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
    standInFor: (seed) => createScriptedBrain({ cast: content.cast, seed }),
    models: null,
    close: () => remote.close(),
  };
}

/** Both models are in memory for a moment: one that does not load leaves the show as it was. */
function changeable(deps: BrainDeps, open: OpenModel, first: Brain): OpenBrain {
  const brain = new BrainSwitch(first);
  const script = (seed: number): Brain => createScriptedBrain({ cast: deps.content.cast, seed });
  return {
    brainFor: (seed) => withStandIn(brain, script(seed)),
    standInFor: script,
    models: {
      known: () => {
        const { shipped = [], models } = loadCatalog();
        return [...shipped, ...models].map(({ id, title }) => ({ id, title }));
      },
      change: async (name) => brain.to(await open(deps, name)),
    },
    close: () => brain.close(),
  };
}
