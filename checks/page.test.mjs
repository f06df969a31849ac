// The sample's page in headless Chromium: two tabs chat, one loses its connection and gets back what it missed.
// Needs the sample's jar ("mvn -pl sample-app -am package"), or SAMPLE_URL of a sample that runs already.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { startSample } from './sample.mjs';

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };
const TARGET = fileURLToPath(new URL('target/', import.meta.url));

let sample;
let browser;

before(async () => {
  await mkdir(TARGET, { recursive: true });
  sample = await startSample();
  // A launch has a fresh profile of its own.
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
});

after(async () => {
  await browser?.close();
  await sample?.stop();
});

test('two people chat, one is cut and gets what was missed', async (t) => {
  const ana = await enter(t, 'Ana', { viewport: PHONE });
  const ben = await enter(t, 'Ben', { viewport: DESKTOP });

  await t.test('both are in the room', async () => {
    await ana.locator('#people-toggle').click();
    await person(ana, 'Ben').waitFor();
    await shot(ana, 'phone-people');
    await ana.locator('#people-toggle').click();
    await person(ben, 'Ana').waitFor();
    await ben.getByText('via websocket').waitFor();
  });

  await t.test('messages, ticks and typing', async () => {
    await say(ana, 'Good morning! Is the ferry on time today?');
    await message(ben, 'Good morning! Is the ferry on time today?').waitFor();
    await message(ana, 'Good morning!').getByText('delivered', { exact: true }).waitFor();
    await ben.getByLabel('Message', { exact: true }).pressSequentially('It is');
    await ana.getByText('Ben is typing…').waitFor();
    await say(ben, 'It is. Gate 2, leaving at half past nine.');
    await message(ana, 'Gate 2').waitFor();
    assert.equal(await ana.locator('#typing').textContent(), '');
    await say(ben, '<b>no markup</b> & no surprises');
    assert.equal(await message(ana, '<b>no markup</b>').locator('b').count(), 0);
    await shot(ana, 'phone-chat');
    await shot(ben, 'desktop-chat');
  });

  await t.test('a cut connection is recovered', async () => {
    await ana.getByRole('button', { name: 'Cut for 5 s' }).click();
    await ana.getByText('Connection lost').waitFor();
    await ana.getByText(/reconnecting in \d s/).waitFor();
    await person(ben, 'Ana').getByText('away').waitFor();
    await say(ben, 'Are you still there?');
    await say(ben, 'Gate 3 now, they just changed it.');
    await say(ben, 'See you there.');
    await say(ana, 'Typed without a connection.');
    assert.equal(await message(ben, 'See you there.').locator('.progress').textContent(), 'sent');
    await message(ana, 'Typed without').getByText('waiting').waitFor();
    assert.equal(await message(ana, 'Are you still there?').count(), 0);
    await shot(ana, 'phone-lost');
    await shot(ben, 'desktop-away');

    await ana.getByText('Recovered: 3 missed messages arrived').waitFor({ timeout: 30_000 });
    assert.ok(await ana.locator('#recovered').evaluate((lamp) => lamp.classList.contains('lit')));
    await ana.getByText('3 messages while you were offline').waitFor();
    await message(ben, 'See you there.').getByText('delivered', { exact: true }).waitFor();
    await message(ben, 'Typed without a connection.').waitFor();
    await message(ana, 'Typed without').getByText('delivered', { exact: true }).waitFor();
    await person(ben, 'Ana').getByText('away').waitFor({ state: 'detached' });
    assert.equal(await ben.locator('#people li').count(), 2);
    const missed = await ana.locator('.missed .body').allTextContents();
    assert.deepEqual(missed, ['Are you still there?', 'Gate 3 now, they just changed it.', 'See you there.']);
    await shot(ana, 'phone-recovered');
    await shot(ben, 'desktop-after');
  });

  await t.test('a second cut recovers too, now on the desktop', async () => {
    await ben.getByRole('button', { name: 'Cut for 5 s' }).click();
    await ben.getByText('Connection lost').waitFor();
    await say(ana, 'Found it, I keep you a seat.');
    await ben.getByText('Recovered: 1 missed message arrived').waitFor({ timeout: 30_000 });
    await message(ben, 'Found it').waitFor();
    assert.equal(await message(ben, 'Found it').count(), 1);
    await shot(ben, 'desktop-recovered');
  });

  await t.test('rooms have their own history', async () => {
    await ben.getByRole('button', { name: 'Garden' }).click();
    await ben.getByText('No messages yet').waitFor();
    await person(ben, 'Ana').waitFor({ state: 'detached' });
    await say(ben, 'Only for gardeners');
    await message(ben, 'Only for gardeners').getByText('sent', { exact: true }).waitFor();
    assert.equal(await message(ana, 'Only for gardeners').count(), 0);
    await ana.getByRole('button', { name: 'Garden' }).click();
    await message(ana, 'Only for gardeners').waitFor();
    await message(ben, 'Only for gardeners').getByText('delivered', { exact: true }).waitFor();
  });

  await t.test('a reload leaves nobody behind and shows the history', async () => {
    await ben.reload();
    await message(ben, 'Only for gardeners').getByText('delivered', { exact: true }).waitFor();
    await ana.locator('#people-toggle').click();
    await person(ana, 'Ben').waitFor();
    await ana.waitForFunction(() => document.querySelectorAll('#people li').length === 2);
    assert.equal(await ana.locator('#people .away').count(), 0);
  });
});

test('a name that is refused is asked for again', async (t) => {
  const page = await open(t, { viewport: DESKTOP });
  await page.getByLabel('Your name').fill('   ');
  await page.getByRole('button', { name: 'Enter the chat' }).click();
  await page.getByRole('alert').getByText('1 to 24 characters').waitFor();
  await shot(page, 'desktop-welcome');
  await page.getByLabel('Your name').fill('Cleo');
  await page.getByRole('button', { name: 'Enter the chat' }).click();
  await page.getByText('via websocket').waitFor();
});

test('without our own script the page takes the one of the CDN, whose hash it knows', async (t) => {
  const script = await (await fetch(`${sample.url}/socket.io/socket.io.min.js`)).text();
  const page = await open(t, { viewport: PHONE, colorScheme: 'dark' }, async (context) => {
    await context.route('**/socket.io/socket.io.min.js', (route) => route.fulfill({ status: 400, json: { code: 0 } }));
    await context.route('https://cdn.socket.io/**', (route) => route.fulfill({
      contentType: 'application/javascript',
      headers: { 'Access-Control-Allow-Origin': '*' },
      body: script,
    }));
  });
  await shot(page, 'phone-welcome-dark');
  await page.getByLabel('Your name').fill('Dora');
  await page.getByRole('button', { name: 'Enter the chat' }).click();
  await page.getByText('via websocket').waitFor();
  await say(page, 'It is dark out here.');
  await message(page, 'It is dark out here.').getByText('sent', { exact: true }).waitFor();
  await shot(page, 'phone-dark');
  await page.setViewportSize(DESKTOP);
  await shot(page, 'desktop-dark');
});

async function open(t, options, prepare) {
  const context = await browser.newContext(options);
  t.after(() => context.close());
  context.setDefaultTimeout(20_000);
  await prepare?.(context);
  const page = await context.newPage();
  page.on('pageerror', (error) => assert.fail(`the page fails: ${error}`));
  await page.goto(sample.url);
  return page;
}

async function enter(t, name, options) {
  const page = await open(t, options);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Enter the chat' }).click();
  await page.locator('#connection[data-state=connected]').waitFor();
  return page;
}

async function say(page, text) {
  await page.getByLabel('Message', { exact: true }).fill(text);
  await page.keyboard.press('Enter');
  await message(page, text).waitFor();
}

function message(page, text) {
  return page.getByRole('log').getByRole('article').filter({ hasText: text });
}

function person(page, name) {
  return page.locator('#people li').filter({ hasText: name });
}

async function shot(page, name) {
  await page.screenshot({ path: `${TARGET}${name}.png`, animations: 'disabled' });
}
