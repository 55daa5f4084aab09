/**
 * The painter: pictures on commission, drawn by a worker process that is replaced when it fails, takes too long or has
 * drawn its share. One picture at a time, in the order asked for.
 */
import { fileURLToPath } from 'node:url';
import type { Office, Persona } from '#core/content.ts';
import type { Log, Painter } from '#show/ports/ports.ts';
import { hire, PaintError, type Hand } from './worker-handle.ts';
import { OFFICE_MAX } from './layout.ts';
import type { Studio, Wish } from './protocol.ts';

/** What native code leaks goes with the process. */
const PICTURES_A_WORKER = 250;
const TIME_LIMIT_MS = 10_000;
const STRANGER_COLOR = '#8a8f98';
const SPRITES_DIR = fileURLToPath(new URL('../../data/sprites', import.meta.url));
const WORKER = new URL('./worker.ts', import.meta.url);

export interface PainterParts {
  office: Office;
  cast: readonly Persona[];
  log: Log;
  /** For one picture, the start of a worker included. */
  timeLimitMs?: number;
  spritesDir?: string;
  picturesAWorker?: number;
  /** The worker's script. */
  worker?: URL;
}

/** Starts nothing before the first picture is asked for. Throws when the office is too large for the picture. */
export function openPainter(parts: PainterParts): Painter {
  checkOffice(parts.office);
  const { log, timeLimitMs = TIME_LIMIT_MS, picturesAWorker = PICTURES_A_WORKER } = parts;
  const studio: Studio = {
    office: parts.office,
    spritesDir: parts.spritesDir ?? SPRITES_DIR,
    people: parts.cast.map((persona) => persona.sprite),
  };
  let hand: Hand | null = null;
  let drawn = 0;
  let commissions = 0;
  let last: Promise<unknown> = Promise.resolve();
  const closing = new AbortController();

  const dismiss = async (): Promise<void> => {
    const leaving = hand;
    hand = null;
    drawn = 0;
    await leaving?.dismiss();
  };

  const paint = async (wish: Wish, signal: AbortSignal): Promise<Uint8Array> => {
    signal.throwIfAborted();
    hand ??= hire(parts.worker ?? WORKER);
    commissions += 1;
    try {
      const png = await hand.draw({ id: commissions, studio, wish }, timeLimitMs, signal);
      drawn += 1;
      if (drawn >= picturesAWorker) await dismiss();
      return png;
    } catch (error) {
      if (!signal.aborted) {
        log.warn({ err: error, picture: wish.kind }, 'a picture was not drawn; a new worker draws the next');
      }
      await dismiss();
      throw error;
    }
  };

  const queued = (wish: Wish, signal?: AbortSignal): Promise<Uint8Array> => {
    const either = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
    const turn = last.then(() => paint(wish, either));
    // The next picture does not care how this one went; its own caller does.
    last = turn.catch(() => undefined);
    return turn;
  };

  return {
    floor: (view, signal) => queued({ kind: 'floor', view }, signal),
    round: (view, signal) => queued({ kind: 'round', view }, signal),
    card: (view, signal) => queued({ kind: 'card', view }, signal),
    portrait(traderId) {
      const persona = parts.cast.find((one) => one.id === traderId);
      return queued({
        kind: 'portrait',
        sprite: persona?.sprite ?? traderId,
        color: persona?.color ?? STRANGER_COLOR,
      });
    },
    async close() {
      closing.abort(new PaintError('the painter has closed'));
      await last;
      await dismiss();
    },
  };
}

function checkOffice(office: Office): void {
  const { width, height } = OFFICE_MAX;
  for (const { id, area } of office.rooms) {
    const inside =
      area.x >= 0 && area.y >= 0 && area.x + area.width <= width && area.y + area.height <= height;
    if (inside) continue;
    throw new Error(
      `data/office.json: room "${id}" leaves the map of ${width} x ${height} tiles; change its area`,
    );
  }
}
