/** What the schemas of all commands share. */
import {
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

/** A command that Discord shows only to members who manage the server; the router checks again. */
export const FOR_PRODUCERS = {
  ...IN_GUILD,
  default_member_permissions: String(PermissionFlagsBits.ManageGuild),
} as const;
