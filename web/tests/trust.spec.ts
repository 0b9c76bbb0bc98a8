// What a donor can rely on: who reads their answers, and who is on the telephone.
import type { Browser, Page } from '@playwright/test';
import { expect, lookAt, settled, signIn, test, type Account } from './support';

const NAME = 'Nguyễn Thị Hiến Máu';

/** Somebody else at the same time, on a device of their own. */
async function beside(browser: Browser, account: Account): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'vi-VN' })).newPage();
  await signIn(page, account);
  return page;
}

/** The visit that the donor of the demonstration has booked, as those see it who run that drive. */
async function openVisit(page: Page, donor: Page): Promise<void> {
  await donor.goto('/app/me/registrations');
  await donor.locator('main a[href^="/app/me/registrations/"]').first().click();
  const drive = await donor.getByRole('link', { name: 'Xem đợt hiến máu' }).getAttribute('href');
  await page.goto(`/app/desk/${drive?.split('/').pop() ?? ''}`);
  await page.getByLabel(/Tìm tên/).fill('hien mau');
  await page.getByRole('link', { name: NAME }).click();
  await expect(page.getByRole('heading', { level: 1, name: NAME })).toBeVisible();
}

test('answers about health go to the nurse and nowhere else', async ({ page, browser }) => {
  await signIn(page, 'nguoihien');
  const nurse = await beside(browser, 'dieuduong');
  await openVisit(nurse, page);

  await page.getByRole('link', { name: /Trả lời phiếu hỏi sức khỏe/ }).click();
  await settled(page);
  const questions = page.getByRole('group');
  await page.getByRole('button', { name: 'Gửi phiếu' }).click();
  await expect(page.getByText('Cần trả lời câu này.').first()).toBeVisible();
  const count = await questions.count();
  expect(count).toBeGreaterThan(5);
  for (let place = 0; place < count; place += 1) {
    await questions
      .nth(place)
      .getByText(place === 6 ? 'Có' : 'Không', { exact: true })
      .click();
  }
  await page.getByLabel(/Đó là gì/).fill('Thuốc dị ứng hôm thứ Hai');
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
  expect(kept).not.toContain('dị ứng');
  await page.getByRole('button', { name: 'Gửi phiếu' }).click();
  await expect(page.getByText('Đã gửi phiếu')).toBeVisible();
  await expect(page.getByText('bác sĩ sẽ hỏi thêm')).toBeVisible();
  await lookAt(page, 'questions-sent');

  await nurse.getByRole('button', { name: 'Đọc phiếu hỏi sức khỏe' }).click();
  await expect(nurse.getByText('“Thuốc dị ứng hôm thứ Hai”')).toBeVisible();
  await lookAt(nurse, 'answers', ['main p.quiet']);

  await page.goto('/app/me/accesses');
  await expect(page.getByRole('heading', { name: 'Xem thông tin sức khỏe' }).first()).toBeVisible();
});

test('a caller reads out a code, and the donor sees the same', async ({ page, browser }) => {
  await signIn(page, 'nguoihien');
  const staff = await beside(browser, 'tiepdon');
  await openVisit(staff, page);
  await page.goto('/app/me/callers');
  await settled(page);

  await staff.getByRole('button', { name: 'Tạo mã để gọi điện' }).click();
  const read = staff.getByRole('dialog').getByRole('status');
  await expect(read).toHaveText(/^\d{3}\s\d{3}$/);
  await lookAt(staff, 'speak-code');
  const code = (await read.textContent()) ?? '';
  await expect(page.getByText('Vũ Văn Tiếp Đón đang gọi cho bạn')).toBeVisible();
  await expect(page.getByText(code.replace(/\s/, ' '))).toBeVisible();
  await lookAt(page, 'callers-now');
});
