// What leaves on paper: the report and the list of a drive, as the browser prints them.
import type { Page } from '@playwright/test';
import { expect, picture, settled, signIn, test } from './support';

/** Prints as a person would, into a file to be looked at; how many pages it takes. */
async function printed(page: Page, name: string): Promise<number> {
  const file = await page.pdf({
    path: picture(`${name}.pdf`),
    preferCSSPageSize: true,
    format: 'A4',
  });
  return file.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
}

test('the report of a half-year fits on one sheet with its heading and signatures', async ({ page }) => {
  await signIn(page, 'trunguong');
  await page.goto('/app/coordinator/report');
  await page.getByLabel('Đổi tổ chức').fill('lao cai');
  await page.getByRole('button', { name: /tỉnh Lào Cai/ }).click();
  await page.getByLabel('Kỳ báo cáo').selectOption({ label: '6 tháng đầu năm 2022' });
  await expect(page.getByRole('row', { name: 'trong đó: đột xuất' })).toContainText('gần 140');
  const address = await page.getByRole('link', { name: 'In báo cáo' }).getAttribute('href');
  await page.goto(address ?? '');
  await settled(page);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: 'In' })).toBeHidden();
  await expect(page.getByText('Độc lập – Tự do – Hạnh phúc')).toBeVisible();
  expect(await printed(page, 'report')).toBe(1);
});

test("a drive's list is printed on A4 with room to sign", async ({ page }) => {
  await signIn(page, 'tiepdon');
  await page.goto('/app/desk');
  await page.locator('main a[href^="/app/desk/"]').first().click();
  await page.getByRole('link', { name: 'In danh sách' }).click();
  await settled(page);
  const rows = await page.locator('tbody tr').count();
  expect(rows).toBeGreaterThan(10);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: 'In khổ A4' })).toBeHidden();
  expect(await printed(page, 'roster')).toBeLessThanOrEqual(Math.ceil(rows / 15));
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('button', { name: 'Danh sách ký tên' }).click();
  await page.emulateMedia({ media: 'print' });
  expect(await printed(page, 'roster-to-sign')).toBeGreaterThanOrEqual(1);
});
