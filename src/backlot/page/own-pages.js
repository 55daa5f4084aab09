// @ts-check
/** Links to the pages that whoever opened the backlot serves of its own, in the list of channels. */

/** @typedef {{ id: string, title: string }} OwnPage */

class OwnPages extends HTMLElement {
  async connectedCallback() {
    const answer = await fetch('/own/pages.json');
    if (!answer.ok) return;
    /** @type {OwnPage[]} */
    const pages = await answer.json();
    this.replaceChildren(...pages.map(link));
  }
}

/** @param {OwnPage} page */
function link({ id, title }) {
  const anchor = document.createElement('a');
  anchor.className = 'channel overview-link';
  anchor.href = `/own/${id}`;
  anchor.target = '_blank';
  anchor.rel = 'noopener';
  anchor.dataset['ownPage'] = id;
  const text = document.createElement('span');
  text.textContent = `${title} ↗`;
  anchor.append(text);
  return anchor;
}

customElements.define('own-pages', OwnPages);
