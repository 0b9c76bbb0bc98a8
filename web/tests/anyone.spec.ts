// What a stranger sees.
import { expect, lookAt, openDrive, sent, test } from './support';

test('the home page says what this is and shows the drives to come', async ({ page }) => {
  await page.goto('/app/');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Một giọt máu');
  await expect(page.locator('a[href^="/app/drives/"]').first()).toBeVisible();
});

test('drives are found by a place typed without accents, the nearest first', async ({ page }) => {
  await page.goto('/app/drives');
  await expect(page.locator('a[href^="/app/drives/"]').first()).toBeVisible();
  await page.getByLabel('Xã, phường hoặc tên đợt').fill('cau tre');
  await page.getByRole('button', { name: 'Xã Cầu Tre (minh họa)' }).click();
  await expect(page.getByText('Gần Xã Cầu Tre (minh họa)')).toBeVisible();
  const first = page.locator('a[href^="/app/drives/"]').first();
  await expect(first).toContainText('Xã Cầu Tre');
  await expect(first).toContainText(/\d m|\d km/);
});

test('a search stands in the address, so that a link shows the same list', async ({ page }) => {
  await page.goto('/app/drives');
  await page.getByRole('button', { name: '7 ngày tới' }).click();
  await expect(page).toHaveURL(/when=week/);
  await page.reload();
  await expect(page.getByRole('button', { name: '7 ngày tới' })).toHaveAttribute('aria-pressed', 'true');
});

test('nothing found says what to do next', async ({ page }) => {
  await page.goto('/app/drives?q=khongcodotnao');
  await expect(page.getByText('Không có đợt nào khớp')).toBeVisible();
  await page.getByRole('button', { name: 'Bỏ các điều kiện' }).click();
  await expect(page.locator('a[href^="/app/drives/"]').first()).toBeVisible();
});

test('the page of a drive shows its hours with places left and how it goes', async ({ page }) => {
  const drive = await openDrive(page);
  await page.goto(`/app/drives/${drive.id}`);
  await expect(page.getByRole('heading', { level: 1, name: drive.name })).toBeVisible();
  await expect(page.getByRole('button', { name: /^\d\d:\d\d: (còn|hết)/ }).first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Tiến độ' })).toBeVisible();
});

test('anyone learns whether they may give, and nothing of it is kept', async ({ page }) => {
  await page.goto('/app/check');
  await page.getByRole('radio', { name: 'Nam' }).check();
  await page.getByLabel('Ngày sinh').pressSequentially('05091998');
  await page.getByLabel('Cân nặng (kg)').fill('62');
  await page.getByRole('button', { name: 'Xem kết quả' }).click();
  await expect(page.getByText('Có thể bạn hiến được')).toBeVisible();
  await lookAt(page, 'check-result');
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(kept).not.toContain('1998');
});

test('somebody of 17 is told from which day they may give', async ({ page }) => {
  await page.goto('/app/check');
  await page.getByRole('radio', { name: 'Nữ' }).check();
  const year = new Date().getFullYear() - 17;
  await page.getByLabel('Ngày sinh').pressSequentially(`0101${year}`);
  await page.getByLabel('Cân nặng (kg)').fill('50');
  await page.getByRole('button', { name: 'Xem kết quả' }).click();
  await expect(page.getByText(`01/01/${year + 18}`).first()).toBeVisible();
});

test('a health answer stays on the device and asks for patience', async ({ page }) => {
  const bodies = await sent(page);
  await page.goto('/app/check');
  await page.getByRole('radio', { name: 'Nữ' }).check();
  await page.getByLabel('Ngày sinh').pressSequentially('05091998');
  await page.getByLabel('Cân nặng (kg)').fill('50');
  await page.getByRole('checkbox', { name: /6 tháng/ }).check();
  await page.getByRole('button', { name: 'Xem kết quả' }).click();
  await expect(page.getByText('Hãy đợi đủ 6 tháng')).toBeVisible();
  expect(await bodies()).toEqual([
    JSON.stringify({ sex: 'female', birth_date: '1998-09-05', weight_kg: 50 }),
  ]);
});

test('what giving is like is told step by step', async ({ page }) => {
  await page.goto('/app/giving');
  await expect(page.getByRole('heading', { name: 'Khám tuyển chọn, 10 phút' })).toBeVisible();
});

test('an address that is not there leads home', async ({ page }) => {
  await page.goto('/app/khong-co');
  await lookAt(page, 'missing');
  await page.getByRole('link', { name: 'Về trang chủ' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Một giọt máu');
});
