import { InputError } from '#lib/input-error.ts';
import type { StandingAt, WebhookCredentials, StagePlace, StageRecord } from '#show/ports/stage-record.ts';
import { reporting, type Db } from './database.ts';
import type { TokenCipher } from './token-cipher.ts';
import { prepare } from './statements.ts';

const about = (room: string, trader: string): string => `${room}/${trader}`;

/** What becomes of webhooks whose stored tokens the key does not open: the show is refused, they go, or nobody looks at them. */
export type Unreadable = 'refused' | 'forgotten' | 'left';

/**
 * Those tokens that lie in the clear are sealed if there is a key. Throws InputError where the others are to be refused; `forgot` is
 * told how many webhooks went where they are to be forgotten.
 */
export function stageRecord(
  db: Db,
  file: string,
  cipher: TokenCipher,
  { unreadable, forgot }: { unreadable: Unreadable; forgot: (webhooks: number) => void },
): StageRecord {
  const channel = prepare<[string], string>(db, `SELECT channel FROM channels WHERE place = ?`).pluck();
  const channels = prepare<[], { place: StagePlace; channelId: string }>(
    db,
    `SELECT place, channel AS channelId FROM channels ORDER BY place`,
  );
  const setChannel = prepare<[string, string]>(
    db,
    `INSERT INTO channels (place, channel) VALUES (?, ?) ON CONFLICT (place) DO UPDATE SET channel = excluded.channel`,
  );
  const webhook = prepare<[string, string], WebhookCredentials>(
    db,
    `SELECT id, token FROM webhooks WHERE room = ? AND trader = ?`,
  );
  const webhooks = prepare<[], WebhookCredentials & { room: string; trader: string }>(
    db,
    `SELECT room, trader, id, token FROM webhooks ORDER BY room, trader`,
  );
  const setWebhook = prepare<[string, string, string, string]>(
    db,
    `INSERT INTO webhooks (room, trader, id, token) VALUES (?, ?, ?, ?)
     ON CONFLICT (room, trader) DO UPDATE SET id = excluded.id, token = excluded.token`,
  );
  const forgetWebhook = prepare<[string, string]>(db, `DELETE FROM webhooks WHERE room = ? AND trader = ?`);
  const message = prepare<[string], StandingAt>(
    db,
    `SELECT channel AS channelId, message AS messageId, posted_ms AS postedMs FROM standing_messages WHERE name = ?`,
  );
  const setMessage = prepare<[string, string, string, number]>(
    db,
    `INSERT INTO standing_messages (name, channel, message, posted_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE
       SET channel = excluded.channel, message = excluded.message, posted_ms = excluded.posted_ms`,
  );
  const forgetMessage = prepare<[string]>(db, `DELETE FROM standing_messages WHERE name = ?`);
  if (unreadable !== 'left') {
    const stored = webhooks.all();
    const lost = unreadable === 'forgotten' ? stored.filter((each) => !opens(cipher, each)) : [];
    for (const { room, trader } of lost) forgetWebhook.run(room, trader);
    if (lost.length > 0) forgot(lost.length);
    const rest = stored.filter((each) => !lost.includes(each));
    sealAll(rest, (room, trader, id, token) => setWebhook.run(room, trader, id, token), cipher);
  }
  const clear = db.transaction(() => {
    db.exec(`DELETE FROM channels; DELETE FROM webhooks; DELETE FROM standing_messages;`);
  });
  return reporting<StageRecord>(file, {
    channel: (place) => channel.get(place) ?? null,
    channels: () => channels.all(),
    setChannel(place, channelId) {
      setChannel.run(place, channelId);
    },
    webhook(room, trader) {
      const stored = webhook.get(room, trader);
      return stored ? { ...stored, token: cipher.open(stored.token, about(room, trader)) } : null;
    },
    webhooks: () =>
      webhooks.all().map((stored) => ({
        ...stored,
        token: cipher.open(stored.token, about(stored.room, stored.trader)),
      })),
    setWebhook(room, trader, { id, token }) {
      setWebhook.run(room, trader, id, cipher.seal(token, about(room, trader)));
    },
    forgetWebhook(room, trader) {
      forgetWebhook.run(room, trader);
    },
    message: (name) => message.get(name) ?? null,
    setMessage(name, { channelId, messageId, postedMs }) {
      setMessage.run(name, channelId, messageId, postedMs);
    },
    forgetMessage(name) {
      forgetMessage.run(name);
    },
    clear,
  });
}

function opens(
  cipher: TokenCipher,
  { room, trader, token }: { room: string; trader: string; token: string },
): boolean {
  try {
    cipher.open(token, about(room, trader));
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

function sealAll(
  stored: readonly (WebhookCredentials & { room: string; trader: string })[],
  set: (room: string, trader: string, id: string, token: string) => void,
  cipher: TokenCipher,
): void {
  for (const { room, trader, id, token } of stored) {
    const open = cipher.open(token, about(room, trader));
    const sealed = cipher.isSealed(token) ? token : cipher.seal(open, about(room, trader));
    if (sealed !== token) set(room, trader, id, sealed);
  }
}
