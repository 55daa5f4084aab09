/**
 * Ids of buttons: stateless and versioned, so that a button works after a restart and one from another time is known
 * as such. `v1:<name>:<argument>`; Discord takes 100 characters.
 */
const VERSION = 'v1';

export function customId(name: string, argument: string): string {
  const id = `${VERSION}:${name}:${argument}`;
  if (name.includes(':') || id.length > 100) throw new Error(`not a custom id that Discord takes: ${id}`);
  return id;
}

/** Null for an id of another version or of somebody else. */
export function parseCustomId(id: string): { name: string; argument: string } | null {
  const [version, name, ...rest] = id.split(':');
  return version === VERSION && name !== undefined && name !== '' ? { name, argument: rest.join(':') } : null;
}
