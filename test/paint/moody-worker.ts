/** The real worker in a bad mood: the headline of a floor says how it fails. */
import type { PaintConfig, PaintJob } from '#paint/protocol.ts';

process.on('message', (message: PaintConfig | PaintJob) => {
  if (!('request' in message)) return;
  const { request } = message;
  const mood = request.kind === 'floor' ? request.view.headline?.text : null;
  if (mood === 'crash') process.kill(process.pid, 'SIGSEGV');
  if (mood === 'leave') process.exit(3);
  if (mood === 'throw') throw new Error('spilled the paint');
  if (mood === 'hang') for (;;) Math.sqrt(2);
});
await import('#paint/worker.ts');
