/** Cuts the posts that wait in one place into what is sent as one message: lines that are due together go together. */
import type { OutboxRow } from '#show/ports/outbox.ts';
import { CONTENT_MAX } from '../presentation/message.ts';
import type { Shown } from '../presentation/posts/post.ts';

export interface Batch {
  rows: readonly OutboxRow[];
  shown: Shown;
}

const LINES_A_MESSAGE = 12;

/**
 * In the given order. Rows that may have been sent already (`unknown`) are never joined with others: the message that
 * is looked for in the channel is the one that was sent.
 */
export function batches(rows: readonly OutboxRow[], show: (row: OutboxRow) => Shown): Batch[] {
  const done: Batch[] = [];
  let open: { rows: OutboxRow[]; lines: string[]; status: OutboxRow['status'] } | null = null;
  const seal = (): void => {
    if (open) done.push({ rows: open.rows, shown: { as: 'line', text: open.lines.join('\n') } });
    open = null;
  };
  for (const row of rows) {
    const shown = show(row);
    if (shown.as === 'nothing') {
      done.push({ rows: [row], shown });
      continue;
    }
    if (shown.as !== 'line') {
      seal();
      done.push({ rows: [row], shown });
      continue;
    }
    const text = shown.text.slice(0, CONTENT_MAX);
    const fits: boolean =
      open !== null &&
      open.status === row.status &&
      open.lines.length < LINES_A_MESSAGE &&
      open.lines.join('\n').length + 1 + text.length <= CONTENT_MAX;
    if (!fits) seal();
    open ??= { rows: [], lines: [], status: row.status };
    open.rows.push(row);
    open.lines.push(text);
  }
  seal();
  return done;
}
