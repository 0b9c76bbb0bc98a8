// Before reminders go out a coordinator sees who is told and why not; they can hold them back, and see what became of them.
import { expect, lookAt, signIn, test } from './support';

test('a coordinator sees who will be reminded, pauses, and lets them go again', async ({ page }) => {
  await signIn(page, 'dieuphoi');
  await page.goto('/app/coordinator');
  await page.getByRole('link', { name: 'Lời nhắc' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Lời nhắc' })).toBeVisible();
  await expect(page.getByText(/người được nhắc/).first()).toBeVisible();
  await lookAt(page, 'reminders', ['main section']);

  await page.getByRole('button', { name: 'Tạm dừng' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/Tỉnh Minh Họa/)).toBeVisible();
  await lookAt(page, 'reminders-pause', ['main section']);
  await dialog.getByRole('button', { name: 'Tạm dừng' }).click();
  await expect(page.getByText(/^Tạm dừng đến hết/)).toBeVisible();
  await page.reload();
  await expect(page.getByText('Đang tạm dừng').first()).toBeVisible();
  await page.getByRole('button', { name: 'Gửi lại lời nhắc' }).click();
  await expect(page.getByText('Lời nhắc được gửi mỗi sáng.')).toBeVisible();
});

test('what became of reminders stands day by day', async ({ page }) => {
  await signIn(page, 'dieuphoi');
  await page.goto('/app/coordinator/reminders');
  await page.getByRole('button', { name: 'Kết quả' }).click();
  await expect(page.getByText(/Bốn tuần gần đây/)).toBeVisible();
  await lookAt(page, 'reminders-results', ['main section']);
});

test('somebody without a role is told so, in their language', async ({ page }) => {
  await signIn(page, 'nguoihien');
  await page.goto('/app/coordinator/reminders');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('không dành cho bạn');
});
