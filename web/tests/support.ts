// What every browser test shares: who people are, and what no page may ever do.
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { mails } from './mails';

/** Fails a test whose page asks another host, is refused by the policy, or throws. */
export const test = base.extend<{ watched: void }>({
  watched: [
    async ({ page, baseURL }, use) => {
      const faults: string[] = [];
      const home = new URL(baseURL ?? 'http://127.0.0.1:8080').host;
      page.on('request', (request) => {
        const url = new URL(request.url());
        if (url.protocol.startsWith('http') && url.host !== home) faults.push(`asked ${url.href}`);
      });
      page.on('console', (message) => {
        if (/Content Security Policy/.test(message.text())) faults.push(message.text());
      });
      page.on('pageerror', (error) => faults.push(`${error.name}: ${error.message}`));
      await use();
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});
export { expect };

/** The accounts of the demonstration. */
export type Account =
  | 'quantri'
  | 'dieuphoi'
  | 'caulacbo'
  | 'tiepdon'
  | 'dieuduong'
  | 'benhvien'
  | 'kiemtra'
  | 'trunguong'
  | 'nguoihien';

/** Signs in on screen with the demonstration's password. */
export async function signIn(page: Page, account: Account): Promise<void> {
  await page.goto('/app/sign-in');
  await page.getByRole('button', { name: 'Mật khẩu' }).click();
  await page.getByLabel('Email').fill(`${account}@giothong.example`);
  await page.getByLabel('Mật khẩu').fill('giot-hong-minh-hoa');
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await page.getByRole('heading', { level: 1, name: /Chào/ }).waitFor();
}

/** The six digits that were mailed to an address; waits for the mail. */
export async function codeFor(email: string, since = 0): Promise<string> {
  let code = '';
  const newest = () => {
    const to = mails(undefined, since).filter((mail) => mail.to === email);
    return to.map((mail) => /(?<!\d)(\d{6})(?!\d)/.exec(mail.words)?.[1]).find(Boolean) ?? '';
  };
  await expect
    .poll(() => (code = newest()), { timeout: 30_000, intervals: [100], message: `a code for ${email}` })
    .not.toBe('');
  return code;
}

/** The first drive to come that can be booked. */
export async function openDrive(page: Page): Promise<{ id: string; name: string }> {
  const answer = await page.request.get('/api/v1/drives?open=true&limit=20');
  const { items } = (await answer.json()) as {
    items: { id: string; name: string; kind: string; state: string }[];
  };
  const drive = items.find((one) => one.kind === 'planned' && one.state === 'open');
  if (!drive) throw new Error('the demonstration has no open drive');
  return drive;
}

/** What the page sends from now on, each body as text; asking the browser would miss bodies of `Request`. */
export async function sent(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const bodies: string[] = [];
    Object.assign(window, { bodies });
    window.Request = class extends Request {
      constructor(input: RequestInfo | URL, init?: RequestInit) {
        super(input, init);
        if (typeof init?.body === 'string') bodies.push(init.body);
      }
    };
  });
  return () => page.evaluate(() => (window as unknown as { bodies: string[] }).bodies);
}

/** Waits until everything the screen fetches stands there. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForFunction(() => {
    const waits = document.querySelector('main [aria-hidden="true"] .line, main [aria-busy="true"]');
    return !waits && !/(^|\n)(Đang tải|Loading)/.test(document.body.innerText);
  });
}

/**
 * Looks at a whole screen: axe in both themes, and what a screen reader is told. With PICTURES=yes a picture of each
 * theme is left in `screens/` among the results. `changing` names parts whose words depend on the day.
 */
export async function lookAt(page: Page, name: string, changing: string[] = []): Promise<void> {
  await settled(page);
  // What a screen looks like does not come from the database.
  if (process.env['GIOTHONG_ENGINE'] !== 'PostgreSQL') {
    for (const colorScheme of ['light', 'dark'] as const) await lookAtTheme(page, name, colorScheme);
    await page.emulateMedia({ colorScheme: 'light' });
  }
  expect(await told(page, changing)).toMatchSnapshot(`${name}.yml`);
}

async function lookAtTheme(page: Page, name: string, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await placeNavigation(page, 'static');
  await drawn(page);
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const named = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`);
  expect.soft(named, `${name}, ${colorScheme}`).toEqual([]);
  await paint(page, `${name}-${colorScheme}`);
  await placeNavigation(page, '');
}

/** Where the picture of a screen is left. */
export const picture = (file: string): string => join(test.info().project.outputDir, 'screens', file);

/** Leaves a picture of the screen, where somebody wants to look. */
export async function paint(page: Page, name: string): Promise<void> {
  if (process.env['PICTURES'] !== 'yes') return;
  await page.screenshot({ path: picture(`${name}.png`), fullPage: true, scale: 'css' });
}

/** Waits until the page is painted as it is now, in the colours of its theme. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))),
  );
}

/** What lies under the fixed navigation has no colours of its own that axe could compare. */
async function placeNavigation(page: Page, position: string): Promise<void> {
  const navigation = page.locator('nav');
  if ((await navigation.count()) === 0) return;
  await navigation.first().evaluate((nav, value) => (nav.style.position = value), position);
}

/**
 * Hides these parts of the screen and no others, also where they are drawn anew; they stay where they are, so that it
 * goes on working. What the browser cannot select by itself is marked first.
 */
async function hide(page: Page, selectors: string[]): Promise<void> {
  await page
    .locator('[data-hidden]')
    .evaluateAll((parts) => parts.forEach((part) => part.removeAttribute('data-hidden')));
  for (const selector of selectors.filter((one) => one.includes(':has-text'))) {
    await page
      .locator(selector)
      .evaluateAll((parts) => parts.forEach((part) => part.setAttribute('data-hidden', '')));
  }
  await page.evaluate(
    (hidden) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(hidden.map((one) => `${one} { display: none !important }`).join('\n'));
      document.adoptedStyleSheets = [sheet];
    },
    [...selectors, '[data-hidden]'],
  );
}

/** What is said of pushes: it depends on what this browser can do. */
export const PUSH = [
  'main button:has-text("Bật thông báo trên máy này")',
  'main p:has-text("Trình duyệt này không hiện được thông báo")',
];

/** What is said for a few seconds and is not part of a screen. */
const PASSING = '.toasts > *';

/** The accessibility tree, without what changes from day to day. */
async function told(page: Page, changing: string[]): Promise<string> {
  await hide(page, [...changing, PASSING]);
  const tree = await page.locator('body').ariaSnapshot();
  await hide(page, []);
  const weekday = /(chủ nhật|thứ (hai|ba|tư|năm|sáu|bảy)|(?<=\s|")(T[2-7]|CN)(?=\s))/giu;
  return tree
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '#')
    .replace(weekday, 'ngày')
    .replace(/\d+([.,]\d+)*/g, '#');
}
