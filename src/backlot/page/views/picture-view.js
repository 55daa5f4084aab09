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
import { spotsIn, spotUnder } from './picture-spots.js';

/**
 * @param {Picture} picture
 * @param {string} otherwise the alternative text if it has none
 * @param {(name: string) => (() => void) | undefined} [pressOf] what a press on the spot of that name does
 */
export function pictureView(picture, otherwise, pressOf) {
  const url = localUrl(picture.url);
  if (url === undefined) return html`<span class="link">${picture.url}</span>`;
  const alt = picture.description ?? otherwise;
  const under = async (/** @type {HTMLElement} */ button, /** @type {MouseEvent} */ pointer) => {
    const image = button.querySelector('img');
    const spot = pressOf && image ? spotUnder(await spotsIn(url), image, pointer) : undefined;
    const press = spot && pressOf?.(spot.name);
    return press && { name: spot.name, press };
  };
  const point = async (/** @type {PointerEvent} */ event) => {
    const button = /** @type {HTMLElement} */ (event.currentTarget);
    const spot = await under(button, event);
    button.title = spot?.name ?? ENLARGE;
    button.classList.toggle('on-spot', spot !== undefined);
  };
  const click = async (/** @type {MouseEvent} */ event) => {
    const spot = await under(/** @type {HTMLElement} */ (event.currentTarget), event);
    if (spot) spot.press();
    else enlarge(url, alt);
  };
  return html`<button type="button" class="picture" title=${ENLARGE} @click=${click} @pointermove=${point}>
    <img
      src=${url}
      alt=${alt}
      width=${picture.width ?? nothing}
      height=${picture.height ?? nothing}
      decoding="async"
    />
  </button>`;
}

const ENLARGE = 'Enlarge';

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
