/** The process in which a model thinks when it has one of its own: started by `apart-model.ts`, ended with its parent. */
import { serveBrain } from '#brain/apart/serve.ts';
import { EngineUnavailableError } from '#brain/engine/errors.ts';
import { loadContent } from '../content.ts';
import { mistakeLine } from '../mistakes.ts';
import { openLog } from '../log.ts';
import type { ModelOpening } from './apart-model.ts';
import { openModel } from './open-model.ts';

serveBrain<ModelOpening>({
  open: ({ settings, model, cast, brought }, computes) =>
    openModel(
      {
        settings,
        content: { ...loadContent(), cast },
        brought,
        log: openLog(settings),
        say: (line) => console.log(line),
        computes,
        signal: new AbortController().signal,
      },
      model,
    ),
  troubleOf: (error) => {
    if (error instanceof EngineUnavailableError) return 'unable';
    return mistakeLine(error) === null ? 'fault' : 'mistake';
  },
});
