/**
 * What the backlot's page and server say to each other. The page is a viewer's Discord window: it opens one WebSocket
 * (`VIEWER_PATH`, `?as=<user id>&locale=<the browser's language>`) and gets a `snapshot`, then every change as the gateway
 * event that Discord itself would send, already limited to what this viewer may see (private replies reach only their
 * addressee). What the viewer does goes up the same socket as an `Act`; the server answers each with a `done` or a
 * `refused` that carries its `id`.
 *
 * Payloads are Discord's own (API v10): `messages` are message objects, `commands` application commands.
 */
import type {
  APIApplicationCommand,
  APIApplicationCommandOptionChoice,
  APIChannel,
  APIGuild,
  APIMessage,
  APIModalInteractionResponseCallbackData,
  APIRole,
  APIUser,
} from 'discord-api-types/v10';

export const VIEWER_PATH = '/viewer';

/** The socket's close code where `as` names nobody of the guild: the page then lets the server choose. */
export const NO_SUCH_PERSONA = 4001;

/** Somebody that the page can act as: the guild's owner ("Producer") or one of its members. */
export interface Persona {
  user: APIUser;
  producer: boolean;
}

export type ServerFrame =
  | {
      type: 'snapshot';
      guild: Pick<APIGuild, 'id' | 'name' | 'description'> & { roles: APIRole[] };
      channels: APIChannel[];
      /** Newest last, at most 50 a channel, by channel id. */
      messages: Record<string, APIMessage[]>;
      commands: APIApplicationCommand[];
      personas: Persona[];
      as: string;
      botOnline: boolean;
      /** The ids of the channels in which the viewer may not write, and so cannot use commands. */
      readOnly: string[];
    }
  /** `t` is the gateway event's name, `d` its payload: MESSAGE_CREATE, MESSAGE_REACTION_ADD, CHANNEL_DELETE, ... */
  | { type: 'event'; t: string; d: unknown }
  | { type: 'commands'; commands: APIApplicationCommand[] }
  | { type: 'bot'; online: boolean }
  | { type: 'readOnly'; channelIds: string[] }
  /** An interaction was acknowledged but its answer is still to come ("thinking"). */
  | { type: 'thinking'; channelId: string; interactionId: string; ephemeral: boolean }
  /** The bot opened a form in answer to what the viewer did. */
  | { type: 'form'; interactionId: string; modal: APIModalInteractionResponseCallbackData }
  | { type: 'choices'; id: number; choices: APIApplicationCommandOptionChoice[] }
  | { type: 'done'; id: number }
  | { type: 'refused'; id: number; reason: string };

export type Act =
  | { id: number; type: 'say'; channelId: string; content: string }
  /** `name` may be "show start": command and subcommand; option values are as typed, the server coerces and checks. */
  | { id: number; type: 'command'; channelId: string; name: string; options: Record<string, string> }
  | {
      id: number;
      type: 'autocomplete';
      channelId: string;
      name: string;
      options: Record<string, string>;
      focused: string;
    }
  | { id: number; type: 'press'; channelId: string; messageId: string; customId: string; values?: string[] }
  /** A command from the menu of a message. */
  | { id: number; type: 'commandOn'; channelId: string; messageId: string; name: string }
  /** What was filled into a form; `values` by the custom ids of its fields. */
  | { id: number; type: 'submit'; interactionId: string; values: Record<string, string> }
  /** `emoji` is a unicode emoji or `name:id` of a custom one. */
  | { id: number; type: 'react'; channelId: string; messageId: string; emoji: string; on: boolean }
  | { id: number; type: 'dismiss'; messageId: string };
