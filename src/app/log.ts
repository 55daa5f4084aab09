/** The log of the program: JSON on standard error, without secrets. */
import { pino } from 'pino';
import type { Log } from '#show/ports/clock.ts';
import { redact } from '#lib/redact.ts';
import type { Settings } from './settings.ts';

export function openLog(settings: Settings): Log {
  return pino({ level: settings.logLevel, hooks: { streamWrite: redact } }, pino.destination(2));
}
