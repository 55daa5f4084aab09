/** One question at the start finds out where a server's API lies and which dialect the server understands. */
import { FumbleError } from '#show/ports/brain.ts';
import type { Address } from './address.ts';
import { readDecision, shown } from '../free-text.ts';
import { dialectAfter, FIRST_DIALECT, mayNameSetting, namesSetting, withNextFormat } from './dialect.ts';
import type { Dialect } from './dialect.ts';
import type { Choice } from './models.ts';
import { isMissing, lastingRefusal, type Refusal } from './refusal.ts';
import type { Question } from './question.ts';
import { readReply, wordsOf, type Said } from './reply.ts';
import { requestOf } from './request.ts';
import { send, type Reply } from './send.ts';

/** Where and how a server is asked. */
export interface Channel {
  base: string;
  model: string;
  dialect: Dialect;
}

interface Learned {
  kind: 'learned';
  channel: Channel;
  /** The model's name in the server's answer; null when the answer has none. */
  calledModel: string | null;
  /** What is wrong when the server answers, but without a decision in any dialect; null when all is well. */
  doubt: string | null;
}

interface Refused {
  kind: 'refused';
  refusal: Refusal;
}

export type Probed =
  | Learned
  | Refused
  /** Bad luck: the next question may succeed. */
  | { kind: 'unlucky'; problem: string };

export interface ProbeDeps {
  address: Address;
  question: Question;
  roomNames: readonly string[];
  signal: AbortSignal;
  /** By `performance.now()`. */
  deadlineMs: number;
  onBusy: () => void;
}

/** Tries the places in order, and in each place the dialects. Rejects as `send` does. */
export async function probe({ bases, model }: Choice, deps: ProbeDeps): Promise<Probed> {
  let refused: Refused | null = null;
  for (const base of bases) {
    const probed = await probeAt(base, model, deps);
    if (probed.kind !== 'refused') return probed;
    // Gateways refuse unknown paths in many ways, so a refusal that is not about the path says more.
    if (refused === null || probed.refusal.isAbout !== 'path') refused = probed;
  }
  return refused ?? { kind: 'unlucky', problem: 'nothing was asked' };
}

async function probeAt(base: string, model: string, deps: ProbeDeps): Promise<Probed> {
  const { address, question, signal, deadlineMs, onBusy } = deps;
  let answered: Learned | null = null;
  let lastRefusal: Reply | null = null;
  for (let dialect: Dialect | null = FIRST_DIALECT; dialect !== null;) {
    const request = requestOf(question, dialect, base, model);
    const reply = await send({ address, ...request, signal, deadlineMs, onBusy });
    if (reply.status === 200) {
      const said = saidIn(reply, address);
      if (said === null) return notCompatible(reply, address);
      const doubt = doubtAbout(said, deps);
      answered = { kind: 'learned', channel: { base, model, dialect }, calledModel: said.model, doubt };
      // A model that thinks aloud does so in every dialect.
      if (doubt === null || said.reasoning !== '') return answered;
      dialect = withNextFormat(dialect);
    } else if (dialect.format === 'ollama' && isMissing(reply.status)) {
      dialect = withNextFormat(dialect); // not every server is an Ollama
    } else {
      lastRefusal = reply;
      dialect = dialectBehind(dialect, reply);
    }
  }
  if (answered !== null) return answered;
  return lastRefusal === null
    ? { kind: 'unlucky', problem: 'no answer' }
    : verdictOn(lastRefusal, address, model);
}

/** A refusal that names nothing may still be about the form: llama-cpp-python once said no more than 500. */
function dialectBehind(dialect: Dialect, reply: Reply): Dialect | null {
  const next = dialectAfter(dialect, reply);
  return next === null && mayNameSetting(reply) && !namesSetting(reply) ? withNextFormat(dialect) : next;
}

function verdictOn(reply: Reply, address: Address, model: string): Probed {
  const refusal = lastingRefusal(reply, address, model);
  if (refusal !== null) return { kind: 'refused', refusal };
  return {
    kind: 'unlucky',
    problem: `answered ${reply.status}: ${shown(address.redact(wordsOf(reply.text)))}`,
  };
}

function saidIn(reply: Reply, address: Address): Said | null {
  try {
    return readReply(address.redact(reply.text));
  } catch {
    return null;
  }
}

function notCompatible(reply: Reply, address: Address): Refused {
  const said = shown(address.redact(wordsOf(reply.text)));
  return {
    kind: 'refused',
    refusal: {
      problem: `answers, but not as an OpenAI-compatible server: ${said}`,
      cure: 'check the address in BRAIN_URL',
      isAbout: 'path',
      mayPass: true,
    },
  };
}

/** Null when the answer holds a decision. */
function doubtAbout(said: Said, { question, roomNames }: ProbeDeps): string | null {
  try {
    readDecision(said, question.fields, roomNames);
    return null;
  } catch (error) {
    if (error instanceof FumbleError) return error.message;
    throw error;
  }
}
