/** A remote brain on an inference server of its own. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { RemoteBrainError } from '#brain/remote/address.ts';
import type { RemoteOptions } from '#brain/remote/options.ts';
import type { ModelSettings } from '#brain/remote/question.ts';
import { createRemoteBrain } from '#brain/remote/remote.ts';
import { BrainStoppedError, type StoppableBrain } from '#brain/stand-in.ts';
import type { Fumble } from '#core/vocabulary.ts';
import { FumbleError } from '#show/ports/brain.ts';
import { content } from '#test/support/floor.ts';
import { openInferenceServer, type Fault, type InferenceServer } from '#test/support/openai-server.ts';
import { observationsOfShows } from '../contract.ts';

export const KEY = 'sk-very-secret-0123456789';

interface Scene {
  server: InferenceServer;
  /** The lines of the log. */
  lines: string[];
  options: RemoteOptions;
  /** A brain on the server. Afterwards the server's list of requests is empty again. */
  open: (more?: Partial<RemoteOptions>) => Promise<StoppableBrain>;
}

export async function scene(t: TestContext): Promise<Scene> {
  const server = await openInferenceServer();
  t.after(() => server.close());
  const lines: string[] = [];
  const write = (details: object, message: string): number =>
    lines.push(`${JSON.stringify(details)} ${message}`);
  const options: RemoteOptions = {
    url: server.url,
    apiKey: KEY,
    cast: content.cast,
    roomNames: content.office.rooms.map((room) => room.name),
    timeLimitMs: 5_000,
    log: { debug: write, info: write, warn: write, error: write },
  };
  const open = async (more: Partial<RemoteOptions> = {}): Promise<StoppableBrain> => {
    const brain = await createRemoteBrain({ ...options, ...more });
    t.after(() => brain.close());
    server.requests.length = 0;
    return brain;
  };
  return { server, lines, options, open };
}

export const never = new AbortController().signal;
export const observations = observationsOfShows(12);
const [first] = observations;
assert.ok(first);
export const seen = first;
export const turn = { id: 'turn', observation: seen };

/** An answer that a model could have given in this turn. */
export const good = {
  thought: 'Tech is cheap.',
  trade: 'Hold',
  size: 'Small',
  speech: 'I wait.',
  location: seen.roomName,
};

/** How a server refuses. */
export function refuses(status: number, body: string): Fault {
  return { kind: 'status', status, body };
}

export async function fumbles(promise: Promise<unknown>, code: Fumble, line: RegExp): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof FumbleError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, line);
    assert.ok(!error.message.includes('\n'));
    return true;
  });
}

/** Options for a model whose row in the catalog wants it to be asked like this. */
export function asks(settings: Partial<ModelSettings>): Partial<RemoteOptions> {
  return { settingsOf: () => ({ sampler: null, thinking: { kind: 'none' }, ...settings }) };
}

/** The brain opens, but every turn is for the stand-in. */
export async function startsStopped(opening: Promise<StoppableBrain>, line: RegExp): Promise<void> {
  const brain = await opening;
  const { stoppedBy } = brain;
  assert.match(stoppedBy ?? 'it thinks', line);
  assert.ok(stoppedBy?.includes('\n') === false);
  await assert.rejects(brain.think(turn, never), BrainStoppedError);
}

export async function refusesToStart(promise: Promise<unknown>, line: RegExp): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof RemoteBrainError, String(error));
    assert.match(error.message, line);
    assert.ok(!error.message.includes('\n'));
    return true;
  });
}
