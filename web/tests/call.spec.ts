// An urgent need of tonight, from the hospital's first press to the mail that nobody else need come.
import type { Browser, Page } from '@playwright/test';
import { mails } from './mails';
import { asked, become, stop } from './office';
import { expect, lookAt, settled, signIn, test } from './support';

/** Two units of O+ are posted; answers the call's address on screen and how long that took. */
async function post(page: Page): Promise<{ id: string; seconds: number }> {
  await page.goto('/app/hospital');
  await settled(page);
  const began = Date.now();
  await page.getByRole('link', { name: 'Đăng yêu cầu' }).click();
  await page.getByText('O+', { exact: true }).click();
  await page.getByRole('button', { name: 'Đăng: 2 đơn vị máu O+' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '2 đơn vị máu O+' })).toBeVisible();
  const seconds = (Date.now() - began) / 1000;
  await expect(page.getByText('Chờ xác minh', { exact: true })).toBeVisible();
  return { id: page.url().split('/').at(-1) ?? '', seconds };
}

/** Whom this call asked, with the link each of them got. */
function invited(since: number, hour: string): { to: string; link: string }[] {
  const asks = mails(undefined, since).filter(
    ({ words }) => words.includes(`trước ${hour},`) && words.includes('đang cần máu gấp'),
  );
  return asks.map(({ to, words }) => ({ to, link: /http\S+\/a\/[\w.-]+/.exec(words)?.[0] ?? '' }));
}

/** The link by which a coordinator is asked for their word. */
async function linkToVerify(since: number): Promise<string> {
  let link = '';
  const find = () => {
    const asks = mails(undefined, since).filter(({ words }) => words.includes('Hãy xác minh với bệnh viện'));
    return (link = /http\S+/.exec(asks[0]?.words ?? '')?.[0] ?? '');
  };
  await expect.poll(find, { timeout: 60_000, message: 'a mail to the coordinator' }).not.toBe('');
  return link;
}

/** Who was written that enough come, and told where to see it. */
function stoodDown(since: number, id: string): string[] {
  const told = mails(undefined, since).filter(
    ({ words }) => words.includes('đã đủ người hiến') && words.includes(`/c/${id}`),
  );
  return told.map(({ to }) => to).sort();
}

/** A donor taps the link of the mail on a phone of their own, and says they come. */
async function comes(browser: Browser, link: string, name?: string): Promise<void> {
  const phone = await browser.newContext();
  try {
    const page = await phone.newPage();
    await page.goto(link);
    await expect(page.getByText('Bạn có thể đến hiến không?')).toBeVisible();
    if (name) await lookAt(page, name);
    await page.getByRole('button', { name: /bệnh viện được biết tên gọi/ }).click();
    await expect(page.getByText('Chỗ của bạn đã được giữ.')).toBeVisible();
    if (name) await lookAt(page, `${name}-yes`);
  } finally {
    await phone.close();
  }
}

/** What anybody reads who was sent the address of the call. */
async function publicly(browser: Browser, id: string, title: RegExp, name: string): Promise<void> {
  const phone = await browser.newContext();
  try {
    const page = await phone.newPage();
    await page.goto(`/c/${id}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await lookAt(page, name);
  } finally {
    await phone.close();
  }
}

test('a hospital posts a need, two donors come, the others are told, and anybody can see that it is over', async ({
  page,
  browser,
}) => {
  test.setTimeout(300_000);
  const began = Date.now();
  await signIn(page, 'benhvien');
  const { id, seconds } = await post(page);
  expect(seconds, 'seconds to post').toBeLessThan(30);
  await lookAt(page, 'call-submitted');

  await become(page, 'dieuphoi');
  await page.goto(await linkToVerify(began));
  await lookAt(page, 'call-to-verify', ['.card:not(:has(button))']);
  await page.getByRole('button', { name: 'Xác minh' }).click();
  await expect(page.getByText('Đã xác minh. Hệ thống bắt đầu mời người hiến máu.')).toBeVisible();

  const office = await asked(page, 'benhvien');
  const call = await office.get<{ arrive_by: string }>(`/calls/${id}`);
  const hour = new Date(call.arrive_by).toLocaleTimeString('vi-VN', {
    timeZone: 'Asia/Ho_Chi_Minh',
    hour: '2-digit',
    minute: '2-digit',
  });
  const enough = () => invited(began, hour).length;
  await expect.poll(enough, { timeout: 60_000, message: 'mails that ask' }).toBeGreaterThanOrEqual(4);
  const [first, second] = invited(began, hour);
  await publicly(browser, id, /^Cần 2 đơn vị máu nhóm O\+$/, 'call-public');

  await become(page, 'benhvien');
  await page.goto(`/app/hospital/calls/${id}`);
  await expect(page.getByText('Chưa có ai nhận lời.', { exact: false })).toBeVisible();
  await comes(browser, first?.link ?? '', 'call-answer');
  // The screen asks again by itself.
  await expect(page.getByText('1/2 người đã nhận lời')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: /^Đã đến/ }).click();
  await expect(page.getByText(/^Đã ghi .* đến\.$/)).toBeVisible();
  await expect(page.getByText(/^đã đến lúc/)).toBeVisible();

  await comes(browser, second?.link ?? '');
  await expect(page.getByText('Đã đủ người', { exact: true })).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: /^Kết quả/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: '350 ml' }).click();
  await expect(page.getByText('Đã hiến', { exact: true })).toBeVisible();
  await lookAt(page, 'call-filled', ['main li', '[aria-labelledby=review] dd']);

  const others = () => {
    const coming = [first?.to, second?.to];
    const rest = invited(began, hour).filter(({ to }) => !coming.includes(to));
    return rest.map(({ to }) => to).sort();
  };
  await expect.poll(() => stoodDown(began, id), { timeout: 60_000 }).toEqual(others());
  expect(others().length).toBeGreaterThanOrEqual(2);
  await publicly(browser, id, /^Đã đủ người hiến, xin cảm ơn$/, 'call-public-filled');

  await stop(page);
  await publicly(browser, id, /^Lần huy động máu này đã kết thúc$/, 'call-public-over');
});

test('for four units of O− the nurse is led to the blood centre and the telephone within a minute, and the province is asked', async ({
  page,
}) => {
  await signIn(page, 'benhvien');
  await page.goto('/app/hospital');
  const began = Date.now();
  await page.getByRole('link', { name: 'Đăng yêu cầu' }).click();
  await page.getByText('O−', { exact: true }).click();
  await page.getByLabel('Bao nhiêu đơn vị máu').fill('4');
  await page.getByRole('button', { name: 'Đăng: 4 đơn vị máu O−' }).click();
  const stock = page.getByRole('region', { name: '1. Hỏi kho của trung tâm máu' });
  const telephone = page.getByRole('region', { name: '2. Gọi điện: còn thiếu 4 đơn vị máu' });
  await expect(stock.getByRole('link')).toHaveAttribute('href', /^tel:\+?\d+/);
  const donor = telephone.getByRole('listitem').first();
  await expect(donor.getByRole('button', { name: /^Gọi / })).toBeVisible();
  expect((Date.now() - began) / 1000, 'seconds to the telephone').toBeLessThan(60);
  const id = page.url().split('/').at(-1) ?? '';

  await stock.getByLabel('Số đơn vị máu trung tâm có').fill('1');
  await stock.getByRole('button', { name: 'Đã hỏi' }).click();
  await expect(stock.getByText(/^Đã hỏi lúc \d\d:\d\d\.$/)).toBeVisible();
  await donor.getByRole('button', { name: /^Gọi / }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Không nghe máy' }).click();
  await expect(donor.getByText(/^Không nghe máy, \d\d:\d\d, /)).toBeVisible();
  await lookAt(page, 'call-rare', ['main ul', 'main dl', 'main ol']);

  const office = await asked(page, 'dieuphoi');
  await office.post(`/calls/${id}/verification`, { accept: true });
  await become(page, 'dieuphoi');
  await page.goto(`/app/hospital/calls/${id}`);
  await expect(page.getByText('Đang mời người hiến trong cả tỉnh.')).toBeVisible();
  await stop(page);
});

test('who opens a link that was sent to somebody else is not taken for an answer', async ({ page }) => {
  await page.goto('/a/not-a-link');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('button')).toHaveCount(0);
});
