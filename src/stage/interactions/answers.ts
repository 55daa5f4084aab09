/** A message as the answer to an interaction. */
import { MessageFlags, type InteractionEditReplyOptions, type Message } from 'discord.js';
import { asLayout } from '../presentation/layout.ts';
import { isLayout, restBody, type MessageBody } from '../presentation/message.ts';

/** Puts answers into one message, one after another. A message that once was a layout stays one: Discord knows no way back. */
export class AnswerSheet {
  #isLayout: boolean;

  /** `replaced` is the message that the answers replace; null when they come in a message of their own. */
  constructor(replaced: Pick<Message, 'flags'> | null) {
    this.#isLayout = replaced?.flags.has(MessageFlags.IsComponentsV2) === true;
  }

  edit(answer: MessageBody): InteractionEditReplyOptions {
    this.#isLayout ||= isLayout(answer);
    const shown = this.#isLayout ? asLayout(answer) : answer;
    const { body, files } = restBody(shown);
    return {
      ...(this.#isLayout
        ? { flags: MessageFlags.IsComponentsV2, content: null, embeds: [] }
        : { content: body.content ?? '', embeds: body.embeds ?? [] }),
      components: body.components,
      allowedMentions: { parse: [] },
      // What an earlier answer showed goes.
      attachments: [],
      ...(files && {
        files: files.map((file) => ({
          attachment: Buffer.from(file.data as Uint8Array),
          name: file.name,
          description: shown.picture?.alt ?? '',
        })),
      }),
    };
  }
}
