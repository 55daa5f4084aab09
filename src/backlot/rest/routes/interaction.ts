import { MessageFlags, type APIMessage } from 'discord-api-types/v10';
import { InteractionResponseType as R, InteractionType } from 'discord-api-types/v10';
import { refusals } from '../../discord-error.ts';
import { changeMessage, isLoading, postMessage } from '../../guild/messages.ts';
import type { MessageRecord } from '../../guild/record.ts';
import { renderMessage } from '../../guild/render.ts';
import { interactionMetadata, type FirstAnswer, type Interaction } from '../../interactions.ts';
import { compact } from '../embeds.ts';
import { noContent, ok, type Answer, type Call, type Route } from '../call.ts';
import { composeChange, composeDraft } from '../compose.ts';
import { Form } from '../form.ts';
import { readModal } from '../modal.ts';
import { readMessageInput, requireSomething, type MessageInput } from '../message-input.ts';

const CHOICES_AT_MOST = 25;
const EMPTY: MessageInput = {
  content: undefined,
  embeds: undefined,
  components: undefined,
  attachments: undefined,
  flags: undefined,
  files: [],
  allowedMentions: undefined,
  nonce: undefined,
  enforceNonce: false,
  tts: false,
  referenceId: undefined,
  failIfReferenceMissing: true,
};

/** The token in the path is all the authority that these need. */
export const interactionRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/interactions/:interactionId/:interactionToken/callback',
    auth: 'none',
    handle: callback,
  },
];

function callback(call: Call): Answer {
  const { interactions } = call.backstage;
  const interaction = interactions.open(call.param('interactionId'), call.param('interactionToken'));
  const form = call.form().required('type');
  const type = form.choice('type', [1, 4, 5, 6, 7, 8, 9]);
  form.check();
  const answer = firstAnswer(call, interaction, form, type ?? R.Pong);
  interactions.acknowledge(interaction, answer);
  if (call.query.get('with_response') !== 'true') return noContent;
  const { original } = interaction;
  return ok({
    interaction: {
      id: interaction.id,
      type: interaction.type,
      channel_id: interaction.channel.id,
      guild_id: call.guild.id,
      ...(original === undefined
        ? {}
        : {
            response_message_id: original.message.id,
            response_message_loading: isLoading(original),
            response_message_ephemeral: original.onlyFor !== undefined,
          }),
    },
    ...(original === undefined
      ? {}
      : { resource: { type, message: renderMessage(original, call.guild.botId) } }),
  });
}

function firstAnswer(call: Call, interaction: Interaction, form: Form, type: number): FirstAnswer {
  const data = form.part('data');
  const isAutocomplete = interaction.type === InteractionType.ApplicationCommandAutocomplete;
  if (isAutocomplete !== (type === R.ApplicationCommandAutocompleteResult)) {
    throw refusals.invalidForm([
      {
        path: ['type'],
        code: 'INTERACTION_RESPONSE_TYPE_INVALID',
        message: 'This answer does not fit the interaction',
      },
    ]);
  }
  switch (type) {
    case R.ChannelMessageWithSource: {
      const input = readMessageInput(data ?? new Form({}), call.files);
      requireSomething(input);
      interaction.original = post(call, interaction, input, input.flags ?? 0);
      return { type: 'message' };
    }
    case R.DeferredChannelMessageWithSource: {
      // Of all flags, only the one that makes the answer private may be given here.
      const flags = (data?.integer('flags') ?? 0) & MessageFlags.Ephemeral;
      form.check();
      interaction.original = post(call, interaction, EMPTY, flags | MessageFlags.Loading);
      return { type: 'deferred', ephemeral: flags !== 0 };
    }
    case R.DeferredMessageUpdate:
      requireSource(interaction);
      if (interaction.source !== undefined) interaction.original = interaction.source;
      return { type: 'deferredUpdate' };
    case R.UpdateMessage: {
      const source = requireSource(interaction);
      const input = readMessageInput(data ?? new Form({}), call.files, source.message);
      const change = composeChange(call.guild, interaction.channel, source, input, call.guild.botId);
      changeMessage(call.guild, source, compact(change), { edited: true });
      interaction.original = source;
      return { type: 'update' };
    }
    case R.ApplicationCommandAutocompleteResult:
      return { type: 'choices', choices: readChoices(data ?? new Form({})) };
    case R.Modal:
      if (interaction.type === InteractionType.ModalSubmit)
        throw refusals.invalidForm([
          { path: ['type'], code: 'INTERACTION_RESPONSE_TYPE_INVALID', message: 'A form cannot open a form' },
        ]);
      return { type: 'modal', modal: readModal(data ?? new Form({})) };
    default:
      return { type: 'pong' };
  }
}

function requireSource({ source }: Interaction): MessageRecord {
  if (source !== undefined) return source;
  throw refusals.invalidForm([
    { path: ['type'], code: 'INTERACTION_RESPONSE_TYPE_INVALID', message: 'There is no message to update' },
  ]);
}

function readChoices(data: Form): Extract<FirstAnswer, { type: 'choices' }>['choices'] {
  const choices = (data.required('choices').parts('choices', { max: CHOICES_AT_MOST }) ?? []).map(
    (choice) => {
      choice.required('name', 'value');
      const value = choice.raw('value');
      return {
        name: choice.text('name', { min: 1, max: 100 }) ?? '',
        value: typeof value === 'number' ? value : (choice.text('value', { max: 100 }) ?? ''),
      };
    },
  );
  data.check();
  return choices;
}

/** A follow-up. The first one after a deferral becomes the deferred answer. */
export function followUp(call: Call): Answer {
  const interaction = answered(call);
  const input = readMessageInput(call.form(), call.files);
  requireSomething(input);
  const { original } = interaction;
  if (original !== undefined && isLoading(original)) {
    const change = composeChange(call.guild, interaction.channel, original, input, call.guild.botId);
    changeMessage(call.guild, original, compact(change), { edited: true });
    return ok(renderMessage(original, call.guild.botId));
  }
  return ok(renderMessage(post(call, interaction, input, input.flags ?? 0), call.guild.botId));
}

/** The message that `messages/@original` or `messages/{id}` means under an interaction's token. */
export function followUpTarget(call: Call): MessageRecord {
  const interaction = answered(call);
  const id = call.param('messageId');
  const messages = call.guild.messagesOf(interaction.channel.id);
  if (id === '@original') {
    const { original } = interaction;
    if (original === undefined || !messages.includes(original)) throw refusals.unknownMessage();
    return original;
  }
  const record = call.guild.message(interaction.channel.id, id);
  if (record.message.author.id !== call.guild.botId) throw refusals.unknownMessage();
  return record;
}

function answered(call: Call): Interaction {
  const interaction = call.backstage.interactions.answered(call.param('webhookToken'));
  if (interaction === undefined) throw refusals.unknownWebhook();
  return interaction;
}

function post(call: Call, interaction: Interaction, input: MessageInput, flags: number): MessageRecord {
  const { guild } = call;
  const isPrivate = (flags & MessageFlags.Ephemeral) !== 0;
  const draft = composeDraft(guild, interaction.channel, input, {
    author: guild.record.bot,
    userId: guild.botId,
  });
  const isCommand = interaction.type === InteractionType.ApplicationCommand;
  const more = {
    ...draft.more,
    application_id: guild.record.application.id,
    webhook_id: guild.record.application.id,
    interaction_metadata: interactionMetadata(guild, interaction),
  } as Partial<APIMessage>;
  return postMessage(guild, interaction.channel, {
    ...draft,
    flags: draft.flags | (flags & (MessageFlags.Ephemeral | MessageFlags.Loading)),
    type: isCommand ? 20 : 0,
    more,
    ...(isPrivate ? { onlyFor: interaction.userId } : {}),
  });
}
