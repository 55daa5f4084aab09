/** What the server is asked: a persona, what it sees this turn, and the form of its answer. */
import type { Persona } from '#core/content.ts';
import { DECISION_KEYS } from '#core/decision.ts';
import type { KeyOrder } from '#show/ports/brain.ts';
import type { Sampler, Thinking } from '../catalog.ts';
import { answerFields, systemText, type AnswerField } from '../prompts/prompt.ts';

/** How the maker of a model wants it to be asked. */
export interface ModelSettings {
  /** Null: the server's own settings. */
  sampler: Sampler | null;
  thinking: Thinking;
}

export interface Question extends ModelSettings {
  system: string;
  user: string;
  fields: readonly AnswerField[];
}

export const SERVERS_OWN_SETTINGS: ModelSettings = { sampler: null, thinking: { kind: 'none' } };

/** `persona` is undefined for an empty cast, which asks only the first question. */
export function questionOf(
  persona: Persona | undefined,
  user: string,
  roomNames: readonly string[],
  settings: ModelSettings,
  keyOrder: KeyOrder = DECISION_KEYS,
): Question {
  const system = persona ? systemText(persona, roomNames, keyOrder) : { shared: '', persona: '' };
  return {
    system: `${system.shared}\n\n${system.persona}`,
    user,
    fields: answerFields(roomNames, keyOrder),
    sampler: settings.sampler,
    thinking: settings.thinking,
  };
}
