/** Copies of the shipped data/ with a change, and what the start says of them. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ContentError } from '#app/checks/content-error.ts';
import { loadContent } from '#app/content.ts';

export const shipped = fileURLToPath(new URL('../../data', import.meta.url));
const made: string[] = [];
after(() => made.forEach((dir) => rmSync(dir, { recursive: true, force: true })));

/** A copy of the shipped data with one file changed, and one gone. */
export function withFile(file: string, change: (text: string) => string, gone?: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'outcry-content-'));
  made.push(dir);
  for (const part of ['cast', 'sprites', 'market.json', 'headlines.json', 'office.json', 'blocklist.json'])
    cpSync(join(shipped, part), join(dir, part), { recursive: true });
  if (gone !== undefined) rmSync(join(dir, gone));
  let text = '';
  try {
    text = readFileSync(join(dir, file), 'utf8');
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ENOENT');
  }
  writeFileSync(join(dir, file), change(text));
  return dir;
}

/** Four rooms, as the tests know them. */
export const SEED_OFFICE = fileURLToPath(new URL('../fixtures/office.json', import.meta.url));
const SEED_CAST = new Set(['alex.json', 'alice.json', 'mike.json', 'sarah.json']);

/** The same with an office that was changed from one whose every tile the tests know, and those who live in it: what ships may grow. */
export function withOffice(change: (text: string) => string): string {
  const dir = withFile('office.json', () => change(readFileSync(SEED_OFFICE, 'utf8')));
  for (const file of readdirSync(join(dir, 'cast')))
    if (!SEED_CAST.has(file)) rmSync(join(dir, 'cast', file));
  return dir;
}

export function problem(dir: string): string {
  let message = '';
  assert.throws(
    () => loadContent(dir),
    (error) => {
      assert.ok(error instanceof ContentError);
      message = error.message;
      return true;
    },
  );
  assert.ok(!message.includes('\n'), 'one line');
  return message;
}

export type Json = Record<string, unknown>;
export type RoomJson = Json & { area: Json; door: Json; furniture: Json[]; spots: Json[] };
export type OfficeJson = Json & { rooms: RoomJson[] };
export type SheetJson = { sprites: Record<string, { rows: string[] }> };
export type MarketJson = Json & { regimes: (Json & { next: Json })[] };

/** A change of a file's JSON as one of its text. */
export const json =
  <T>(change: (value: T) => void) =>
  (text: string): string => {
    const value = JSON.parse(text) as T;
    change(value);
    return JSON.stringify(value);
  };
export const inRoom = (index: number, change: (room: RoomJson) => void) =>
  json<OfficeJson>(({ rooms }) => change(rooms[index] ?? assert.fail('no such room')));
export const persona = (change: Json) => json<Json>((it) => void Object.assign(it, change));
