/** What the parts of one guild's stage share. */
import type { Clock, Log } from '#show/ports/clock.ts';
import type { KeyValues } from '#show/ports/key-values.ts';
import type { Show } from '#show/show.ts';
import type { Places } from './channels/places.ts';
import type { DiscordApi } from './discord/api.ts';
import type { Wording } from './presentation/wording.ts';

export interface GuildDeps {
  show: Show;
  places: Places;
  keyValues: KeyValues;
  api: DiscordApi;
  wording: Wording;
  clock: Clock;
  log: Log;
  /** This show's nonce for its nth message of a kind. */
  nonce: (what: string, n: number) => string;
  /** The bot's own user id. */
  botId: string;
}
