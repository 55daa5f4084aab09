/** A show goes back to a backup: what that costs, and how it goes on without saying again what was said. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { apply } from '#core/apply.ts';
import type { Content } from '#core/content.ts';
import type { ShowState } from '#core/state.ts';
import { Audience } from '#show/audience/audience.ts';
import { deletedIn, deletedSince, type Deleted } from '#show/audience/former-members.ts';
import { forgetMember } from '#show/audience/forgetting.ts';
import { poolOfEpisode } from '#show/audience/pools.ts';
import { systemClock } from '#show/clock.ts';
import { contentHash } from '#show/hash.ts';
import { InputError } from '#lib/input-error.ts';
import { errorLine } from '#lib/error-text.ts';
import { HANDED_OVER_KEY } from '#store/backup.ts';
import { openStore, readShow, StoreError, type RecordedShow, type Store } from '#store/store.ts';
import type { StoreErrorCode } from '#store/errors.ts';
import { assertSound, replaceShow } from '#store/replace.ts';

export interface Restored {
  /** Rounds of the backup, and of the show that it replaces; null where that cannot be read. */
  backupRound: number;
  formerRound: number | null;
  /** Where the former show is kept; null where there was none. */
  kept: string | null;
  /** Posts that waited when the backup was made. They may have been shown since, so they are not shown again. */
  dropped: number;
  /** Members who deleted their data after the backup was made: it names them no more. */
  forgotten: number;
  /** Those of them whom it still names, because the pool on which they have chips is shut in it. */
  stillNamed: number;
  /** True when the show was handed over: it goes on exactly where it stopped. */
  handedOver: boolean;
}

/**
 * Throws StoreError or InputError; then nothing has changed. The show goes on with the number of a round that it never played, so
 * that chance, which is keyed by it, does not make it play the lost rounds again word for word.
 */
export function restoreShow(backup: string, file: string, content: Content, now: Date): Restored {
  if (path.resolve(backup) === path.resolve(file))
    throw new InputError(`${file} is the show itself; name a backup of it, as backups/ holds them`);
  asBackup(backup, () => assertSound(backup));
  const replaces = existsSync(file);
  const former = replaces ? formerShow(file) : null;
  const stamp = now.toISOString().replaceAll(':', '').slice(0, 17);
  const { kept, prepared } = replaceShow(file, backup, stamp, (copy) =>
    asBackup(backup, () => prepareCopy(copy, { former, content, now, replaces })),
  );
  return { ...prepared, formerRound: former?.round ?? null, kept };
}

/** What the copy must know of the show whose place it takes. */
interface FormerShow {
  round: number;
  deleted: Deleted;
}

interface Circumstances {
  /** Null where there is none, or none that can be read. */
  former: FormerShow | null;
  content: Content;
  now: Date;
  /** Whether there is a show whose place it takes. */
  replaces: boolean;
}

function prepareCopy(
  copy: string,
  { former, content, now, replaces }: Circumstances,
): Omit<Restored, 'formerRound' | 'kept'> {
  // Whoever restores need not have the key: the tokens stay as they are.
  const store = openStore(copy, { unreadable: 'left' });
  try {
    readWhole(store);
    const handedOver = store.keyValues.get(HANDED_OVER_KEY) !== null && !replaces;
    store.keyValues.delete(HANDED_OVER_KEY);
    if (handedOver)
      return { backupRound: lastRoundOf(store), dropped: 0, forgotten: 0, stillNamed: 0, handedOver };
    const dropped = dropWaiting(store);
    const { state, backupRound } = stateOf(store, content);
    const round = Math.max(backupRound, former?.round ?? 0) + 1;
    store.show.found({ ...state, round }, contentHash(content), now.getTime());
    const again = former ? forgetAgain(store, former.deleted, state, now) : NOBODY;
    return { backupRound, dropped, ...again, handedOver };
  } finally {
    store.close();
  }
}

const NOBODY = { forgotten: 0, stillNamed: 0 };

/** Whoever deleted their data after the backup was made is in it by name, and would have to find out. */
function forgetAgain(
  store: Store,
  deleted: Deleted,
  state: ShowState,
  now: Date,
): Pick<Restored, 'forgotten' | 'stillNamed'> {
  const isDeleted = deletedSince(deleted, store.chips.formerMembers());
  const members = store.chips.wallets(Number.MAX_SAFE_INTEGER).filter(({ member }) => isDeleted(member));
  const audience = new Audience({
    chips: store.chips,
    hand: store.hand,
    keyValues: store.keyValues,
    clock: { ...systemClock, nowMs: () => now.getTime() },
    changed: () => {},
    timeZone: () => 'Etc/UTC',
  });
  const parts = { audience, store, poolOfEpisode: poolOfEpisode(state) };
  const done = members.filter(({ member }) => forgetMember(parts, member).ok);
  return { forgotten: done.length, stillNamed: members.length - done.length };
}

/** Sound pages may hold damaged texts, which would be met in mid-show. Throws StoreError `corrupt`. */
function readWhole({ show, outbox, chips, file }: Store): void {
  const entries = show.recording().entries[Symbol.iterator]();
  while (entries.next().done !== true);
  for (const place of outbox.places()) outbox.read(outbox.waiting(place, Number.MAX_SAFE_INTEGER));
  if (chips.ledgerSum() !== 0) throw new StoreError('corrupt', file, 'its ledger does not add up');
}

/** What is wrong with a backup, as the store found it. */
const NO_BACKUP: Partial<Record<StoreErrorCode, string>> = {
  corrupt: 'it is damaged, or no database',
  empty: 'it is empty',
  foreign: 'it is a database of another program',
  newer: 'a newer version of this program wrote it, so update first',
  io: 'it cannot be read',
  unwritable: 'it cannot be read',
};

/** The store speaks of a show that is to play; here it is the backup that cannot be used, and the show is as it was. */
function asBackup<T>(backup: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const why = error instanceof StoreError ? NO_BACKUP[error.code] : undefined;
    if (why === undefined) throw error;
    throw new InputError(`${backup} cannot be restored: ${why}. Nothing was changed; name another backup.`, {
      cause: error,
    });
  }
}

function formerShow(file: string): FormerShow | null {
  try {
    const former = readShow(file);
    try {
      return { round: lastRoundOf(former), deleted: deletedIn(former) };
    } finally {
      former.close();
    }
  } catch (error) {
    console.error(`What is lost cannot be told, because the show cannot be read: ${errorLine(error)}`);
    return null;
  }
}

function lastRoundOf({ show }: Pick<Store, 'show'> | RecordedShow): number {
  return show.roundHashes().at(-1)?.round ?? 0;
}

/** A pool's message is found by its button and edited, so it may wait; all the rest may stand in its channel already. */
function dropWaiting({ outbox }: Store): number {
  let dropped = 0;
  for (const place of outbox.places()) {
    const rows = outbox
      .waiting(place, Number.MAX_SAFE_INTEGER)
      .filter(({ kind }) => kind !== 'poolOpened' && kind !== 'poolClosed');
    outbox.folded(
      rows.map(({ id }) => id),
      'late',
    );
    dropped += rows.length;
  }
  return dropped;
}

/** As the last round left it: one that was open then is given up. */
function stateOf(store: Store, content: Content): { state: ShowState; backupRound: number } {
  const loaded = store.show.load();
  if (!loaded) throw new StoreError('empty', store.file, 'it holds no show yet');
  const opening = loaded.actions.findIndex(({ action }) => action.type === 'openRound');
  const between = opening === -1 ? loaded.actions : loaded.actions.slice(0, opening);
  const known = store.show.recording().contentHash === contentHash(content);
  const state = known
    ? between.reduce((before, { action }) => apply(before, action, content).state, loaded.snapshot)
    : loaded.snapshot;
  return { state, backupRound: loaded.actions.at(-1)?.round ?? state.round };
}
