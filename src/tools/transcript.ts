/** `npm run transcript -- SHOW [--data-dir FOLDER] [--episode N]`: prints a recorded show, or one episode of it, to read. */
import { RecordingError, withRecording } from './recording.ts';
import { transcriptLines } from './transcript-lines.ts';

process.exitCode = withRecording('transcript', ['episode'], ({ content, steps }, { episode }) => {
  if (episode !== undefined && !/^[1-9]\d*$/.test(episode))
    throw new RecordingError(`--episode: "${episode}" is not allowed; give a whole number from 1`);
  let open = 0;
  let printed = 0;
  for (const { events } of steps()) {
    for (const event of events) {
      if (event.type === 'episodeOpened') open = event.episode;
      if (episode === undefined || Number(episode) === open) {
        for (const line of transcriptLines(event, content)) {
          console.log(line);
          printed += 1;
        }
      }
      if (event.type === 'episodeClosed') open = 0;
    }
  }
  if (printed === 0) {
    const what = episode === undefined ? 'a round of this show' : `episode ${episode}`;
    throw new RecordingError(`${what} is not in the recording: it was not played yet, or too long ago`);
  }
  return 0;
});
