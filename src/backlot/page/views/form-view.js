// @ts-check
/**
 * A form that the bot opened (a modal), as a dialog over the page.
 *
 * @typedef {import('./view-context.js').App} App
 * @typedef {NonNullable<App['form']>} OpenForm
 */
import { html, nothing } from 'lit';
import { ref } from 'lit/directives/ref.js';

const label = 18;
const row = 1;
const textInput = 4;
const paragraph = 2;

/** @param {App} app */
export function formView(app) {
  const { form } = app;
  if (!form) return nothing;
  const submitted = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const data = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const names = [...new Set(data.keys())];
    app.submitForm(Object.fromEntries(names.map((name) => [name, data.getAll(name).map(String).join('\n')])));
  };
  const shown = (/** @type {Element | undefined} */ element) => {
    // It is told before it stands in the page, where alone it can be opened.
    queueMicrotask(() => {
      if (element instanceof HTMLDialogElement && element.isConnected && !element.open) element.showModal();
    });
  };
  return html`<dialog
    class="form-dialog"
    aria-label=${form.modal.title}
    data-testid="form"
    ${ref(shown)}
    @close=${() => app.closeForm()}
  >
    <form @submit=${submitted}>
      <h2>${form.modal.title}</h2>
      ${/** @type {any[]} */ (form.modal.components).map(partView)}
      <p class="refusal" role="alert">${form.refusal}</p>
      <div class="form-buttons">
        <button type="button" @click=${() => app.closeForm()}>Cancel</button>
        <button class="primary">Submit</button>
      </div>
    </form>
  </dialog>`;
}

/** @param {any} part */
function partView(part) {
  if (part.type === label)
    return html`<label
      >${part.label}${part.description ? html`<small>${part.description}</small>` : nothing}
      ${fieldView(part.component)}</label
    >`;
  if (part.type === row)
    return part.components.map(
      (/** @type {any} */ field) => html`<label>${field.label}${fieldView(field)}</label>`,
    );
  return part.content ? html`<p>${part.content}</p>` : nothing;
}

/** @param {any} field */
function fieldView(field) {
  const required = field.required !== false;
  if (field.type !== textInput)
    return html`<select
      name=${field.custom_id}
      ?required=${required}
      ?multiple=${(field.max_values ?? 1) > 1}
    >
      ${(field.options ?? []).map(
        (/** @type {any} */ option) =>
          html`<option value=${option.value} ?selected=${option.default === true}>
            ${option.emoji?.name && !option.emoji.id ? `${option.emoji.name} ` : ''}${option.label}
          </option>`,
      )}
    </select>`;
  const common = { max: field.max_length ?? 4000, min: field.min_length ?? 0 };
  return field.style === paragraph
    ? html`<textarea
        name=${field.custom_id}
        rows="4"
        placeholder=${field.placeholder ?? ''}
        maxlength=${common.max}
        minlength=${common.min}
        ?required=${required}
        .value=${field.value ?? ''}
      ></textarea>`
    : html`<input
        name=${field.custom_id}
        autocomplete="off"
        placeholder=${field.placeholder ?? ''}
        maxlength=${common.max}
        minlength=${common.min}
        ?required=${required}
        .value=${field.value ?? ''}
      />`;
}
