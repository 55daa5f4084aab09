/** The system's Chromium, driven by playwright-core, on pages of loopback only. */
import { existsSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { Backlot } from '#backlot/backlot.ts';
import places from './browsers.json' with { type: 'json' };

const PATIENCE_MS = 10_000;

/** Throws one line when there is no Chromium. */
export function launchBrowser(): Promise<Browser> {
  const candidates = process.env['CHROMIUM'] ? [process.env['CHROMIUM']] : places;
  const executablePath = candidates.find((file) => existsSync(file));
  if (executablePath === undefined)
    throw new Error(
      `The page's test needs Chromium, and there is no ${candidates.join(', ')}. Install it, or set CHROMIUM to its path.`,
    );
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Window {
  page: Page;
  /** What went wrong in it: errors in the console, exceptions, requests to anywhere but the backlot. */
  complaints: string[];
}

export async function openWindow(
  t: TestContext,
  browser: Browser,
  backlot: Backlot,
  size = { width: 1400, height: 900 },
  locale = 'en-US',
): Promise<Window> {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce', locale });
  t.after(() => context.close());
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (line) => {
    if (line.type() === 'error' || line.type() === 'warning')
      complaints.push(`${line.type()}: ${line.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.stack ?? error.message}`));
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== 'data:' && host !== new URL(backlot.url).host) complaints.push(`asked ${request.url()}`);
  });
  await page.goto(backlot.url);
  await page.getByTestId('persona-switch').waitFor({ state: 'attached' });
  return { page, complaints };
}
