/** Answers that did not arrive: what the log says of each. */
import { RESTJSONErrorCodes, type Interaction } from 'discord.js';
import type { Log } from '#show/ports/clock.ts';
import { describeError } from '#lib/redact.ts';
import { hasCode } from '../discord/api-errors.ts';

/** It is too late, somebody else has answered, or the channel is gone: a pity, not a failure. */
export function logLost(log: Log, error: unknown, interaction: Interaction): void {
  const details = { interaction: nameOf(interaction), ...describeError(error) };
  const { UnknownInteraction, UnknownMessage, UnknownChannel, InteractionHasAlreadyBeenAcknowledged } =
    RESTJSONErrorCodes;
  if (hasCode(error, UnknownInteraction)) {
    log.warn(details, 'an interaction was answered too late');
  } else if (hasCode(error, UnknownMessage, UnknownChannel)) {
    log.info(details, 'an interaction has lost the place for its answer');
  } else if (hasCode(error, InteractionHasAlreadyBeenAcknowledged)) {
    log.warn(
      details,
      'an interaction was answered by somebody else: are two copies running with this token?',
    );
  } else {
    log.error(details, 'an interaction could not be answered');
  }
}

export function nameOf(interaction: Interaction): string {
  if (interaction.isCommand() || interaction.isAutocomplete()) return `/${interaction.commandName}`;
  return interaction.customId;
}
