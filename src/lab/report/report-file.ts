/** A report of the lab from disk. */
import { InputError } from '#lib/input-error.ts';
import { readJsonFile } from '#lib/text-file.ts';
import { REPORT_FORMAT, reportSchema, type Report } from './schema.ts';

/** What the names of all formats begin with. */
const FAMILY = 'open-outcry-lab-';

/** Throws InputError for what is no report, and for a report of another format. */
export function readReport(file: string): Report {
  const content = readJsonFile(file);
  const parsed = reportSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const format = formatOf(content);
  if (format?.startsWith(FAMILY) === true && format !== REPORT_FORMAT)
    throw new InputError(
      `${file}: is a report of format ${format}, and this version reads ${REPORT_FORMAT}; give the command of its card again, which makes it anew from its traces`,
    );
  throw new InputError(
    `${file}: is no report of the lab (${issue?.path.join('.')}: ${issue?.message}); name the report.json of a run`,
  );
}

function formatOf(content: unknown): string | null {
  const format: unknown =
    typeof content === 'object' && content !== null ? Reflect.get(content, 'format') : null;
  return typeof format === 'string' ? format : null;
}
