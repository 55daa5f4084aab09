/** One entry of Discord's `errors` tree: where in the body, which code, which words. */
export interface FieldError {
  /** As `['embeds', 0, 'title']`. */
  path: readonly (string | number)[];
  code: string;
  message: string;
}

/** An answer that refuses a request the way Discord does: an HTTP status and a JSON body with Discord's own code. */
export class DiscordError extends Error {
  readonly status: number;
  readonly code: number;
  readonly fieldErrors: readonly FieldError[];

  constructor(status: number, code: number, message: string, fieldErrors: readonly FieldError[] = []) {
    super(message);
    this.name = 'DiscordError';
    this.status = status;
    this.code = code;
    this.fieldErrors = fieldErrors;
  }

  toBody(): { code: number; message: string; errors?: object } {
    const body = { code: this.code, message: this.message };
    return this.fieldErrors.length === 0 ? body : { ...body, errors: errorTree(this.fieldErrors) };
  }
}

interface ErrorNode {
  [key: string]: ErrorNode | { code: string; message: string }[];
}

function errorTree(fieldErrors: readonly FieldError[]): ErrorNode {
  const root: ErrorNode = {};
  for (const { path, code, message } of fieldErrors) {
    let node = root;
    for (const step of path) {
      const next = node[step] ?? {};
      if (Array.isArray(next)) throw new Error(`error tree: "${step}" is a reserved name`);
      node[step] = next;
      node = next;
    }
    const known = node['_errors'];
    node['_errors'] = [...(Array.isArray(known) ? known : []), { code, message }];
  }
  return root;
}

/** The refusals that more than one route gives; the codes are those of Discord's table of JSON error codes. */
export const refusals = {
  unauthorized: () => new DiscordError(401, 0, '401: Unauthorized'),
  notFound: () => new DiscordError(404, 0, '404: Not Found'),
  methodNotAllowed: () => new DiscordError(405, 0, '405: Method Not Allowed'),
  invalidJson: () => new DiscordError(400, 50109, 'The request body contains invalid JSON.'),
  invalidApiVersion: () => new DiscordError(400, 50041, 'Invalid API version'),
  tooLarge: () => new DiscordError(413, 40005, 'Request entity too large'),
  invalidForm: (fieldErrors: readonly FieldError[]) =>
    new DiscordError(400, 50035, 'Invalid Form Body', fieldErrors),
  unknownApplication: () => new DiscordError(404, 10002, 'Unknown Application'),
  unknownChannel: () => new DiscordError(404, 10003, 'Unknown Channel'),
  unknownGuild: () => new DiscordError(404, 10004, 'Unknown Guild'),
  unknownMember: () => new DiscordError(404, 10007, 'Unknown Member'),
  unknownMessage: () => new DiscordError(404, 10008, 'Unknown Message'),
  unknownOverwrite: () => new DiscordError(404, 10009, 'Unknown Overwrite'),
  unknownRole: () => new DiscordError(404, 10011, 'Unknown Role'),
  unknownUser: () => new DiscordError(404, 10013, 'Unknown User'),
  unknownEmoji: (status = 400) => new DiscordError(status, 10014, 'Unknown Emoji'),
  unknownWebhook: () => new DiscordError(404, 10015, 'Unknown Webhook'),
  unknownInteraction: () => new DiscordError(404, 10062, 'Unknown interaction'),
  unknownCommand: () => new DiscordError(404, 10063, 'Unknown application command'),
  unknownScheduledEvent: () => new DiscordError(404, 10070, 'Unknown Guild Scheduled Event'),
  tooManyPins: () => new DiscordError(400, 30003, 'Maximum number of pins reached for the channel (50)'),
  tooManyRoles: () => new DiscordError(400, 30005, 'Maximum number of guild roles reached (250)'),
  tooManyWebhooks: () => new DiscordError(400, 30007, 'Maximum number of webhooks reached (15)'),
  tooManyEmojis: () => new DiscordError(400, 30008, 'Maximum number of emojis reached (50)'),
  tooManyReactions: () => new DiscordError(400, 30010, 'Maximum number of reactions reached (20)'),
  tooManyChannels: () => new DiscordError(400, 30013, 'Maximum number of server channels reached (500)'),
  tooManyCommands: () =>
    new DiscordError(400, 30032, 'Maximum number of application commands reached (100).'),
  tooManyScheduledEvents: () =>
    new DiscordError(400, 30038, 'Maximum number of uncompleted guild scheduled events reached (100)'),
  scheduledEventBegan: () => new DiscordError(400, 180000, 'Cannot update a finished event'),
  alreadyAcknowledged: () => new DiscordError(400, 40060, 'Interaction has already been acknowledged.'),
  missingAccess: () => new DiscordError(403, 50001, 'Missing Access'),
  notYourMessage: () => new DiscordError(403, 50005, 'Cannot edit a message authored by another user'),
  emptyMessage: () => new DiscordError(400, 50006, 'Cannot send an empty message'),
  invalidSticker: () => new DiscordError(400, 50081, 'Invalid Sticker Sent'),
  blocked: () => new DiscordError(403, 40333, 'internal network error'),
  wrongChannelType: () => new DiscordError(400, 50024, 'Cannot execute action on this channel type'),
  missingPermissions: () => new DiscordError(403, 50013, 'Missing Permissions'),
  unavailable: () => new DiscordError(503, 0, '503: Service Unavailable'),
  tooOldForBulkDelete: () =>
    new DiscordError(400, 50034, 'You can only bulk delete messages that are under 14 days old.'),
  invalidWebhookToken: () => new DiscordError(401, 50027, 'Invalid Webhook Token'),
} as const;
