// node tests/page/run.mjs PROGRAM: the page in a real browser. Says what was
// tried, and ends with 1 if anything is not as it should be.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { browser, page, serve } from './house.mjs';
import { hostile, pieces, seen } from './hostile.mjs';

const program = process.argv[2];
const corpus = fileURLToPath(new URL('../corpus', import.meta.url));

const PAGES = [
  '/', '/?q=nuoret', '/?q=nuoret&filter=region%3DLappi&lang=sv', '/?q=ty%C3%B6paja&explain=true&lang=en',
  '/?q=tyottomat', '/?q=xyzzyxyzzy&filter=status%3Dended', '/?q=%22', '/project/S26011?q=osaty%C3%B6kykyiset',
  '/project/S18214?lang=en', '/project/S26277?lang=sv', '/compare?code=S26011&code=S26024',
  '/compare', '/overview', '/overview?q=nuoret&lang=en', '/help', '/help?lang=en', '/accessibility',
  '/accessibility?lang=sv', '/nothing', '/?nothing=1',
];

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/** The main journey by mouse. */
async function byMouse(at) {
  await at.goto('/');
  await at.getByRole('link', { name: 'nuorten työpajat' }).click();
  assert.match(await at.locator('h1').innerText(), /hank/);
  const all = await at.locator('.hit').count();
  assert.ok(all > 1);
  await at.locator('.facets a').first().click();
  assert.equal(await at.locator('.chips li').count(), 2);
  await at.locator('.chips a').first().click();
  assert.equal(await at.locator('.hit').count(), all);
  await at.getByRole('link', { name: 'uusin ensin' }).click();
  assert.match(at.url(), /sort=start/);
  await at.locator('.pick input').nth(0).check();
  await at.locator('.pick input').nth(1).check();
  await at.getByRole('button', { name: 'Vertaa valittuja' }).click();
  assert.equal(await at.locator('.compare thead th').count(), 2);
  await at.goBack();
  await at.locator('.hit h3 a').first().click();
  assert.ok((await at.locator('mark').count()) > 0);
  await at.getByRole('link', { name: 'Takaisin hakutuloksiin' }).click();
  assert.match(at.url(), /sort=start/);
  await at.getByRole('link', { name: 'English' }).click();
  assert.equal(await at.locator('html').getAttribute('lang'), 'en');
}

/** The same with the keyboard alone; focus is seen at every stop. */
async function byKeyboard(at) {
  await at.goto('/');
  await at.keyboard.press('Tab');
  assert.equal(await at.evaluate(() => document.activeElement.className), 'skip');
  while ((await at.evaluate(() => document.activeElement.id)) !== 'q') await at.keyboard.press('Tab');
  await at.keyboard.type('osatyö');
  await at.locator('.offers li').first().waitFor();
  assert.equal(await at.locator('#q').getAttribute('aria-expanded'), 'true');
  await at.keyboard.press('Escape');
  assert.equal(await at.locator('#q').getAttribute('aria-expanded'), 'false');
  await at.keyboard.type('k');
  await at.locator('.offers li').first().waitFor();
  await at.keyboard.press('ArrowDown');
  const chosen = await at.locator('.offers [aria-selected=true] span').first().innerText();
  await Promise.all([at.waitForURL(/q=osaty/), at.keyboard.press('Enter')]);
  assert.equal(await at.locator('#q').inputValue(), chosen);
  let stops = 0;
  for (; stops < 200; stops += 1) {
    await at.keyboard.press('Tab');
    const stop = await at.evaluate(() => {
      const here = document.activeElement;
      const style = getComputedStyle(here);
      return { name: here.outerHTML.slice(0, 80), body: here === document.body, seen: parseFloat(style.outlineWidth) >= 2 };
    });
    if (stop.body) break;
    assert.ok(stop.seen, 'no focus is seen at ' + stop.name);
  }
  assert.ok(stops > 20);
  await at.locator('.hit h3 a').first().focus();
  await at.keyboard.press('Enter');
  await at.waitForURL(/\/project\//);
  assert.equal(await at.locator('h1').count(), 1);
}

/** The same without scripts, from the box to the second page. */
async function withoutScripts(at) {
  await at.goto('/');
  await at.fill('#q', 'hanke');
  await at.getByRole('button', { name: 'Hae' }).click();
  assert.equal(await at.locator('.hit').count(), 10);
  await at.locator('a[rel=next]').click();
  assert.match(at.url(), /page=2/);
  await at.locator('details summary').nth(2).click();
  await at.locator('details[open] a').last().click();
  assert.ok((await at.locator('.chips li').count()) > 1);
  await at.locator('.hit h3 a').first().click();
  assert.ok((await at.locator('section h2').count()) > 4);
}

/** No violation of WCAG 2.2 A and AA, nothing too wide or too heavy. */
async function accessible(open) {
  // Colours do not go by width, so two of the four pairs show all there is.
  for (const [colorScheme, width] of [['light', 1280], ['dark', 320]]) {
    for (const path of PAGES) {
      const viewport = { width, height: 900 };
      const { page: at, close, misdeeds, weight } = await open({ colorScheme, viewport });
      await at.goto(path);
      const over = await at.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${path} is ${over} pixels too wide at ${width}`);
      assert.ok(weight() <= 60_000, `${path} weighs ${weight()} bytes`);
      assert.deepEqual(misdeeds, [], path);
      await at.evaluate(axe.source);
      const found = await at.evaluate((tags) => window.axe.run({ runOnly: tags }), TAGS);
      assert.ok(found.passes.length > 5, 'the rules were not tried on ' + path);
      const wrong = found.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html).join('\n  '));
      assert.deepEqual(wrong, [], `${path}, ${colorScheme}, ${width}`);
      await close();
    }
  }
}

/** On paper there is the project and nothing to press. */
async function printed(at) {
  await at.goto('/project/S26011');
  await at.emulateMedia({ media: 'print' });
  assert.equal(await at.locator('.box').isVisible(), false);
  assert.equal(await at.locator('h1').isVisible(), true);
}

/** Whatever descriptions hold, it is shown as text, no script runs and nothing is asked elsewhere. */
async function unharmed(chrome) {
  const made = hostile();
  const served = await serve(program, made.folder);
  try {
    const { page: at, misdeeds, close } = await page(chrome, served.origin);
    for (let number = 1; number <= 5; number += 1) await at.goto(`/?q=hanke&explain=true&page=${number}`);
    for (const { code, texts } of made.projects) {
      await at.goto(`/project/${code}?q=hanke`);
      const shown = seen(await at.evaluate(() => document.body.textContent));
      // Once for the name and the paragraphs, once more for the table of values.
      for (const text of texts) assert.ok(shown.split(seen(text)).length > 2, `${code} does not show ${text}`);
      assert.deepEqual(misdeeds, [], code);
    }
    console.log(`ok: ${made.projects.length} descriptions with ${made.texts.length} hostile texts in every field`);
    for (const [number, texts] of pieces(made.texts, 4).entries()) {
      const text = texts.join(' ');
      const typed = encodeURIComponent(text);
      for (const path of [`/overview?q=${typed}`, `/?${typed}=1`, `/${typed}`, `/?q=${typed}`]) {
        await at.goto(path);
        assert.deepEqual(misdeeds, [], path);
      }
      assert.equal(seen(await at.locator('#q').inputValue()), seen(text));
      if (number % 250 === 249) console.log(`so far: ${4 * number + 4} texts typed`);
    }
    await at.goto(`/compare?code=${made.projects.slice(0, 4).map(({ code }) => code).join('&code=')}`);
    await at.goto('/overview');
    assert.deepEqual(misdeeds, []);
    await close();
    return made.texts.length;
  } finally {
    served.end();
    made.end();
  }
}

const chrome = await browser();
const served = await serve(program, corpus);
const open = (options) => page(chrome, served.origin, options);
const journeys = [
  ['by mouse', byMouse, {}],
  ['by mouse on a telephone', byMouse, { viewport: { width: 320, height: 640 } }],
  ['by keyboard', byKeyboard, {}],
  ['without scripts', withoutScripts, { javaScriptEnabled: false }],
  ['on paper', printed, {}],
];
try {
  for (const [name, journey, options] of journeys) {
    const { page: at, misdeeds, close } = await open(options);
    await journey(at);
    assert.deepEqual(misdeeds, []);
    await close();
    console.log('ok: ' + name);
  }
  await accessible(open);
  console.log(`ok: ${PAGES.length} pages, light and wide, dark and narrow: no violation of WCAG 2.2 A and AA`);
  console.log(`ok: ${await unharmed(chrome)} hostile texts`);
} finally {
  served.end();
  await chrome.close();
}
