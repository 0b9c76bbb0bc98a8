// How somebody is reached, what was sent to them and why, and whether a message is genuine.
import type { Page } from '@playwright/test';
import { mails } from './mails';
import { newcomer } from './office';
import { expect, lookAt, PUSH, test } from './support';

const booked = () => mails().filter((mail) => mail.words.includes('Bạn đã có chỗ')).length;

async function toWishes(page: Page): Promise<void> {
  await page.goto('/app/me');
  await page.getByRole('link', { name: 'Cách nhận tin' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Cách nhận tin' })).toBeVisible();
}

/** The same answer with other hours and promises, as another site and another donor would get it. */
async function pretend(page: Page, path: string, change: object): Promise<void> {
  await page.route(`**/api/v1${path}`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), ...change } });
  });
}

test('who wants nothing sent finds it in the app, with who sent it, why, and a code that holds', async ({
  page,
}) => {
  await newcomer(page, 'Lê Thị Kín Đáo');
  await toWishes(page);
  const mail = page.getByRole('radio', { name: /^Email/ });
  await expect(page.getByRole('radio', { name: /^Cách nào cũng được/ })).toBeChecked();
  await expect(mail).toBeEnabled();
  await expect(page.getByRole('radio', { name: /^Thông báo trên máy/ })).toBeDisabled();
  await page.getByRole('radio', { name: /^Chỉ trong ứng dụng/ }).check();
  await expect(page.getByText('Đã lưu.')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('radio', { name: /^Chỉ trong ứng dụng/ })).toBeChecked();

  const before = booked();
  await page.goto('/app/');
  await page.getByRole('button', { name: /^Đặt chỗ/ }).click();
  await expect(page.getByRole('img', { name: 'Mã QR của vé' })).toBeVisible();
  const unread = page.getByRole('link', { name: /^1 tin chưa đọc/ });
  await expect(async () => {
    await page.goto('/app/');
    await expect(unread).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
  await lookAt(page, 'home-unread', ['a[href^="/app/me/registrations/"]']);
  await page.goto('/app/me');
  await expect(page.getByRole('link', { name: /Tin đã gửi cho tôi 1 Mới/ })).toBeVisible();
  await page.getByRole('link', { name: /Tin đã gửi cho tôi/ }).click();
  const message = page.getByRole('listitem').filter({ hasText: 'Cách gửi: Chỉ trong ứng dụng' }).first();
  await expect(message.getByText('Mới', { exact: true })).toBeVisible();
  await expect(message).toContainText('Vì sao: Bạn được báo vì đã đặt chỗ');
  await lookAt(page, 'messages-read', ['main ul']);
  const code = /Mã kiểm tra: ([\w-]+)/.exec((await message.textContent()) ?? '')?.[1] ?? '';
  expect(booked(), 'and nothing was mailed').toBe(before);
  await page.goto('/app/');
  await expect(page.getByRole('link', { name: /tin chưa đọc/ })).toHaveCount(0);

  await page.goto('/app/me/messages');
  await page.getByRole('link', { name: 'Kiểm tra tin' }).click();
  await page.getByLabel('Mã kiểm tra').fill(code);
  await page.getByLabel(/ba chữ đầu email/).fill('ngu');
  await page.getByRole('button', { name: 'Kiểm tra' }).click();
  await expect(page.getByText('Đúng là tin của chúng tôi')).toBeVisible();
});

test('a choice is taken back by one tap, and what one agreed to is the same everywhere', async ({ page }) => {
  await newcomer(page, 'Lê Thị Đổi Ý');
  await toWishes(page);
  await page.getByRole('radio', { name: /^Email/ }).check();
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(page.getByRole('radio', { name: /^Cách nào cũng được/ })).toBeChecked();
  const reminders = page.getByRole('checkbox', { name: /nhắc/ });
  await expect(reminders).not.toBeChecked();
  await reminders.check();
  await expect(page.getByText('Đã đồng ý.')).toBeVisible();
  await page.getByRole('link', { name: 'Mọi điều tôi đồng ý' }).click();
  await expect(page.getByRole('checkbox', { name: /nhắc/ })).toBeChecked();
});

test('the hours of sleep are said in plain words, and who stands by may be woken', async ({ page }) => {
  await newcomer(page, 'Lê Thị Ngủ Ngon');
  await pretend(page, '/me/contact-wishes', { quiet_from: 21, quiet_to: 7 });
  await toWishes(page);
  await expect(page.getByText(/^Từ 21 giờ đến 7 giờ sáng/)).toBeVisible();
  await expect(page.getByText('Lời mời khẩn cấp cũng đợi đến sáng.')).toBeVisible();
  await lookAt(page, 'wishes-hours', PUSH);

  await pretend(page, '/me/reserve', { items: [{ nights: false }] });
  await page.reload();
  await expect(page.getByRole('checkbox', { name: /^Ban đêm vẫn báo cho tôi/ })).not.toBeChecked();
  await page.getByRole('checkbox', { name: /^Ban đêm vẫn báo cho tôi/ }).check();
  await expect(page.getByText('Đã lưu.')).toBeVisible();
});

test('anybody can check a message, also without an account', async ({ page }) => {
  await page.goto('/app/');
  await page.getByRole('button', { name: 'Ngôn ngữ và giao diện' }).click();
  await page.getByRole('dialog').getByRole('link', { name: 'Tin này có thật không?' }).click();
  await expect(page.getByRole('heading', { name: 'Kiểm tra tin nhắn' })).toBeVisible();
});
