/** A worker that sends back what it was told as a picture: its first message and the job, each as a line of JSON. */
import type { PaintConfig, PaintJob } from '#paint/protocol.ts';

process.once('message', (config: PaintConfig) => {
  process.on('message', (job: PaintJob) => {
    const picture = Buffer.from(`${JSON.stringify(config)}\n${JSON.stringify(job)}`);
    process.send?.({ id: job.id, picture });
  });
});
