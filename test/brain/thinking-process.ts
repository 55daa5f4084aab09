/** A process that thinks, for the tests of what may happen to it: the thought of each turn is its own doing. */
import { serveBrain } from '#brain/apart/serve.ts';
import { createScriptedBrain } from '#brain/scripted/scripted.ts';
import { InputError } from '#lib/input-error.ts';
import { content } from '#test/support/floor.ts';

/** What happens in the turn with this id, or to this trader; in every other the script thinks. */
export interface Fate {
  turn: string;
  how:
    | 'crash'
    | 'abort'
    | 'hang'
    | 'no memory'
    | 'refuse to open'
    | 'abort opening'
    | 'never open'
    | 'leave out';
}

serveBrain<Fate | null>({
  open: async (fate, computes) => {
    computes(true);
    if (fate?.how === 'abort opening') process.abort();
    if (fate?.how === 'refuse to open') throw new InputError('the file is not there. Name another.');
    if (fate?.how === 'never open') await new Promise(() => {});
    const script = createScriptedBrain({ cast: content.cast, seed: 1 });
    return {
      label: 'apart',
      ...(fate?.how === 'leave out' && { leftOut: new Set([fate.turn]) }),
      think: async (turn, signal) => {
        if (turn.id === fate?.turn) suffer(fate.how);
        return script.think(turn, signal);
      },
      close: () => script.close(),
    };
  },
  troubleOf: (error) => (error instanceof InputError ? 'mistake' : 'fault'),
});

function suffer(how: Fate['how']): void {
  if (how === 'crash') process.kill(process.pid, 'SIGKILL');
  if (how === 'abort') process.abort();
  const held: number[][] = [];
  // It neither hears its parent nor ends; without memory, the engine ends it.
  for (;;) if (how === 'no memory') held.push(Array.from({ length: 100_000 }, (_, nth) => nth / 3));
}
