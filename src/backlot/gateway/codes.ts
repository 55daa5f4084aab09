import { GatewayIntentBits } from 'discord-api-types/v10';

/** Every intent that there is. */
export const ALL_INTENTS = Object.values(GatewayIntentBits).reduce<number>(
  (all, bit) => (typeof bit === 'number' ? all | bit : all),
  0,
);
/** Intents that an application has only when they are switched on for it. */
export const PRIVILEGED =
  GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent;

/** Why the gateway hangs up; the numbers are Discord's close codes. */
export const CLOSE = {
  /** A bot that closes with one of these two ends its session. */
  normal: 1000,
  goingAway: 1001,
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  invalidSequence: 4007,
  invalidIntents: 4013,
  disallowedIntents: 4014,
} as const;
