// A server on a free port over an index of some descriptions, and a browser
// that notes whatever a page must not do.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export function browser() {
  const executablePath = places.find((place) => existsSync(place));
  // The tests may run as root, where the browser has no sandbox.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** Serves an index of a folder; gives its address and how to end it. */
export async function serve(program, corpus) {
  const folder = mkdtempSync(join(tmpdir(), 'esr-search-page-'));
  const index = join(folder, 'index');
  const built = spawnSync(program, ['index', corpus, '--index', index]);
  if (built.status > 1) throw new Error(String(built.stderr));
  const child = spawn(program, ['serve', '--index', index, '--listen', '127.0.0.1:0']);
  const origin = await new Promise((resolve, reject) => {
    child.stderr.on('data', (said) => {
      const found = String(said).match(/http:\/\/[^/\s]+/);
      if (found) resolve(found[0]);
    });
    child.on('exit', () => reject(new Error('the server ended')));
  });
  const end = () => {
    child.removeAllListeners('exit');
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  return { origin, end };
}

/** A page whose misdeeds are noted: scripts, reports, requests elsewhere. */
export async function page(browser, origin, options = {}) {
  const context = await browser.newContext({ baseURL: origin, locale: 'fi-FI', ...options });
  const opened = await context.newPage();
  const misdeeds = [];
  let bytes = 0;
  opened.on('dialog', (dialog) => {
    misdeeds.push('dialog: ' + dialog.message());
    dialog.dismiss();
  });
  opened.on('pageerror', (error) => misdeeds.push('error: ' + error.message));
  opened.on('console', (said) => {
    // The browser reports each page that answers with an error's code.
    const own = said.text().startsWith('Failed to load resource');
    if (said.type() === 'error' && !own) misdeeds.push('console: ' + said.text());
  });
  opened.on('request', (request) => {
    if (!request.url().startsWith(origin)) misdeeds.push('request: ' + request.url());
  });
  opened.on('response', async (response) => {
    const body = await response.body().catch(() => '');
    bytes += body.length;
  });
  return { page: opened, misdeeds, weight: () => bytes, close: () => context.close() };
}
