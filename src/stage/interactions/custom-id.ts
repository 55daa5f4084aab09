/**
 * Ids of buttons: stateless and versioned, so that a button works after a restart, and one from another version is recognised.
 * `v1:<name>:<argument>`; Discord accepts 100 characters.
 */
const VERSION = 'v1';

export function customId(name: string, argument: string): string {
  const id = `${VERSION}:${name}:${argument}`;
  if (name.includes(':') || id.length > 100) throw new Error(`not a custom id that Discord accepts: ${id}`);
  return id;
}

/** Null for an id of another version or of somebody else. */
export function parseCustomId(id: string): { name: string; argument: string } | null {
  const [version, name, ...rest] = id.split(':');
  return version === VERSION && name !== undefined && name !== '' ? { name, argument: rest.join(':') } : null;
}
