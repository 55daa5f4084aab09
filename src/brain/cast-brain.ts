/** A brain for one show whose cast may become another with a season. */
import type { Persona } from '#core/content.ts';
import type { Brain } from '#show/ports/brain.ts';
import { withUnderstudy } from './understudy.ts';

/** `make` is called again when `cast` is another. The brains that it makes hold nothing that must be closed; `close` closes what they share. */
export function forCast(
  cast: () => readonly Persona[],
  make: (cast: readonly Persona[]) => Brain,
  close: () => Promise<void> = () => Promise.resolve(),
): Brain {
  let made: { cast: readonly Persona[]; brain: Brain } | null = null;
  const current = (): Brain => {
    const now = cast();
    if (made?.cast !== now) made = { cast: now, brain: make(now) };
    return made.brain;
  };
  return {
    get label() {
      return current().label;
    },
    think: (turn, signal) => current().think(turn, signal),
    close,
  };
}

/** One of several shows that share `brain`: what is remembered of its lines stays with it. */
export function onFloor(brain: Brain, floor: string): Brain {
  return {
    get label() {
      return brain.label;
    },
    think: (turn, signal) => brain.think({ ...turn, floor }, signal),
    close: () => brain.close(),
  };
}

/**
 * `lead` plays those of `cast` that it was told of in the same words, `understudy` the others: a persona that came with a season,
 * or one that another show has under the same name.
 */
export function ledBy(
  lead: Brain,
  told: readonly Persona[],
  cast: readonly Persona[],
  understudy: Brain,
): Brain {
  const known = cast.filter((one) => told.some((other) => other === one || isSame(other, one)));
  if (known.length === cast.length) return lead;
  return withUnderstudy(lead, new Set(known.map(({ id }) => id)), understudy);
}

function isSame(one: Persona, other: Persona): boolean {
  return one.id === other.id && JSON.stringify(one) === JSON.stringify(other);
}

/** Every persona once, as they come: of two with one id, the first. */
export function union(casts: readonly (readonly Persona[])[]): readonly Persona[] {
  const all = casts.flat();
  const ids = all.map(({ id }) => id);
  return all.filter(({ id }, at) => ids.indexOf(id) === at);
}
