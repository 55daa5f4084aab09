/** What the schemas of all commands share. */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';

/** A slash command of a server that installed the bot. */
export const IN_GUILD = {
  type: ApplicationCommandType.ChatInput,
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
} as const;

/** Names a trader; the command suggests those that are there. */
export const TRADER_OPTION = {
  type: ApplicationCommandOptionType.String,
  name: 'trader',
  required: true,
  autocomplete: true,
  max_length: 32,
} as const;

/** A command that Discord shows only to members who manage the server; the router checks again. */
export const FOR_PRODUCERS = {
  ...IN_GUILD,
  default_member_permissions: String(PermissionFlagsBits.ManageGuild),
} as const;
