/** What the ways of a benchmark are asked where words matter: the turns of a show that the scripted brain plays, four a round. */
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { systemText, turnText, type SystemText } from '#brain/prompts/prompt.ts';
import { SPEECH_MAX, THOUGHT_MAX } from '#core/decision.ts';
import type { Persona } from '#core/content.ts';
import type { Observation } from '#core/observation.ts';
import { observe } from '#core/observe.ts';
import { nextSpeakers } from '#core/speaking.ts';
import type { TraderId } from '#core/vocabulary.ts';
import { SIZES, TRADES } from '#core/vocabulary.ts';
import { content, Floor } from '#test/support/floor.ts';

export interface ShowTurn {
  id: string;
  trader: TraderId;
  observation: Observation;
  /** The fixed prompt, and what is new: the words of this project's brain for everybody. */
  system: SystemText;
  user: string;
}

export const roomNames = content.office.rooms.map(({ name }) => name);

/** The seed's schema: names and choices, no lengths. An answer ends where the model ends it, or at `maxAnswerTokens`. */
export const seedSchema = {
  type: 'object',
  properties: {
    thought: { type: 'string' },
    trade: { type: 'string', enum: [...TRADES] },
    size: { type: 'string', enum: [...SIZES] },
    speech: { type: 'string' },
    location: { type: 'string', enum: [...roomNames] },
  },
  required: ['thought', 'trade', 'size', 'speech', 'location'],
  additionalProperties: false,
} as const;

const CHARACTERS_A_TOKEN = 3;
const SKELETON_TOKENS = 60;
/** What this project's own bounds of an answer come to, in tokens of an ordinary vocabulary. */
export const maxAnswerTokens = Math.ceil((THOUGHT_MAX + SPEECH_MAX) / CHARACTERS_A_TOKEN) + SKELETON_TOKENS;

/** `rounds` rounds in which the market is open, four turns each; the same for the same seed. */
export async function showTurns(rounds: number, seed: number): Promise<ShowTurn[][]> {
  const floor = new Floor({ seed, rules: { intermissionRounds: 1, episodeRounds: rounds + 2 } });
  const brain = createScriptedBrain({ cast: content.cast, seed });
  const never = new AbortController().signal;
  const recorded: ShowTurn[][] = [];
  while (recorded.length < rounds) {
    floor.act({ type: 'openRound' });
    const turns: ShowTurn[] = [];
    for (let trader = nextSpeakers(floor.state)[0]; trader; trader = nextSpeakers(floor.state)[0]) {
      const observation = observe(floor.state, trader, content);
      const id = `${observation.round}:${trader}`;
      turns.push(turnOf(id, observation));
      const { decision } = await brain.think({ id, observation }, never);
      floor.act({ type: 'takeTurn', trader, decision, fumble: null });
    }
    floor.act({ type: 'closeRound' });
    if (floor.state.phase === 'episode') recorded.push(turns);
  }
  return recorded;
}

function turnOf(id: string, observation: Observation): ShowTurn {
  const { trader } = observation;
  const system = systemText(personaOf(trader), roomNames);
  return { id, trader, observation, system, user: turnText(observation) };
}

export function personaOf(trader: TraderId): Persona {
  const persona = content.cast.find(({ id }) => id === trader);
  if (!persona) throw new Error(`no persona for ${trader}`);
  return persona;
}

/** Whether an answer is one JSON object with every key of the schema. */
export function isWhole(answer: string): boolean {
  try {
    const json: unknown = JSON.parse(answer);
    return typeof json === 'object' && json !== null && seedSchema.required.every((key) => key in json);
  } catch {
    return false; // what is counted
  }
}
