// @ts-check
/**
 * What can be typed next, above the box to write in.
 *
 * @typedef {import('../slash.js').Suggestion} Suggestion
 */
import { html, nothing } from 'lit';

/**
 * @param {{ suggestions: Suggestion[], focused: import('../slash.js').Given | undefined,
 *   leaf: import('../slash.js').Leaf | undefined }} completion
 * @param {number} active which of the suggestions is chosen
 * @param {(suggestion: Suggestion) => void} accept
 */
export function completionsView({ suggestions, focused, leaf }, active, accept) {
  const hint = focused
    ? html`<b>${focused.option.name}</b> ${focused.option.description}
        <span class="need">${focused.option.required ? 'required' : 'optional'}</span>`
    : leaf
      ? html`<b>/${leaf.path}</b> ${leaf.description}`
      : html`<b>Commands</b>`;
  return html`<div class="completions">
    <p class="hint">${hint}</p>
    ${
      suggestions.length === 0
        ? nothing
        : html`<ul id="completions" role="listbox" aria-label="Suggestions">
            ${suggestions.map(
              (suggestion, index) =>
                html`<li
                  class="suggestion ${suggestion.kind}"
                  id="completion-${index}"
                  role="option"
                  aria-selected=${index === active ? 'true' : 'false'}
                  @mousedown=${(/** @type {Event} */ event) => {
                    event.preventDefault();
                    accept(suggestion);
                  }}
                >
                  <b>${suggestion.label}</b> <span>${suggestion.detail}</span>
                  ${
                    suggestion.kind === 'option'
                      ? html`<span class="need">${suggestion.required ? 'required' : 'optional'}</span>`
                      : nothing
                  }
                </li>`,
            )}
          </ul>`
    }
  </div>`;
}
