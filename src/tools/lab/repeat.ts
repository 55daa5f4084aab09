/**
 * `npm run lab -- repeat report.json [--model FILE]`: plays its rows again in memory, works out every figure anew, and compares the
 * hash of each row, its figures and the paired differences with those of the report.
 */
import { askedOf, isPromptArm, modelBytes } from './open-model.ts';
import { besidePlay, isArm, openRow } from './rows.ts';
import type { Content } from '#core/content.ts';
import { contentHash } from '#show/hash.ts';
import { measuresOf } from '#lab/families/all.ts';
import type { RowCard } from '#lab/report/card.ts';
import { readReport } from '#lab/report/report-file.ts';
import { judgedRow, pairsOf, toldMeasures, toldRow } from '#lab/report/compose.ts';
import { firstDifference } from '#lab/report/first-difference.ts';
import { compared } from '#lab/report/judge.ts';
import { REPORT_FORMAT, type Report } from '#lab/report/schema.ts';
import type { PlayedWorld } from '#lab/runs/records.ts';
import { runRow } from '#lab/runs/run-row.ts';
import { InputError } from '#lib/input-error.ts';
import { splitContent } from './split.ts';

export interface RepeatOptions {
  /** Where the model of a model's rows lies; those rows are left out without it. */
  model: string | undefined;
  threads: number | undefined;
  signal: AbortSignal;
  say: (line: string) => void;
}

type ToldRow = Report['rows'][number];

/**
 * True when every row was played again and met its hash and its card, and every figure of it and of its differences was met that this
 * version measures in the same way.
 */
export async function repeatReport(file: string, options: RepeatOptions): Promise<boolean> {
  const { model, signal, say } = options;
  const report = readReport(file);
  const content = splitContent(report.card.split);
  if (contentHash(content) !== report.plan.contentHash)
    throw new InputError(
      `${file}: was played with other files in data/ (hash ${report.plan.contentHash.slice(0, 12)}); check those out, then try again`,
    );
  if (model !== undefined) sameWords(file, report, { content, model, say });
  const names = report.rows.map(({ card }) => card.name);
  if (names.length === 0 || new Set(names).size < names.length)
    throw new InputError(
      `${file}: has ${names.length === 0 ? 'no rows' : 'two rows of one name'}, so it is as no run wrote it`,
    );
  let same = true;
  let left = 0;
  const meets = (what: string, difference: string | null): void => {
    say(`${what}: ${difference ?? 'the same'}`);
    same &&= difference === null;
  };
  const measures = measuresOf(report.card.families);
  const judgedSo = judgedAs(report, toldMeasures(measures));
  if (judgedSo.otherwise.length > 0)
    say(
      `judged by an older version: compared are hashes, and estimates of all measures but ${judgedSo.otherwise.join(', ')}`,
    );
  else {
    const difference = firstDifference(report.measures, toldMeasures(measures));
    if (difference !== null) meets('measures', difference);
  }
  const again = new Map<string, ReturnType<typeof judgedRow>>();
  for (const row of report.rows) {
    const { card } = row;
    if (card.model !== null && model === undefined) {
      say(`${card.name}: left out; --model FILE names ${card.model.file}`);
      left += 1;
      continue;
    }
    const worlds = await playedAgain(file, report, row, content, options);
    if (worlds === null) return false;
    const judged = judgedRow(content, worlds);
    again.set(card.name, judged);
    meets(card.name, rowDifference(row, toldRow(card, worlds, judged, measures), judgedSo.of));
    if (signal.aborted) return false;
  }
  const pairs = pairsOf(report.rows).map(({ one, other }) => ({
    one: one.card.name,
    other: other.card.name,
  }));
  const missing = firstDifference(
    report.comparisons.map(({ one, other }) => ({ one, other })),
    pairs,
  );
  if (missing !== null) meets('differences', missing);
  for (const told of report.comparisons) {
    const [one, other] = [again.get(told.one), again.get(told.other)];
    if (!one || !other) continue;
    const anew = compared(
      { name: told.one, row: one },
      { name: told.other, row: other },
      undefined,
      measures,
    );
    meets(`${told.one} less ${told.other}`, firstDifference(judgedSo.of(told), judgedSo.of(anew)));
  }
  if (left > 0) say(`${left} of ${names.length} rows were not repeated`);
  return same && left === 0;
}

/**
 * Before anything is played: data that are held out have their hash though a model is asked in other words today. Throws InputError
 * where it is, and says so where the report does not tell. Another model than the report's is refused as it is opened.
 */
function sameWords(
  file: string,
  { rows }: Report,
  { content, model, say }: { content: Content; model: string; say: RepeatOptions['say'] },
): void {
  const untold: string[] = [];
  for (const { card } of rows) {
    if (card.model === null || card.model.fileBytes !== modelBytes(model)) continue;
    const { asked } = card.model;
    const now = askedOf(content, { model, arm: isPromptArm(card.arm) ? card.arm : null });
    if (asked === undefined) untold.push(card.name);
    else if (asked !== now)
      throw new InputError(
        `${file}: ${card.name} was asked in other words (hash ${asked}) than ${model} is today (${now}); check out the version that played it, then try again`,
      );
  }
  if (untold.length > 0)
    say(
      `${untold.join(', ')}: the report does not tell the words of its prompts; whether they are those of today shows when it is played`,
    );
}

interface JudgedAs {
  /** Measures that the report's version and this one do not have alike. */
  otherwise: readonly string[];
  /** What both versions work out in the same way. */
  of: (told: Told) => unknown;
}
type Told = Pick<ToldRow, 'turns' | 'figures'> | Report['comparisons'][number];

/** A report of the present format is compared whole. Of an older one, intervals and p were worked out otherwise, and some measures were others. */
function judgedAs({ format, measures }: Report, now: Report['measures']): JudgedAs {
  if (format === REPORT_FORMAT) return { otherwise: [], of: (told) => told };
  const ids = [...new Set([...measures, ...now].map(({ id }) => id))];
  const otherwise = ids.filter((id) => {
    const [then, today] = [measures, now].map((from) => from.find((measure) => measure.id === id));
    return then === undefined || firstDifference(then, today) !== null;
  });
  const isAlike = ({ measure }: { measure: string }): boolean => !otherwise.includes(measure);
  return {
    otherwise,
    of: (told) =>
      'figures' in told
        ? {
            turns: told.turns,
            figures: told.figures
              .filter(isAlike)
              .map(({ measure, n, estimate }) => ({ measure, n, estimate })),
          }
        : told.differences.filter(isAlike).map(({ measure, difference }) => ({ measure, difference })),
  };
}

function rowDifference(row: ToldRow, { hash, turns, figures }: ToldRow, of: JudgedAs['of']): string | null {
  if (hash !== row.hash) return `another hash, ${hash} in place of ${row.hash}`;
  return firstDifference(of({ turns: row.turns, figures: row.figures }), of({ turns, figures }));
}

/** Null when the signal stopped it. */
async function playedAgain(
  file: string,
  report: Report,
  { card }: ToldRow,
  content: Content,
  { model, threads, signal }: RepeatOptions,
): Promise<PlayedWorld[] | null> {
  if (!isArm(card.arm))
    throw new InputError(`${file}: ${card.name} is an arm that this version does not know, ${card.arm}`);
  const spec = {
    name: card.name,
    player: card.model === null ? card.player : (model ?? ''),
    arm: card.arm,
    seed: card.seed,
    isControl: card.isControl,
    examined: card.examined,
  };
  const { atOnce } = report.card;
  const open = await openRow(spec, { content, threads, atOnce });
  try {
    if (card.model !== null && open.card.model?.sha256 !== card.model.sha256)
      throw new InputError(
        `${file}: ${card.name} was played by the file with sha256 ${card.model.sha256}, and ${model} is another`,
      );
    const settings = otherSettings(card.model, open.card.model);
    if (settings !== null)
      throw new InputError(
        `${file}: ${card.name} was asked in another way than ${model} is here (${settings}); the catalog knows a model by the name of its file, which was ${card.model?.file}`,
      );
    // A file may have another name here; what it is called in reports comes from that of its time.
    const difference = firstDifference(card, { ...open.card, player: card.player, model: card.model });
    if (difference !== null)
      throw new InputError(`${file}: the card of ${card.name} is wrong, ${difference}`);
    return await runRow({
      plan: report.plan,
      content,
      player: open.player,
      ...besidePlay(spec, report.card),
      folder: null,
      signal,
    });
  } finally {
    await open.close();
  }
}

/** Reports of before it was told how a model is asked have nothing to differ in. */
function otherSettings(told: RowCard['model'], now: RowCard['model']): string | null {
  if (!told?.sampler) return null;
  const of = (model: RowCard['model']) => ({ promptStyle: model?.promptStyle, sampler: model?.sampler });
  return firstDifference(of(told), of(now));
}
