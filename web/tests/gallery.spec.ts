// Every screen of the app, looked at as the person whose screen it is: both themes, small screens, large letters, English.
import type { Page } from '@playwright/test';
import { routes } from '../src/routes';
import { drawn, expect, lookAt, paint, PUSH, settled, signIn, test, type Account } from './support';

interface Walk {
  /** The screens on the way, each reached by a link of the one before; the last is looked at. */
  way: string[];
  /** Parts whose words depend on the day. */
  changing?: string[];
  /** Made for a wide screen, and pictured there as well. */
  wide?: boolean;
  /** Of its pictures, where somebody else looks at the same address. */
  name?: string;
  /** A button to press before the last step. */
  press?: string;
}

// Screens look alike on every database.
test.skip(process.env['GIOTHONG_ENGINE'] === 'PostgreSQL', 'looked at on SQLite');

const LISTS = ['main ul', 'main .card', 'main section'];
const CLUB = '/club/:id';
const DESK = '/desk/:drive';

const gallery: Partial<Record<Account | 'anyone', Walk[]>> = {
  anyone: [
    { way: ['/'], changing: LISTS },
    { way: ['/drives'], changing: LISTS },
    { way: ['/drives', '/drives/:id'], changing: LISTS },
    { way: ['/check'] },
    { way: ['/giving'] },
    { way: ['/sign-in'] },
    { way: ['/sign-up'] },
    { way: ['/reset-password'] },
    { way: ['/join'] },
    { way: ['/setup'] },
  ],
  nguoihien: [
    { way: ['/me'], changing: ['.count'] },
    { way: ['/me/elsewhere'] },
    { way: ['/me', '/me/reserve'] },
    { way: ['/me/history'], changing: LISTS },
    { way: ['/me/profile'] },
    { way: ['/me/consents'] },
    { way: ['/me/accesses'], changing: LISTS },
    { way: ['/me/callers'] },
    { way: ['/me/messages'], changing: LISTS },
    { way: ['/me/messages', '/me/wishes'], changing: PUSH },
    { way: ['/me/export'] },
    { way: ['/me/devices'], changing: LISTS },
    { way: ['/me/leave'] },
    { way: ['/me/registrations'], changing: LISTS },
    { way: ['/me/registrations', '/me/registrations/:id'], changing: ['.code', 'main .card'] },
    { way: ['/me/registrations', '/me/registrations/:id', '/me/registrations/:id/questions'] },
  ],
  caulacbo: [
    { way: ['/club'], changing: LISTS },
    { way: ['/', CLUB], changing: LISTS },
    { way: ['/', CLUB, `${CLUB}/members`], changing: LISTS },
    { way: ['/', CLUB, `${CLUB}/members`, `${CLUB}/add`] },
    { way: ['/', CLUB, `${CLUB}/this-week`], changing: [...LISTS, 'main select'] },
    { way: ['/', CLUB, `${CLUB}/reserve`], changing: ['main select', '.rows'] },
    { way: ['/', CLUB, `${CLUB}/reserve`, `${CLUB}/reserve/add`], changing: LISTS },
    { way: ['/', CLUB, `${CLUB}/relay`], changing: LISTS },
    { way: ['/', CLUB, `${CLUB}/cards`], changing: LISTS },
    { way: ['/', CLUB, `${CLUB}/drives`], changing: LISTS },
    { way: ['/', CLUB, `${CLUB}/drives`, `${CLUB}/drives/:drive`], changing: [...LISTS, 'main select'] },
  ],
  tiepdon: [
    { way: ['/desk'], changing: LISTS },
    { way: ['/desk', DESK], changing: LISTS },
    { way: ['/desk', DESK, `${DESK}/scan`] },
    { way: ['/desk', DESK, `${DESK}/walk-in`] },
    { way: ['/desk', DESK, `${DESK}/print`], changing: ['table'], wide: true },
    { way: ['/desk', DESK, `${DESK}/visits/:id`], changing: ['main'] },
  ],
  dieuduong: [
    {
      way: ['/desk', DESK, `${DESK}/visits/:id`, `${DESK}/visits/:id/examine`],
      press: 'Tiếp đón',
      changing: ['h1', 'main p'],
    },
  ],
  benhvien: [
    { way: ['/hospital'], changing: LISTS },
    { way: ['/hospital', '/hospital/new'] },
    { way: ['/hospital', '/hospital/calls/:id'], changing: LISTS },
    { way: ['/hospital', '/hospital/reviews'], changing: ['main section'] },
  ],
  dieuphoi: [
    { way: ['/coordinator'], changing: LISTS, wide: true },
    { way: ['/coordinator/requests'], changing: LISTS },
    {
      way: ['/coordinator', '/hospital/calls/:id'],
      name: 'coordinator-call',
      changing: ['main ul', 'main dl', 'main ol'],
      wide: true,
    },
    { way: ['/coordinator', '/coordinator/reviews'], changing: ['main section'] },
    { way: ['/coordinator/drives'], changing: LISTS },
    { way: ['/coordinator/drives/new'] },
    { way: ['/coordinator/drives', '/coordinator/drives/:id'], changing: LISTS },
    { way: ['/coordinator/drives', '/coordinator/drives/:id', '/coordinator/drives/:id/edit'] },
    {
      way: ['/coordinator/drives', '/coordinator/drives/:id', '/coordinator/drives/:id/board'],
      changing: ['main ul', 'main h1', 'main section'],
      wide: true,
    },
    {
      way: ['/coordinator/drives?when=past', '/coordinator/drives/:id', '/coordinator/drives/:id/declared'],
      changing: ['main form', 'main .sum', 'main .notice'],
      wide: true,
    },
    { way: ['/coordinator/numbers'], changing: LISTS, wide: true },
    { way: ['/coordinator/clusters'], changing: LISTS },
    { way: ['/coordinator/totals'], changing: LISTS, wide: true },
    { way: ['/coordinator/report'], changing: ['table'], wide: true },
    { way: ['/coordinator/report', '/coordinator/report/print'], changing: ['table'], wide: true },
  ],
  quantri: [
    { way: ['/admin'] },
    { way: ['/admin/people'] },
    { way: ['/admin/queues'], changing: LISTS },
    { way: ['/admin/organisations'], changing: LISTS },
    { way: ['/admin/organisations', '/admin/organisations/new'] },
    { way: ['/admin/organisations', '/admin/organisations/:id'], changing: LISTS },
  ],
};

/** The screens that tests of their own look at, since they need something made first. */
const elsewhere = [
  `${CLUB}/drives/:drive/holds/:hold`,
  `${CLUB}/came`,
  '/coordinator/reminders',
  '/imports',
  '/imports/new',
  '/imports/:id',
];

/** The address that a link on this page has for a route. */
async function linkTo(page: Page, route: string): Promise<string> {
  const shape = new RegExp(`^/app${route.replace(/:[a-z]+/g, '[0-9a-f-]{36}')}([?]|$)`);
  const links = page.locator('a[href^="/app/"]');
  const find = async (): Promise<string | undefined> => {
    const all = await links.evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
    return all.find((address) => shape.test(address));
  };
  await expect.poll(find, { message: `a link to ${route} on ${page.url()}` }).toBeTruthy();
  return (await find()) ?? '';
}

async function walk(page: Page, { way, press }: Walk): Promise<void> {
  await page.goto(`/app${way[0] ?? ''}`);
  for (const [step, route] of way.slice(1).entries()) {
    await settled(page);
    if (press && step === way.length - 2) await page.getByRole('button', { name: press }).click();
    await page.goto(await linkTo(page, route));
  }
  await settled(page);
}

/** How far things jumped while the screen was filled, as browsers measure it; 0.1 is called good. */
async function jumps(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((done) => {
        new PerformanceObserver((list) => {
          const shifts = list.getEntries() as unknown as { value: number }[];
          done(shifts.reduce((sum, shift) => sum + shift.value, 0));
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => done(0), 300);
      }),
  );
}

/** How far the page can be moved sideways. */
async function over(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

async function looseEnds(page: Page, name: string): Promise<void> {
  const size = page.viewportSize() ?? { width: 393, height: 727 };
  await page.setViewportSize({ width: 320, height: 640 });
  expect.soft(await over(page), `${name} at 320 pixels`).toBeLessThanOrEqual(0);
  await page.setViewportSize(size);
  await page.evaluate(() => (document.documentElement.style.fontSize = '212.5%'));
  expect.soft(await over(page), `${name} in letters twice as large`).toBeLessThanOrEqual(0);
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
}

async function inEnglish(page: Page, name: string): Promise<void> {
  await page.evaluate(() => localStorage.setItem('giothong.language', 'en'));
  await page.reload();
  await settled(page);
  await expect.soft(page.locator('html'), name).toHaveAttribute('lang', 'en');
  await paint(page, `${name}-en`);
  await page.evaluate(() => localStorage.removeItem('giothong.language'));
}

async function onDesktop(page: Page, name: string): Promise<void> {
  const size = page.viewportSize() ?? { width: 393, height: 727 };
  await page.setViewportSize({ width: 1440, height: 900 });
  await drawn(page);
  await paint(page, `${name}-wide`);
  expect.soft(await over(page), `${name} on a desktop`).toBeLessThanOrEqual(0);
  await page.setViewportSize(size);
}

function nameOf(way: string[]): string {
  const route = (way.at(-1) ?? '').replace(/:/g, '').replace(/^\//, '').replace(/\//g, '-');
  return route || 'home';
}

for (const [who, walks] of Object.entries(gallery)) {
  test(`every screen of ${who} can be read by everybody`, async ({ page }) => {
    test.setTimeout(60_000 + walks.length * 30_000);
    if (who !== 'anyone') await signIn(page, who as Account);
    for (const one of walks) {
      const { way, changing, wide } = one;
      const name = one.name ?? nameOf(way);
      await test.step(name, async () => {
        await walk(page, one);
        expect.soft(await jumps(page), `${name} jumps`).toBeLessThan(0.1);
        if (wide) await onDesktop(page, name);
        await looseEnds(page, name);
        await lookAt(page, name, changing);
        await inEnglish(page, name);
      });
    }
  });
}

test('no screen is left out', () => {
  const looked = Object.values(gallery).flatMap((walks) => walks.map(({ way }) => way.at(-1)));
  const all = routes.map((route) => route.path);
  expect(all.filter((path) => !looked.includes(path) && !elsewhere.includes(path))).toEqual([]);
});
