/**
 * `npm run verify -- ARCHIVE`: plays an archived season again, on any machine, and compares its seal, every price, fill, round and
 * payout. Exit codes: 0 all agree, 1 something does not, 2 the file cannot be read.
 */
import { createReadStream, existsSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { readFlags } from '#app/flags.ts';
import { mistakeLine } from '#app/mistakes.ts';
import { createScriptedTwin } from '#brain/scripted/scripted.ts';
import { InputError } from '#lib/input-error.ts';
import { errorLine } from '#lib/error-text.ts';
import { quoted } from '#lib/quoted.ts';
import { DisagreementError, verifyArchive } from '#show/fairness/verify.ts';

const USAGE = 'usage: npm run verify -- ARCHIVE';

async function* linesOf(file: string): AsyncGenerator<string> {
  const bytes = createReadStream(file);
  const text = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  if (text !== bytes) bytes.on('error', (error) => text.destroy(error));
  text.setEncoding('utf8');
  let rest = '';
  try {
    for await (const part of text) {
      const lines = (rest + String(part)).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    throw new InputError(`${quoted(file)} cannot be read to its end (${errorLine(error)})`, { cause: error });
  } finally {
    bytes.destroy();
  }
  if (rest !== '') yield rest;
}

/** The exit code. */
async function verify(): Promise<number> {
  const { flags, words, complaints } = readFlags(process.argv.slice(2), {}, { wordsAllowed: true });
  if (flags.has('help')) {
    console.log(USAGE);
    return 0;
  }
  const [complaint] = complaints;
  if (complaint !== undefined) throw new InputError(complaint);
  const [file] = words;
  if (file === undefined || words.length > 1) throw new InputError(`one archive is verified; ${USAGE}`);
  if (!existsSync(file)) throw new InputError(`there is no file ${quoted(file)}; ${USAGE}`);
  try {
    const { season, seed, seal, rounds, prices, fills, pools, payouts } = await verifyArchive(
      linesOf(file),
      (cast) => createScriptedTwin(() => cast),
    );
    console.log(`season ${season}, seed ${seed}, seal ${seal}`);
    console.log(
      `all agree: ${rounds} rounds, ${prices} prices, ${fills} fills, ${pools} pools, ${payouts} payouts`,
    );
    console.log('Compare the seal with the one that was posted as the season began.');
    return 0;
  } catch (error) {
    if (!(error instanceof DisagreementError)) throw error;
    console.log(`does not agree: ${error.message}`);
    return 1;
  }
}

try {
  process.exitCode = await verify();
} catch (error) {
  const line = mistakeLine(error);
  if (line === null) throw error;
  console.error(line);
  process.exitCode = 2;
}
