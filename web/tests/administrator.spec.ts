// An administrator: bodies, roles, people.
import { expect, lookAt, signIn, test } from './support';

test('an administrator gives a role and takes it back', async ({ page }) => {
  await signIn(page, 'quantri');
  await page.goto('/app/admin');
  await page.getByRole('link', { name: /Tổ chức và vai trò/ }).click();
  await page.getByLabel('Tìm', { exact: true }).fill('giot hong suoi');
  await expect(page.getByRole('link', { name: /Câu lạc bộ/ })).toHaveCount(1);
  await page.getByRole('link', { name: /Câu lạc bộ Giọt hồng/ }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Vai trò' })).toBeVisible();

  await page.getByRole('button', { name: 'Giao vai trò' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Tên người').fill('bich an');
  await dialog.getByRole('button', { name: 'Tìm', exact: true }).click();
  const found = dialog.getByRole('listitem').first().getByRole('button');
  const name = ((await found.locator('span').first().textContent()) ?? '').trim();
  await found.click();
  await dialog.getByLabel('Vai trò').selectOption({ label: 'Nhân viên đợt hiến máu' });
  await lookAt(page, 'give-role');
  await dialog.getByRole('button', { name: 'Giao vai trò' }).click();
  await expect(page.getByText(`Đã giao vai trò cho ${name}.`)).toBeVisible();

  const taking = page.getByRole('button', { name: `Thu hồi ${name}, Nhân viên đợt hiến máu` });
  await taking.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Thu hồi' }).click();
  await expect(page.getByText('Đã thu hồi vai trò.')).toBeVisible();
  await expect(taking).toHaveCount(0);
});

test('a telephone number is shown only for a reason', async ({ page }) => {
  await signIn(page, 'quantri');
  await page.goto('/app/admin/people');
  await page.getByLabel('Tên người').fill('bich an');
  await page.getByRole('button', { name: 'Tìm' }).click();
  await page
    .getByRole('button', { name: /Xem cách liên lạc/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Xem', exact: true })).toBeDisabled();
  await dialog.getByLabel('Lý do').fill('Hỏi lại giờ hẹn');
  await dialog.getByRole('button', { name: 'Xem', exact: true }).click();
  await expect(dialog.getByText('Đã ghi lại lần xem này.')).toBeVisible();
});

test('an invitation link is made and shown once', async ({ page }) => {
  await signIn(page, 'quantri');
  await page.goto('/app/admin/organisations?q=giot+hong+suoi');
  await page.getByRole('link', { name: /Câu lạc bộ Giọt hồng/ }).click();
  await page.getByRole('button', { name: 'Mời bằng liên kết' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Tạo liên kết' }).click();
  await expect(dialog.getByLabel('Liên kết mời')).toHaveValue(/^https?:\/\//);
});

test('a body is added below another and changed', async ({ page }) => {
  const name = `Trường Trung học Minh Họa ${Date.now()}`;
  await signIn(page, 'quantri');
  await page.goto('/app/admin/organisations/new');
  await page.getByLabel('Tên', { exact: true }).fill(name);
  await page.getByLabel('Loại tổ chức').selectOption({ label: 'Trường học' });
  await page.getByLabel('Tổ chức cấp trên').fill('suoi hong');
  await page.getByRole('button', { name: /Xã Suối Hồng/ }).click();
  await lookAt(page, 'new-body');
  await page.getByRole('button', { name: 'Thêm tổ chức' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
});

test('what is stuck can be tried again, and where nothing is, that is said', async ({ page }) => {
  await signIn(page, 'quantri');
  await page.goto('/app/admin/queues');
  await expect(page.getByText('Không có việc nào bị kẹt.')).toBeVisible();
});

test('the first-run page says when there is nothing to set up', async ({ page }) => {
  await page.goto('/app/setup');
  await expect(page.getByText('Hệ thống đã được thiết lập')).toBeVisible();
});
