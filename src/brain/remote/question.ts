/** What the server is asked: a persona, what it sees this turn, and the form of its answer. */
import type { Persona } from '#core/content.ts';
import type { KeyOrder } from '#show/ports/brain.ts';
import type { Sampler, Thinking } from '../catalog.ts';
import type { ShownTurn } from '../engine/template.ts';
import { answerFields, systemText, type AnswerField } from '../prompts/prompt.ts';

/** How the maker of a model wants it to be asked. */
export interface ModelSettings {
  /** Null: the server's own settings. */
  sampler: Sampler | null;
  thinking: Thinking;
}

export interface Question extends ModelSettings {
  system: string;
  /** Worked turns, as earlier messages. */
  shown: readonly ShownTurn[];
  user: string;
  fields: readonly AnswerField[];
}

export const SERVERS_OWN_SETTINGS: ModelSettings = { sampler: null, thinking: { kind: 'none' } };

/** What a question is about, besides how its model wants to be asked. */
export interface Subject {
  /** Undefined for an empty cast, which asks only the first question. */
  persona: Persona | undefined;
  shown: readonly ShownTurn[];
  user: string;
  /** Where it may go this turn. */
  roomNames: readonly string[];
  keyOrder: KeyOrder;
}

export function questionOf(
  { persona, shown, user, roomNames, keyOrder }: Subject,
  { sampler, thinking }: ModelSettings,
): Question {
  const system = persona ? systemText(persona, roomNames, keyOrder) : { shared: '', persona: '' };
  return {
    system: `${system.shared}\n\n${system.persona}`,
    shown,
    user,
    fields: answerFields(roomNames, keyOrder),
    sampler,
    thinking,
  };
}
