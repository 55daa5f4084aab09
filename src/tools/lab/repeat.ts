/** `npm run lab -- repeat report.json [--model FILE]`: plays its rows again in memory and compares the hash of each. */
import { openRow, isArm } from './rows.ts';
import { contentHash } from '#show/hash.ts';
import { rowHash } from '#lab/report/compose.ts';
import { examiner } from '#lab/runs/examiner.ts';
import { rumourPlanter } from '#lab/runs/rumour.ts';
import { runRow } from '#lab/runs/run-row.ts';
import { InputError } from '#lib/input-error.ts';
import { readReport } from './read-report.ts';
import { splitContent } from './split.ts';

export interface RepeatOptions {
  /** Where the model of a model's rows lies; those rows are left out without it. */
  model: string | undefined;
  threads: number | undefined;
  signal: AbortSignal;
  say: (line: string) => void;
}

/** True when every row that was played again met its hash. */
export async function repeatReport(file: string, options: RepeatOptions): Promise<boolean> {
  const { model, threads, signal, say } = options;
  const report = readReport(file);
  const content = splitContent(report.card.split);
  if (contentHash(content) !== report.plan.contentHash)
    throw new InputError(
      `${file}: was played with other files in data/ (hash ${report.plan.contentHash.slice(0, 12)}); check those out, then try again`,
    );
  let same = true;
  for (const { card, hash } of report.rows) {
    if (card.model !== null && model === undefined) {
      say(`${card.name}: left out; --model FILE names ${card.model.file}`);
      continue;
    }
    if (!isArm(card.arm))
      throw new InputError(`${file}: ${card.name} is an arm that this version does not know, ${card.arm}`);
    const spec = {
      name: card.name,
      player: card.model === null ? card.player : (model ?? ''),
      arm: card.arm,
      seed: card.seed,
      isControl: card.isControl,
      examined: card.kind === 'brain' && card.arm === 'full' && !card.isControl,
    };
    const { atOnce, examEvery } = report.card;
    const open = await openRow(spec, { content, threads, atOnce });
    try {
      if (card.model !== null && open.card.model?.sha256 !== card.model.sha256)
        throw new InputError(
          `${file}: ${card.name} was played by the file with sha256 ${card.model.sha256}, and ${model} is another`,
        );
      const worlds = await runRow({
        plan: report.plan,
        content,
        player: open.player,
        examine:
          spec.examined && examEvery > 0
            ? examiner({ everyTurns: examEvery, ablations: true, advice: true, quiz: report.card.quiz })
            : undefined,
        plant: card.arm === 'rumour' ? rumourPlanter() : undefined,
        folder: null,
        signal,
      });
      if (worlds === null) return false;
      const met = rowHash(worlds) === hash;
      say(`${card.name}: ${met ? 'the same' : `another hash, ${rowHash(worlds)} in place of ${hash}`}`);
      same &&= met;
    } finally {
      await open.close();
    }
  }
  return same;
}
