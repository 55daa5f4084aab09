// @ts-check
/**
 * Files that the viewer chose for options of commands. In the line they stand by name; what is sent is a data address.
 *
 * @typedef {import('./slash.js').Listed} Listed
 */

const mostKept = 5;
/** @type {Listed[]} newest first */
let files = [];

/** @returns {Listed[]} */
export function chosenFiles() {
  return files;
}

/** @param {File} file @returns {Promise<string>} the name that stands in the line */
export async function chooseFile(file) {
  const name = file.name.replaceAll(/[\s:]+/g, '-');
  const address = await dataAddress(file);
  const value = address.replace(
    /^data:([^;,]*)(?:;[^,]*)?,/,
    `data:$1;name=${encodeURIComponent(name)};base64,`,
  );
  files = [{ name, value }, ...files.filter((other) => other.name !== name)].slice(0, mostKept);
  return name;
}

/** @param {File} file @returns {Promise<string>} */
function dataAddress(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result : ''));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The file could not be read.')));
    reader.readAsDataURL(file);
  });
}
