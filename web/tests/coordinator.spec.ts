// A coordinator's day: a drive is planned and opened, watched on its board, and its numbers are looked at.
import type { Page } from '@playwright/test';
import { expect, signIn, test } from './support';

/** A day so far ahead, as it is typed. */
function dayAhead(days: number): string {
  const at = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  return at.split('-').reverse().join('/');
}

async function plan(page: Page, name: string): Promise<void> {
  await page.goto('/app/coordinator/drives/new');
  await page.getByLabel('Tên đợt').fill(name);
  await page.getByLabel('Điểm hiến máu').fill('Nhà văn hóa xã');
  await page.getByLabel('Địa chỉ').fill('Số liệu minh họa');
  await page.getByLabel('Ngày', { exact: true }).fill(dayAhead(20));
  await page.getByLabel('Mục tiêu (đơn vị máu)').fill('80');
  await expect(page.getByText('7 khung giờ, tổng cộng 140 chỗ')).toBeVisible();
}

test('a coordinator opens a drive and sees its board', async ({ page }) => {
  const name = `Chủ nhật đỏ ${Date.now()}`;
  await signIn(page, 'dieuphoi');
  await page.goto('/app/coordinator/drives/new');
  await expect(page.getByText('Tỉnh Minh Họa (số liệu minh họa)')).toBeVisible();
  await plan(page, name);
  await page.getByRole('button', { name: 'Tạo và mở đăng ký' }).click();

  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.getByText('Đang nhận đăng ký', { exact: true })).toBeVisible();
  await expect(page.getByText('0/20')).toHaveCount(7);
  await page.getByRole('link', { name: 'Bảng theo dõi' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.getByText('trên 80 đơn vị máu')).toBeVisible();
  await page.getByRole('link', { name: 'Trang quản lý đợt' }).click();

  await page.getByRole('link', { name: 'Sao chép đợt này' }).click();
  await expect(page.getByLabel('Tên đợt')).toHaveValue(name);
  await expect(page.getByLabel('Điểm hiến máu')).toHaveValue('Nhà văn hóa xã');
  await expect(page.getByText('7 khung giờ, tổng cộng 140 chỗ')).toBeVisible();
});

test('what was typed for a drive is still there after a reload, and a fault is said beside its field', async ({
  page,
}) => {
  await signIn(page, 'dieuphoi');
  await plan(page, '');
  await page.reload();
  await expect(page.getByLabel('Điểm hiến máu')).toHaveValue('Nhà văn hóa xã');
  await page.getByRole('button', { name: 'Lưu bản nháp' }).click();
  await expect(page.getByLabel('Tên đợt')).toHaveAttribute('aria-invalid', 'true');
});

test('a drive is cancelled only after its word was typed', async ({ page }) => {
  const name = `Đợt sẽ hủy ${Date.now()}`;
  await signIn(page, 'dieuphoi');
  await plan(page, name);
  await page.getByRole('button', { name: 'Lưu bản nháp' }).click();
  await page.getByRole('button', { name: 'Hủy đợt' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Hủy đợt' })).toBeDisabled();
  await dialog.getByLabel(/Gõ/).fill('hủy');
  await dialog.getByRole('button', { name: 'Hủy đợt' }).click();
  await expect(page.getByText('Đã hủy', { exact: true })).toBeVisible();
});

test('the board asks again only for what changed', async ({ page }) => {
  await signIn(page, 'dieuphoi');
  await page.goto('/app/coordinator');
  await page
    .getByRole('link', { name: /Đang diễn ra/ })
    .first()
    .click();
  await expect(page.getByRole('link', { name: 'Bảng theo dõi' })).toBeVisible();
  await page.getByRole('link', { name: 'Bảng theo dõi' }).click();
  await expect(page.getByText(/Cập nhật lúc/)).toBeVisible();
  const again = page.waitForResponse((answer) => answer.url().endsWith('/totals'));
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  expect((await again).status()).toBe(304);
});

test('a total leads down to the body and the drives it comes from', async ({ page }) => {
  await signIn(page, 'dieuphoi');
  await page.goto('/app/coordinator/totals');
  await expect(page.getByRole('heading', { name: 'Các đợt trong kỳ' })).toBeVisible();
  await page.getByRole('button', { name: 'Tháng' }).click();
  await expect(page.getByRole('img', { name: 'Đơn vị máu theo tháng' })).toBeVisible();
  await page.getByRole('button', { name: 'Đơn vị tổ chức' }).click();
  await page.getByRole('link', { name: /^Xã Suối Hồng/ }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Xã Suối Hồng (minh họa)' })).toBeVisible();
});

test('declared counts stand beside recorded ones with their difference', async ({ page }) => {
  await signIn(page, 'dieuphoi');
  await page.goto('/app/coordinator/drives?when=past');
  await page.locator('a[href*="/coordinator/drives/0"]').first().click();
  await page.getByRole('link', { name: 'Nhập số khai' }).click();
  await expect(page.getByText('Ghi nhận', { exact: true })).toBeVisible();
  await page.getByLabel('Đơn vị máu').first().fill('3');
  await page.getByRole('button', { name: 'Lưu số khai' }).click();
  await expect(page.getByText('Hai số chưa khớp.')).toBeVisible();
  await expect(page.getByText('Đã lưu số khai.')).toHaveCount(0, { timeout: 10_000 });
});

test('a target is set and shown as typed', async ({ page }) => {
  await signIn(page, 'dieuphoi');
  await page.goto('/app/coordinator/numbers');
  await page.getByRole('button', { name: 'Đặt chỉ tiêu' }).click();
  await page.getByLabel('Số', { exact: true }).fill('2.896');
  await page.getByRole('button', { name: 'Lưu' }).click();
  await expect(page.getByText('2.896')).toBeVisible();
  await expect(page.getByText('Đã lưu.')).toHaveCount(0, { timeout: 10_000 });
});

test('whoever has no role here is told so', async ({ page }) => {
  await signIn(page, 'nguoihien');
  await page.goto('/app/coordinator');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('không dành cho bạn');
});
