// @ts-check
/**
 * A picture that can be enlarged.
 *
 * @typedef {{ url: string, width?: number | null, height?: number | null, description?: string | null }} Picture
 * @typedef {import('discord-api-types/v10').APIMessage} APIMessage
 * @typedef {import('discord-api-types/v10').APIAttachment} APIAttachment
 */
import { html, nothing } from 'lit';
import { localUrl } from '../people.js';

/** @param {Picture} picture @param {string} otherwise the alternative text if it has none */
export function pictureView(picture, otherwise) {
  const url = localUrl(picture.url);
  if (url === undefined) return html`<span class="link">${picture.url}</span>`;
  const alt = picture.description ?? otherwise;
  return html`<button type="button" class="picture" title="Enlarge" @click=${() => enlarge(url, alt)}>
    <img
      src=${url}
      alt=${alt}
      width=${picture.width ?? nothing}
      height=${picture.height ?? nothing}
      decoding="async"
    />
  </button>`;
}

/** @param {string} url @param {string} alt */
function enlarge(url, alt) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById('lightbox'));
  const image = /** @type {HTMLImageElement} */ (dialog.querySelector('img'));
  image.src = url;
  image.alt = alt;
  const caption = dialog.querySelector('figcaption');
  if (caption) caption.textContent = alt;
  dialog.showModal();
}

/** Closes the enlarged picture on a click anywhere, as Discord does. */
export function watchLightbox() {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById('lightbox'));
  dialog.addEventListener('click', () => dialog.close());
}

/** @param {APIAttachment} attachment */
export const isImage = (attachment) =>
  attachment.content_type?.startsWith('image/') ?? /\.(png|jpe?g|gif|webp)$/i.test(attachment.filename);

/** @param {APIMessage} message @returns {Picture | undefined} the first picture in it */
export function firstPicture(message) {
  const attachment = message.attachments.find(isImage);
  if (attachment) return attachment;
  const embed = message.embeds.find(({ image }) => image !== undefined);
  return embed?.image && { ...embed.image, description: embed.title ?? null };
}
