/**
 * The painter: pictures on request, drawn by a worker process that is replaced when it fails, takes too long or has
 * drawn its share. One picture at a time, in the order asked for.
 */
import { SerialQueue } from '#lib/serial-queue.ts';
import { fileURLToPath } from 'node:url';
import type { Office, Persona } from '#core/content.ts';
import type { Log } from '#show/ports/clock.ts';
import type { Painter } from '#show/ports/painter.ts';
import { startWorker, PaintError, type WorkerHandle } from './worker-handle.ts';
import type { PaintConfig, PaintRequest } from './protocol.ts';

/** Whatever native code leaks goes with the process. */
const PICTURES_A_WORKER = 250;
const TIME_LIMIT_MS = 10_000;
const SPRITES_DIR = fileURLToPath(new URL('../../data/sprites', import.meta.url));
const WORKER = new URL('./worker.ts', import.meta.url);

export interface PainterDeps {
  office: Office;
  cast: readonly Persona[];
  log: Log;
  /** The limit for one picture, the start of a worker included. */
  timeLimitMs?: number;
  spritesDir?: string;
  picturesAWorker?: number;
  /** The worker's script. */
  worker?: URL;
}

/** Starts nothing before the first picture is asked for. */
export function openPainter(deps: PainterDeps): Painter {
  const { log, timeLimitMs = TIME_LIMIT_MS, picturesAWorker = PICTURES_A_WORKER } = deps;
  const config: PaintConfig = {
    office: deps.office,
    spritesDir: deps.spritesDir ?? SPRITES_DIR,
    people: deps.cast.map((persona) => persona.sprite),
  };
  let worker: WorkerHandle | null = null;
  let drawn = 0;
  let jobs = 0;
  const queue = new SerialQueue();
  const closing = new AbortController();

  const stop = async (): Promise<void> => {
    const leaving = worker;
    worker = null;
    drawn = 0;
    await leaving?.stop();
  };

  const paint = async (request: PaintRequest, signal: AbortSignal): Promise<Uint8Array> => {
    signal.throwIfAborted();
    worker ??= startWorker(deps.worker ?? WORKER, config);
    jobs += 1;
    try {
      const png = await worker.draw({ id: jobs, request }, timeLimitMs, signal);
      drawn += 1;
      if (drawn >= picturesAWorker) await stop();
      return png;
    } catch (error) {
      if (!signal.aborted) {
        log.warn(
          { err: error, picture: request.kind },
          'a picture was not drawn; a new worker draws the next',
        );
      }
      await stop();
      throw error;
    }
  };

  const queued = (request: PaintRequest, signal?: AbortSignal): Promise<Uint8Array> => {
    const either = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
    return queue.run(() => paint(request, either));
  };

  return {
    floor: (view, signal) => queued({ kind: 'floor', view }, signal),
    round: (view, signal) => queued({ kind: 'round', view }, signal),
    card: (view, signal) => queued({ kind: 'card', view }, signal),
    portrait: ({ sprite, color }) => queued({ kind: 'portrait', sprite, color }),
    async close() {
      closing.abort(new PaintError('the painter has closed'));
      await queue.idle();
      await stop();
    },
  };
}
