// The pictures of README (`docs/pictures`) and of the guides (`docs/guide`), into the folder PICTURES names.
import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { settled, signIn, test } from '../tests/support';

const folder = process.env['PICTURES'] ?? 'test-results/pictures';

/** Invented people, one of them born on a day that is in no calendar. */
const MEMBERS =
  'Họ và tên\tNgày sinh\tSĐT\tNhóm máu\tHiến gần nhất\n' +
  'Lò Thị Mây\t31/02/1990\t0912 000 001\tO+\t20/4/2026\n' +
  'Vàng A Sử\t1985\t0912 000 002\tB+\t\n' +
  'Giàng Thị Mỷ\t5/9/1998\t\tAB\t11-1-26\n';
const RESULTS =
  'Họ và tên\tNgày sinh\tKết quả\tThể tích\tMã túi máu\n' +
  'Lò Thị Mây\t3/2/1990\tĐã hiến\t350\t26-0042\n' +
  'Vàng A Sử\t1/2/1985\tĐã hiến\t250\t26-0043\n' +
  'Giàng Thị Mỷ\t5/9/1998\tHoãn\t\t\n';

async function take(page: Page, ...names: string[]): Promise<void> {
  await settled(page);
  await page.mouse.move(0, 0);
  await page.evaluate(() => window.scrollTo(0, 0));
  for (const name of names) await page.screenshot({ path: join(folder, `${name}.png`) });
}

async function open(page: Page, ...steps: string[]): Promise<void> {
  for (const step of steps) {
    await settled(page);
    await page.locator(step).first().click();
  }
  await settled(page);
}

test('anyone: the drives near a place', async ({ page }) => {
  await page.goto('/app/drives');
  await page.getByLabel('Xã, phường hoặc tên đợt').fill('suoi hong');
  await page.getByRole('button', { name: /^Xã Suối Hồng/ }).click();
  await take(page, 'pictures/dot-hien-mau', 'guide/nguoi-hien-dot');
});

test('donor: home, ticket, questions', async ({ page }) => {
  await signIn(page, 'nguoihien');
  await take(page, 'guide/nguoi-hien-trang-chu');
  await page.goto('/app/me/registrations');
  await open(page, 'main a[href^="/app/me/registrations/"]');
  await take(page, 'pictures/ve', 'guide/nguoi-hien-ve');
});

test('club lead: who may give this week', async ({ page }) => {
  await signIn(page, 'caulacbo');
  await open(page, 'nav a[href^="/app/club/"]', 'main a[href$="/this-week"]');
  await take(page, 'pictures/tuan-nay', 'guide/cau-lac-bo-tuan-nay');
});

test('desk: the list of today', async ({ page }) => {
  await signIn(page, 'tiepdon');
  await open(page, 'nav a[href="/app/desk"]', 'main a[href^="/app/desk/"]');
  await take(page, 'pictures/tiep-don', 'guide/tiep-don-danh-sach');
});

test('club lead: who came, and a list before it is brought in', async ({ page }) => {
  await signIn(page, 'caulacbo');
  await open(page, 'nav a[href^="/app/club/"]', 'main a[href$="/came"]');
  await take(page, 'guide/cau-lac-bo-ai-da-den');
  await page.goto('/app/imports/new');
  await page.getByRole('button', { name: 'Dán chữ' }).click();
  await page.getByLabel('Dán danh sách vào đây').fill(MEMBERS);
  await page.getByRole('button', { name: 'Xem trước danh sách' }).click();
  await page.getByText('Từng dòng').waitFor();
  await take(page, 'guide/cau-lac-bo-nhap-danh-sach');
});

test("desk: a hospital team's results before they count", async ({ page }) => {
  await signIn(page, 'tiepdon');
  await open(
    page,
    'nav a[href="/app/desk"]',
    'main a[href^="/app/desk/"]',
    'main a[href^="/app/imports/new"]',
  );
  await page.getByRole('button', { name: 'Dán chữ' }).click();
  await page.getByLabel('Dán danh sách vào đây').fill(RESULTS);
  await page.getByRole('button', { name: 'Xem trước danh sách' }).click();
  await page.getByText('Từng dòng').waitFor();
  await take(page, 'guide/tiep-don-nhap-ket-qua');
});

test('hospital: a call and who answered', async ({ page }) => {
  await signIn(page, 'benhvien');
  await page.goto('/app/hospital/new');
  await page.getByText('O−', { exact: true }).click();
  await take(page, 'guide/benh-vien-dang');
  await open(page, 'nav a[href="/app/hospital"]', 'main a[href^="/app/hospital/calls/"]');
  await take(page, 'pictures/benh-vien', 'guide/benh-vien-theo-doi');
});

test('coordinator: overview, a drive, its board, the report', async ({ page }) => {
  await signIn(page, 'dieuphoi');
  await page.goto('/app/coordinator');
  await take(page, 'pictures/dieu-phoi');
  await open(page, 'main a[href^="/app/coordinator/drives/0"]');
  await take(page, 'guide/dieu-phoi-dot');
  await page.setViewportSize({ width: 1280, height: 760 });
  await open(page, 'main a[href$="/board"]');
  await take(page, 'pictures/bang-theo-doi');
});

test('administrator: a body and its roles', async ({ page }) => {
  await signIn(page, 'quantri');
  await page.goto('/app/admin/organisations?q=giot+hong+suoi');
  await open(page, 'main a[href^="/app/admin/organisations/0"]');
  await take(page, 'guide/quan-tri-vai-tro');
});

test('the nation: the report of Lào Cai', async ({ page }) => {
  await signIn(page, 'trunguong');
  await page.goto('/app/coordinator/report');
  await page.getByLabel('Đổi tổ chức').fill('lao cai');
  await page.getByRole('button', { name: /tỉnh Lào Cai/ }).click();
  await page.getByLabel('Kỳ báo cáo').selectOption({ label: '6 tháng đầu năm 2022' });
  const address = await page.getByRole('link', { name: 'In báo cáo' }).getAttribute('href');
  await page.setViewportSize({ width: 1100, height: 760 });
  await page.goto(address ?? '');
  await take(page, 'pictures/bao-cao', 'guide/dieu-phoi-bao-cao');
});
