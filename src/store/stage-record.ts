import type { StandingAt, WebhookCredentials, StagePlace, StageRecord } from '#show/ports/stage-record.ts';
import { reporting, type Db } from './database.ts';
import { prepare } from './statements.ts';

export function stageRecord(db: Db, file: string): StageRecord {
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
  const clear = db.transaction(() => {
    db.exec(`DELETE FROM channels; DELETE FROM webhooks; DELETE FROM standing_messages;`);
  });
  return reporting<StageRecord>(file, {
    channel: (place) => channel.get(place) ?? null,
    channels: () => channels.all(),
    setChannel(place, channelId) {
      setChannel.run(place, channelId);
    },
    webhook: (room, trader) => webhook.get(room, trader) ?? null,
    webhooks: () => webhooks.all(),
    setWebhook(room, trader, { id, token }) {
      setWebhook.run(room, trader, id, token);
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
