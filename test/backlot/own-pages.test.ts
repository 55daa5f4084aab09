import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { labPage } from '#lab/report/page.ts';
import { reportSchema } from '#lab/report/schema.ts';
import { launchBrowser, openWindow } from '#test/support/browser.ts';
import { openForTest } from './stage.ts';

const shipped = path.resolve(import.meta.dirname, '../../data/lab/scripted-100x24.json');
const report = reportSchema.parse(JSON.parse(readFileSync(shipped, 'utf8')));

test('a page of one’s own is listed and served without scripts, and nothing else lies there', async (t) => {
  const backlot = await openForTest(t, {
    ownPages: [{ id: 'notes', title: 'Notes', html: () => '<p>Hello</p>' }],
  });
  const list = await fetch(`${backlot.url}/own/pages.json`);
  assert.deepEqual(await list.json(), [{ id: 'notes', title: 'Notes' }]);
  const page = await fetch(`${backlot.url}/own/notes`);
  assert.equal(await page.text(), '<p>Hello</p>');
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  assert.equal((await fetch(`${backlot.url}/own/other`)).status, 404);
});

test('the lab’s page is linked beside the channels, and draws a row for every player with its interval', async (t) => {
  const backlot = await openForTest(t, {
    ownPages: [{ id: 'lab', title: 'The lab', html: () => labPage([{ name: 'first <run>', report }]) }],
  });
  const browser = await launchBrowser();
  t.after(() => browser.close());
  const { page, complaints } = await openWindow(t, browser, backlot);
  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'The lab' }).click();
  const lab = await opened;
  await lab.getByRole('heading', { name: 'first <run>' }).waitFor();
  const plot = lab.locator('svg[data-measure="regret"]');
  const rows = report.rows.filter(({ figures }) =>
    figures.some(({ measure, estimate }) => measure === 'regret' && estimate !== null),
  );
  assert.equal(await plot.locator('circle').count(), rows.length);
  assert.match((await plot.textContent()) ?? '', /policy-oracle.*scripted.*hold/);
  assert.deepEqual(complaints, []);
  assert.equal(await lab.locator('table tr').count(), report.measures.length + 1);
});

test('before the first run the page says how to make one', () => {
  assert.match(labPage([]), /has not run here yet.*npm run lab -- --help/);
});
