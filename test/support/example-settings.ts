/** What `.env.example` sets, copied as it is: whoever starts the bot with it has these over their own. */
import path from 'node:path';
import { loadEnvFile } from '#app/env-file.ts';

export function exampleSettings(): Record<string, string | undefined> {
  const env: Record<string, string | undefined> = {};
  loadEnvFile(env, path.resolve(import.meta.dirname, '../../.env.example'));
  return env;
}
