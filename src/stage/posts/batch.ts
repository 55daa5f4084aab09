/** Groups the posts that wait in one place into messages: lines that are due together go together. */
import type { OutboxRow } from '#show/ports/outbox.ts';
import { CONTENT_MAX } from '../presentation/message.ts';
import { NOTHING, type Shown } from '../presentation/posts/shown.ts';

/** The rows of one message, and what it shows. */
export interface Batch {
  rows: readonly OutboxRow[];
  shown: Shown;
}

const LINES_A_MESSAGE = 12;

/**
 * In the given order. A row that shows nothing is a batch of its own. The rows of a message go by their ids: where a clock that was
 * set back has a later row come first, a new message begins, so that a message is known again whatever becomes of due times.
 */
export function batches(rows: readonly OutboxRow[], show: (row: OutboxRow) => Shown): Batch[] {
  const done: Batch[] = [];
  let open: { rows: OutboxRow[]; lines: string[] } | null = null;
  const seal = (): void => {
    if (open) done.push({ rows: open.rows, shown: { as: 'line', text: open.lines.join('\n') } });
    open = null;
  };
  for (const row of rows) {
    const shown = show(row);
    if (shown.as !== 'line') {
      if (shown.as !== 'nothing') seal();
      done.push({ rows: [row], shown });
      continue;
    }
    const text = textOf(shown);
    const before = open?.rows.at(-1)?.id ?? row.id;
    if (open && (row.id < before || !fits(open.lines, text))) seal();
    open ??= { rows: [], lines: [] };
    open.rows.push(row);
    open.lines.push(text);
  }
  seal();
  return done;
}

/** The message in which these rows were sent, as one: nothing that a row shows makes a second message. */
export function sentTogether(rows: readonly OutboxRow[], show: (row: OutboxRow) => Shown): Batch {
  const shown = rows.map(show).filter(({ as }) => as !== 'nothing');
  const lines = shown.flatMap((each) => (each.as === 'line' ? textOf(each) : []));
  if (lines.length > 0 && lines.length === shown.length)
    return { rows, shown: { as: 'line', text: lines.join('\n') } };
  return { rows, shown: shown[0] ?? NOTHING };
}

const textOf = ({ text }: Extract<Shown, { as: 'line' }>): string => text.slice(0, CONTENT_MAX);

function fits(lines: readonly string[], text: string): boolean {
  return lines.length < LINES_A_MESSAGE && lines.join('\n').length + 1 + text.length <= CONTENT_MAX;
}
