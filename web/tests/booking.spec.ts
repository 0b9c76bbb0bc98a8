// From a shared link to a ticket, for somebody who never gave before.
import { codeFor, expect, lookAt, openDrive, sent, test } from './support';
import type { Locator } from '@playwright/test';

test('a first-time donor comes from a shared link to a ticket in six taps at most', async ({ page }) => {
  let taps = 0;
  const tap = async (what: Locator): Promise<void> => {
    taps += 1;
    await what.click();
  };
  const drive = await openDrive(page);
  const email = `lan-dau-${Date.now()}@giothong.example`;
  const shared = await page.goto(`/d/${drive.id}`);
  if (shared?.ok()) await tap(page.locator('a[href*="/app/drives/"]').first());
  else await page.goto(`/app/drives/${drive.id}`);

  await tap(page.getByRole('button', { name: /còn \d+ chỗ/ }).first());
  await expect(page.getByText('Chỗ bạn chọn')).toBeVisible();
  await lookAt(page, 'sign-up');
  await page.getByLabel('Họ và tên').fill('Nguyễn Văn Lần Đầu');
  await page.getByLabel('Ngày sinh').pressSequentially('05091998');
  await tap(page.getByRole('radio', { name: 'Nam' }));
  await page.getByLabel('Email').fill(email);
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0);
  await tap(page.getByRole('checkbox', { name: /lưu và sử dụng thông tin/ }));
  await tap(page.getByRole('button', { name: 'Đăng ký và giữ chỗ' }));
  await expect(page.getByLabel('Mã sáu chữ số')).toBeFocused();
  await page.getByLabel('Mã sáu chữ số').fill(await codeFor(email));

  await expect(page.getByRole('img', { name: 'Mã QR của vé' })).toBeVisible();
  await expect(page.getByText('Đã giữ chỗ', { exact: true })).toBeVisible();
  expect(taps).toBeLessThanOrEqual(6);
  await lookAt(page, 'ticket', ['.code']);
});

test('what is missing in the form is said beside each field, and what was typed survives a reload', async ({
  page,
}) => {
  await page.goto('/app/sign-up');
  await page.getByLabel('Họ và tên').fill('Trần Thị Giữ Lại');
  await page.getByRole('button', { name: 'Đăng ký', exact: true }).click();
  await expect(page.getByText('Cần điền mục này.').first()).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Họ và tên')).toHaveValue('Trần Thị Giữ Lại');
});

test('a wrong code is said in plain words and can be sent again', async ({ page }) => {
  await page.goto('/app/sign-in');
  await page.getByLabel('Email').fill('hienmau0001@giothong.example');
  await page.getByRole('button', { name: 'Nhận mã' }).click();
  await page.getByLabel('Mã sáu chữ số').fill('000000');
  await expect(page.getByRole('alert')).toBeVisible();
  await lookAt(page, 'code');
  await page.getByRole('button', { name: 'Gửi lại mã' }).click();
  await expect(page.getByText('Đã gửi mã mới.')).toBeVisible();
});

test('opening a link with a one-time code does not sign in, its button does', async ({ page }) => {
  const bodies = await sent(page);
  await page.goto('/app/sign-in#ticket=khong-dung');
  await expect(page.getByRole('heading', { name: 'Mã đăng nhập một lần' })).toBeVisible();
  expect(await bodies()).toEqual([]);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  expect(await bodies()).toEqual([JSON.stringify({ ticket: 'khong-dung' })]);
});
