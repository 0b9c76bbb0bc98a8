// What a donor does for themself.
import { codeFor, expect, lookAt, signIn, test } from './support';
import type { Page } from '@playwright/test';

/** Somebody new, signed in, who booked nothing. */
async function newcomer(page: Page): Promise<void> {
  const email = `nguoi-moi-${Date.now()}@giothong.example`;
  await page.goto('/app/sign-up');
  await page.getByLabel('Họ và tên').fill('Lê Thị Mới Đến');
  await page.getByLabel('Ngày sinh').pressSequentially('05091998');
  await page.getByRole('radio', { name: 'Nữ' }).check();
  await page.getByLabel('Email').fill(email);
  await page.getByRole('checkbox', { name: /lưu và sử dụng thông tin/ }).check();
  await page.getByRole('button', { name: 'Đăng ký', exact: true }).click();
  await page.getByLabel('Mã sáu chữ số').fill(await codeFor(email));
  await expect(page.getByRole('heading', { level: 1, name: 'Chào Đến' })).toBeVisible();
}

test('home says in one sentence when I may give, and a gift elsewhere moves it', async ({ page }) => {
  await newcomer(page);
  await expect(page.getByRole('heading', { name: 'Bạn có thể hiến máu' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Đặt chỗ/ })).toBeVisible();
  await lookAt(page, 'home-donor', ['a[href^="/app/drives/"]']);
  await page.goto('/app/me/elsewhere');
  const today = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date());
  await page.getByLabel('Ngày hiến').pressSequentially(today.replace(/\//g, ''));
  await page.getByRole('button', { name: 'Lưu' }).click();
  await expect(page.getByRole('heading', { name: /Bạn được hiến lại từ/ })).toBeVisible();
  await expect(page.getByText('còn 84 ngày')).toBeVisible();
  await page.goto('/app/me/history');
  await expect(page.getByText('1 lần hiến', { exact: true })).toBeVisible();
  await lookAt(page, 'history');
});

test('the nearest drive is booked by one tap, and undone by another', async ({ page }) => {
  await newcomer(page);
  await page.getByRole('button', { name: /^Đặt chỗ/ }).click();
  await expect(page.getByRole('img', { name: 'Mã QR của vé' })).toBeVisible();
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(page.getByText('Đã hủy chỗ vừa đặt.')).toBeVisible();
  await page.goto('/app/me/registrations');
  await expect(page.getByText('Đã hủy', { exact: true })).toBeVisible();
});

test('a visit goes into a calendar, moves to another hour, and is cancelled after a question', async ({
  page,
}) => {
  await newcomer(page);
  await page.getByRole('button', { name: /^Đặt chỗ/ }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Thêm vào lịch' }).click();
  expect((await saved).suggestedFilename()).toBe('hien-mau.ics');
  await page.getByRole('button', { name: 'Đổi giờ' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /còn \d+ chỗ/ })
    .last()
    .click();
  await expect(page.getByText('Đã đổi giờ.')).toBeVisible();
  await page.getByRole('button', { name: 'Hủy đăng ký' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Hủy đăng ký' }).click();
  await expect(page.getByText('Đã hủy đăng ký.')).toBeVisible();
});

test('each consent is one tap, and everything stops by one', async ({ page }) => {
  await newcomer(page);
  await page.goto('/app/me/consents');
  const reminders = page.getByRole('checkbox', { name: /được nhắc/ });
  await reminders.check();
  await expect(page.getByText('Đã đồng ý.')).toBeVisible();
  await page.goto('/app/me/consents');
  await page.getByRole('button', { name: 'Dừng mọi liên lạc' }).click();
  await expect(page.getByText('Đã dừng mọi liên lạc.')).toBeVisible();
  await expect(reminders).not.toBeChecked();
  await page.getByRole('button', { name: 'Hoàn tác' }).last().click();
  await expect(reminders).toBeChecked();
});

test('a donor sees their own data, who looked, what was sent, and takes it along', async ({ page }) => {
  await signIn(page, 'nguoihien');
  for (const [path, heading] of [
    ['me', 'Tôi'],
    ['me/profile', 'Thông tin cá nhân'],
    ['me/accesses', 'Ai đã xem thông tin của tôi'],
    ['me/messages', 'Tin đã gửi cho tôi'],
    ['me/registrations', 'Lịch hẹn và vé'],
    ['me/devices', 'Thiết bị đang đăng nhập'],
  ] as const) {
    await page.goto(`/app/${path}`);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await expect(page.locator('[role=status]', { hasText: 'Đang tải' })).toHaveCount(0);
  }
  await page.goto('/app/me/export');
  await page.getByRole('button', { name: 'Tạo tệp' }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Lưu tệp' }).click();
  expect((await saved).suggestedFilename()).toMatch(/^giot-hong-.*\.json$/);
});

test('an account goes only after its owner typed so', async ({ page }) => {
  await newcomer(page);
  await page.goto('/app/me/leave');
  await page.getByRole('button', { name: 'Xóa tài khoản' }).click();
  const sure = page.getByRole('dialog');
  await expect(sure.getByRole('button', { name: 'Xóa tài khoản' })).toBeDisabled();
  await sure.getByLabel(/Gõ “xóa tài khoản”/).fill('xóa tài khoản');
  await sure.getByRole('button', { name: 'Xóa tài khoản' }).click();
  await expect(page.getByText('Tài khoản đã được xóa.')).toBeVisible();
  await page.goto('/app/me');
  await expect(page.getByRole('heading', { level: 1, name: 'Đăng nhập' })).toBeVisible();
});

test('signing out leaves nothing behind, and a page of mine asks who I am and then opens', async ({
  page,
}) => {
  await signIn(page, 'nguoihien');
  await page.goto('/app/me');
  await page.getByRole('button', { name: 'Đăng xuất' }).click();
  await expect(page.getByRole('link', { name: 'Đăng nhập', exact: true })).toBeVisible();
  await page.goto('/app/me/history');
  await expect(page.getByRole('heading', { level: 1, name: 'Đăng nhập' })).toBeVisible();
  await page.getByRole('button', { name: 'Mật khẩu' }).click();
  await page.getByLabel('Email').fill('nguoihien@giothong.example');
  await page.getByLabel('Mật khẩu').fill('giot-hong-minh-hoa');
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Lịch sử hiến máu' })).toBeVisible();
});
