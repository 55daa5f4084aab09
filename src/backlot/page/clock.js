// @ts-check
/** Times as Discord writes them, and an element for those that tick. */

const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const timeWithSeconds = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const shortDate = new Intl.DateTimeFormat(undefined, { dateStyle: 'short' });
const longDate = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });
const longMoment = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' });
const fullMoment = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const unitsBySeconds = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** @param {number} thenMs @param {number} [nowMs] such as "in 12 seconds" */
export function fromNow(thenMs, nowMs = Date.now()) {
  const seconds = Math.round((thenMs - nowMs) / 1000);
  const [unit, length] = unitsBySeconds.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return relative.format(Math.trunc(seconds / length), unit);
}

/** @param {string} iso such as 14:05 */
export const clockTime = (iso) => timeOfDay.format(new Date(iso));

/** @param {string} iso such as "Today at 14:05" */
export function messageTime(iso) {
  const then = new Date(iso);
  const daysAgo = Math.round((startOfDay(new Date()) - startOfDay(then)) / 86_400_000);
  if (daysAgo === 0) return `Today at ${timeOfDay.format(then)}`;
  if (daysAgo === 1) return `Yesterday at ${timeOfDay.format(then)}`;
  return `${shortDate.format(then)} ${timeOfDay.format(then)}`;
}

/** @param {string} iso such as "12 June 2026" */
export const dayOf = (iso) => longDate.format(new Date(iso));

/** @param {string | number} moment with weekday, for a tooltip */
export const fullTime = (moment) => fullMoment.format(new Date(moment));

/** @param {Date} date */
const startOfDay = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** @param {number} ms @param {string} style a letter of Discord's timestamp markup */
function styled(ms, style) {
  const date = new Date(ms);
  switch (style) {
    case 't':
      return timeOfDay.format(date);
    case 'T':
      return timeWithSeconds.format(date);
    case 'd':
      return shortDate.format(date);
    case 'D':
      return longDate.format(date);
    case 'F':
      return fullMoment.format(date);
    case 'R':
      return fromNow(ms);
    default:
      return longMoment.format(date);
  }
}

/** @type {Set<TickingTime>} */
const ticking = new Set();
setInterval(() => {
  if (!document.hidden) for (const element of ticking) element.tick();
}, 1000);

/** `<ticking-time unix="1781222400" display="R">`: a moment, in Discord's styles, kept true while it is on the page. */
export class TickingTime extends HTMLElement {
  static observedAttributes = ['unix', 'display'];
  #shown = '';

  connectedCallback() {
    this.tick();
    if (this.getAttribute('display') === 'R') ticking.add(this);
  }

  disconnectedCallback() {
    ticking.delete(this);
  }

  attributeChangedCallback() {
    this.tick();
  }

  tick() {
    const ms = Number(this.getAttribute('unix')) * 1000;
    if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) {
      this.textContent = 'Invalid date';
      return;
    }
    const text = styled(ms, this.getAttribute('display') ?? 'f');
    if (this.#shown !== text) this.textContent = text;
    this.#shown = text;
    this.title = fullTime(ms);
  }
}

customElements.define('ticking-time', TickingTime);
