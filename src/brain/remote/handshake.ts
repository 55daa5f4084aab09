/** The first contact: which models the server has, then one question that finds out how it wants to be asked. */
import { DECISION_KEYS } from '#core/decision.ts';
import { errorText } from '#lib/error-text.ts';
import { workedTurns } from '../prompts/examples.ts';
import type { Address } from './address.ts';
import { chooseModel, type Choice } from './models.ts';
import type { RemoteOptions } from './options.ts';
import { probe, type Probed } from './probe.ts';
import { questionOf, SERVERS_OWN_SETTINGS, type ModelSettings } from './question.ts';

export interface Handshake {
  /** Null when the model could not be chosen at this server. */
  choice: Choice | null;
  settings: ModelSettings;
  probed: Probed;
}

const PROBE_TEXT = 'The market has not opened yet. Trade is Hold. Nobody else is here: say nothing.';

/** Rejects with RemoteBrainError when the server cannot be asked at all, or must be told which of its models to use. */
export async function handshake(
  address: Address,
  options: RemoteOptions,
  limitMs: number,
  closing: AbortSignal,
): Promise<Handshake> {
  const chosen = await chooseModel(address, options.model, { waitMs: limitMs, closing, log: options.log });
  if (chosen.kind === 'refused') return { choice: null, settings: SERVERS_OWN_SETTINGS, probed: chosen };
  const { choice } = chosen;
  const settings = options.settingsOf?.(choice.model) ?? SERVERS_OWN_SETTINGS;
  return { choice, settings, probed: await tryOut(choice, settings, address, options, limitMs, closing) };
}

/** Never rejects: a server that breaks off here is bad luck. */
async function tryOut(
  choice: Choice,
  settings: ModelSettings,
  address: Address,
  { cast, rooms, keyOrder = DECISION_KEYS, log }: RemoteOptions,
  limitMs: number,
  closing: AbortSignal,
): Promise<Probed> {
  const roomNames = rooms.map(({ name }) => name);
  const [persona] = cast;
  const shown = persona ? workedTurns(persona, { cast, rooms }, keyOrder) : [];
  const limit = AbortSignal.timeout(limitMs);
  let told = false;
  try {
    return await probe(choice, {
      address,
      question: questionOf({ persona, shown, user: PROBE_TEXT, roomNames, keyOrder }, settings),
      roomNames,
      signal: AbortSignal.any([limit, closing]),
      deadlineMs: performance.now() + limitMs,
      // llama-server lists its model while it is loading it.
      onBusy: () => {
        if (!told)
          log.info({ host: address.host }, 'the server is busy, or still loading its model; waiting');
        told = true;
      },
    });
  } catch (error) {
    const problem = limit.aborted ? `no answer within ${limitMs} ms` : address.redact(errorText(error));
    return { kind: 'unlucky', problem };
  }
}
