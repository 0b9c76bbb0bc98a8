// The half-year report, from signing in to the files that are handed in.
import { readFileSync } from 'node:fs';
import { expect, lookAt, signIn, test } from './support';

test("a stranger makes Lào Cai's report of the first half of 2022 in ten steps at most", async ({ page }) => {
  let steps = 0;
  const step = async <T>(what: Promise<T>): Promise<T> => {
    steps += 1;
    return what;
  };
  await signIn(page, 'trunguong');
  const sections = page.getByRole('navigation', { name: 'Mục chính' });
  await step(sections.getByRole('link', { name: 'Điều phối' }).click());
  await step(page.getByRole('link', { name: 'Báo cáo' }).click());
  await step(page.getByLabel('Đổi tổ chức').fill('lao cai'));
  await step(page.getByRole('button', { name: /tỉnh Lào Cai/ }).click());
  await step(page.getByLabel('Kỳ báo cáo').selectOption({ label: '6 tháng đầu năm 2022' }));

  const row = (name: string) => page.getByRole('row', { name });
  await expect(row('Số đợt hiến máu')).toContainText('6');
  await expect(row('trong đó: tập trung')).toContainText('gần 2.900');
  await expect(row('trong đó: đột xuất')).toContainText('gần 140');
  await lookAt(page, 'report');

  const [table] = await Promise.all([
    page.waitForEvent('download'),
    step(page.getByRole('button', { name: 'CSV' }).click()),
  ]);
  const text = readFileSync(await table.path(), 'utf8');
  expect(text).toContain('trong đó: tập trung');
  expect(text).toContain('gần 2.900');
  const [book] = await Promise.all([
    page.waitForEvent('download'),
    step(page.getByRole('button', { name: 'XLSX' }).click()),
  ]);
  expect(book.suggestedFilename()).toBe('bao-cao_2022-01-01_2022-06-30.xlsx');
  expect(
    readFileSync(await book.path())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
  const [paper] = await Promise.all([
    page.waitForEvent('popup'),
    step(page.getByRole('link', { name: 'In báo cáo' }).click()),
  ]);
  await expect(paper.getByText('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')).toBeVisible();
  await expect(paper.getByRole('row', { name: 'trong đó: đột xuất' })).toContainText('gần 140');
  await expect(paper.getByText('THỦ TRƯỞNG ĐƠN VỊ')).toBeVisible();
  expect(steps).toBeLessThanOrEqual(10);
});

test('what cannot be reported on is said in plain words', async ({ page }) => {
  await signIn(page, 'dieuphoi');
  await page.goto('/app/coordinator/report');
  await page.getByLabel('Kỳ báo cáo').selectOption({ label: 'Chọn ngày khác…' });
  await page.getByLabel('Từ ngày').fill('01/07/2026');
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel('Từ ngày').fill('01/02/2026');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByText('Từ ngày 01/02/2026 đến ngày 30/06/2026')).toBeVisible();
});
