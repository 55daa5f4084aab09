// @ts-check
/** The page's own small pictures, drawn in the text's colour. */
import { svg, html } from 'lit';

/** @param {ReturnType<typeof svg>} shape */
const icon = (shape) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${shape}</svg>`;

export const hashSign = icon(
  svg`<path d="M10.2 3 9.3 8H4.5l-.4 2h4.9l-.7 4H3.5l-.4 2h4.9l-.9 5h2.1l.9-5h4l-.9 5h2.1l.9-5h4.8l.4-2h-4.9l.7-4h4.8l.4-2h-4.9l.9-5h-2.1l-.9 5h-4l.9-5zm.8 7h4l-.7 4h-4z" fill="currentColor" />`,
);
export const lock = icon(
  svg`<path d="M17 10V8A5 5 0 0 0 7 8v2H6a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-7a2 2 0 0 0-2-2zM9 8a3 3 0 0 1 6 0v2H9zm3 10a2 2 0 1 1 0-4 2 2 0 0 1 0 4z" fill="currentColor" />`,
);
export const overviewIcon = icon(
  svg`<path d="M3 5a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v7H3zm0 9h5v7H5a2 2 0 0 1-2-2zm7 0h11v5a2 2 0 0 1-2 2h-9z" fill="currentColor" />`,
);
export const menuIcon = icon(svg`<path d="M3 5h18v2H3zm0 6h18v2H3zm0 6h18v2H3z" fill="currentColor" />`);
export const peopleIcon = icon(
  svg`<path d="M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm0 2c-4 0-7 2-7 5v2h14v-2c0-3-3-5-7-5zm8-2a3 3 0 1 0-1-6c1 2 1 4 0 6zm0 2c2 1 3 3 3 5v2h3v-2c0-3-2-5-6-5z" fill="currentColor" />`,
);
export const eyeIcon = icon(
  svg`<path d="M12 5C6 5 2.5 9.5 1 12c1.5 2.5 5 7 11 7s9.5-4.5 11-7c-1.5-2.5-5-7-11-7zm0 11.5a4.5 4.5 0 1 1 0-9 4.5 4.5 0 0 1 0 9z" fill="currentColor" />`,
);
export const sendIcon = icon(svg`<path d="M3 4l19 8-19 8 3-7 8-1-8-1z" fill="currentColor" />`);
