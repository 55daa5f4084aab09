/** One turn of a model in this process: what it is asked, what is lent to it, and how what it wrote becomes a decision. */
import { decisionSchema, SPEECH_MAX, THOUGHT_MAX } from '#core/decision.ts';
import { errorText } from '#lib/error-text.ts';
import { FumbleError, type Answer, type Turn } from '#show/ports/brain.ts';
import { turnPrompt, type Asking } from './asking.ts';
import type { Sampler } from './catalog.ts';
import type { Choices } from './choices/choices.ts';
import { AnswerAbortedError } from './engine/errors.ts';
import type { Answer as EngineAnswer } from './engine/mind.ts';
import { readDecision } from './free-text.ts';
import { landed } from './lines/landing.ts';
import type { LineSettings } from './lines/settings.ts';
import type { TraderGuards } from './lines/trader-guards.ts';
import { turnRules } from './lines/turn-rules.ts';
import type { Voices } from './lines/voices.ts';
import type { AskedMind, Minds } from './minds/minds.ts';
import { plainLine } from './plain-line.ts';
import { answerFields } from './prompts/prompt.ts';
import { newsWithSubject, withSubject, type Subjects } from './prompts/subject.ts';
import { samplerFor } from './turn-sampler.ts';

export interface Thinking extends Asking, Pick<LineSettings, 'memory' | 'look' | 'grammar'> {
  sampler?: Sampler | undefined;
  minds: Minds;
  guards: TraderGuards | null;
  voices: Voices | null;
  choices: Choices | null;
}

const NO_SUBJECTS: Subjects = new Map();

/** Rejects with a FumbleError: `aborted`, `engine_error`, or without a grammar `invalid`. */
export async function think(turn: Turn, signal: AbortSignal, thinking: Thinking): Promise<Answer> {
  const { observation } = turn;
  const mind = thinking.minds.take(observation.trader);
  if (!mind)
    throw new FumbleError('engine_error', `${observation.trader} is not in the cast that the model was told`);
  const roomNames = observation.rooms.map((room) => room.name);
  try {
    if (!thinking.grammar) return await writtenFreely(turn, mind, signal, thinking);
    const rules = turnRules(turn, thinking);
    const answer = await mind.answer({
      text: turnPrompt(turn, thinking),
      schema: answerFields(roomNames, thinking.keyOrder),
      sampler: samplerFor(thinking, turn),
      guard: thinking.guards?.for(observation, turn.floor, rules),
      choose: thinking.choices?.for(turn, thinking.seed),
      begun: rules?.begun,
      favoured: thinking.voices?.for(observation),
      signal,
    });
    const plain = {
      ...answer.fields,
      thought: spoken('thought', answer, thinking),
      speech: spoken('speech', answer, thinking),
    };
    const fields = thinking.promptStyle === 'compact' ? withNewsNamed(plain, turn, thinking) : plain;
    const decision = decisionSchema(roomNames).parse(fields);
    if (turn.aside !== true) thinking.guards?.remember(observation.trader, decision, turn.floor);
    return { decision, raw: answer.json, tokens: answer.tokens, ms: Math.round(answer.milliseconds) };
  } catch (error) {
    if (error instanceof FumbleError) throw error;
    if (signal.aborted || error instanceof AnswerAbortedError) {
      throw new FumbleError('aborted', 'the turn was over before the model had answered', { cause: error });
    }
    const message = errorText(error);
    throw new FumbleError('engine_error', message, { cause: error });
  } finally {
    thinking.minds.giveBack(mind);
  }
}

/** What a model does by itself, read as leniently as a server's answer. Throws FumbleError `invalid` where that is no decision. */
async function writtenFreely(
  turn: Turn,
  mind: AskedMind,
  signal: AbortSignal,
  thinking: Thinking,
): Promise<Answer> {
  const roomNames = turn.observation.rooms.map((room) => room.name);
  const { text, cut, tokens, milliseconds } = await mind.write({
    text: turnPrompt(turn, thinking),
    // A penalty would count the marks of JSON among what was said too often; under the schema it counts words alone.
    sampler: { ...samplerFor(thinking, turn), repetition: { penalty: 1, lastTokens: 0 } },
    maxTokens: FREE_TOKENS,
    signal,
  });
  const said = { content: text, reasoning: '', cut };
  const decision = readDecision(said, answerFields(roomNames, thinking.keyOrder), roomNames);
  return { decision, raw: text, tokens, ms: Math.round(milliseconds) };
}

/** As long as the longest answer under the schema. */
const FREE_TOKENS = 210;

function spoken(field: string, { fields, cut }: EngineAnswer, { guards }: Thinking): string {
  const text = fields[field] ?? '';
  return guards ? landed(text, { cut: cut.includes(field) }) : plainLine(text);
}

interface Words {
  thought: string;
  speech: string;
}

/** The words of a compact answer, with the subject of the news in place of its mark. */
function withNewsNamed(fields: Words, { observation }: Turn, { subjects = NO_SUBJECTS }: Thinking): Words {
  const subject = newsWithSubject(observation.headlines, subjects)?.subject ?? null;
  return {
    ...fields,
    thought: withSubject(fields.thought, subject, THOUGHT_MAX),
    speech: withSubject(fields.speech, subject, SPEECH_MAX),
  };
}
