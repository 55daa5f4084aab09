/** How a model is asked: the fixed start of a trader's prompt, and its turn, in the style that the model wants. */
import type { Persona } from '#core/content.ts';
import type { TraderId } from '#core/vocabulary.ts';
import type { KeyOrder, Turn } from '#show/ports/brain.ts';
import type { CatalogEntry } from './catalog.ts';
import type { MindOptions, PromptText } from './engine/engine.ts';
import type { ChatFrame, ShownTurn } from './engine/template.ts';
import { compactPersona, compactText, moodOf, type CompactEdition } from './prompts/compact.ts';
import type { Floor } from './prompts/examples.ts';
import { systemText, turnText } from './prompts/prompt.ts';
import type { WordingName } from './prompts/wordings.ts';
import type { Subjects } from './prompts/subject.ts';

export interface Asking extends Floor {
  /** Default: `chat`. */
  promptStyle?: CatalogEntry['promptStyle'] | undefined;
  /** The compact prompt that the model was trained on. Default: 1. */
  trainedOn?: CompactEdition | undefined;
  /** The order of the answer's keys. */
  keyOrder: KeyOrder;
  /** Of the house rules. Default: the show's. */
  wording?: WordingName | undefined;
  frame: ChatFrame;
  /** Worked turns, by trader. */
  shown: ReadonlyMap<TraderId, readonly ShownTurn[]>;
  /** The show's, for moods. */
  seed: number;
  subjects?: Subjects | undefined;
}

const NO_SUBJECTS: Subjects = new Map();

export function prefixOf(
  persona: Persona,
  { promptStyle, rooms, keyOrder, wording, shown, frame }: Asking,
): Pick<MindOptions, 'sharedText' | 'personaText' | 'addBos'> {
  if (promptStyle === 'compact') return { sharedText: '', personaText: compactPersona(persona) };
  const roomNames = rooms.map(({ name }) => name);
  const { shared, persona: own } = systemText(persona, roomNames, keyOrder, wording);
  return {
    sharedText: frame.opening(shared),
    personaText: [`\n${own}`, ...frame.beforeTurn(shown.get(persona.id) ?? [])],
    addBos: frame.addBos,
  };
}

/** The turn's id names its mood. */
export function turnPrompt(
  { id, observation }: Turn,
  { promptStyle, trainedOn, cast, seed, frame, subjects = NO_SUBJECTS }: Asking,
): PromptText {
  const persona = cast.find((each) => each.id === observation.trader);
  if (promptStyle === 'compact' && persona)
    return compactText(observation, persona, moodOf(`${seed}/${id}`), subjects, trainedOn);
  return frame.turn(turnText(observation));
}
