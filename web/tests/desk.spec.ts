// The desk and the nurse's table of a drive that goes on, and J1 as the people it is about.
import type { Page } from '@playwright/test';
import { asked, become, clubOf, todaysDrive, type Office } from './office';
import { expect, signIn, test } from './support';

interface Visitor {
  person: string;
  name: string;
  state: string;
}

async function roster(desk: Office, drive: string): Promise<Visitor[]> {
  return (await desk.get<{ items: Visitor[] }>(`/drives/${drive}/registrations?limit=200`)).items;
}

/** Somebody on the list of this drive whom nobody has received yet. */
async function stillToCome(desk: Office, drive: string): Promise<string> {
  const all = await roster(desk, drive);
  const alone = (name: string) => all.filter((one) => one.name === name).length === 1;
  const found = all.find((one) => one.state === 'booked' && alone(one.name));
  if (!found) throw new Error('everybody has come');
  return found.name;
}

async function receive(page: Page, name: string): Promise<void> {
  await page.getByLabel('Tìm tên, không cần dấu').fill(name);
  await page.getByRole('button', { name: `Tiếp đón ${name}` }).click();
  await expect(page.getByText(`Đã tiếp đón ${name}.`)).toBeVisible();
}

test('somebody on the list is received by one tap, and their gift recorded by another', async ({ page }) => {
  const desk = await asked(page, 'tiepdon');
  const drive = await todaysDrive(desk);
  const name = await stillToCome(desk, drive.id);
  await signIn(page, 'tiepdon');
  await page.getByRole('navigation', { name: 'Mục chính' }).getByRole('link', { name: 'Tiếp đón' }).click();
  await expect(page.getByRole('heading', { name: 'Hôm nay' })).toBeVisible();
  await page.getByRole('link', { name: drive.name }).first().click();
  await expect(page.getByText('đơn vị máu đã tiếp nhận')).toBeVisible();
  await receive(page, name);
  await page.getByRole('link', { name: `Kết quả của ${name}` }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await page.getByRole('button', { name: '350 ml' }).click();
  await expect(page.getByText(`${name}: đã hiến 350 ml.`)).toBeVisible();
  expect((await roster(desk, drive.id)).find((one) => one.name === name)?.state).toBe('collected');
  await page.goto(`/app/desk/${drive.id}?stage=done`);
  await page.getByLabel('Tìm tên, không cần dấu').fill(name);
  await page.getByRole('link', { name }).click();
  await expect(page.getByText('350 ml')).toBeVisible();
});

test('who cannot give today is deferred, and who goes is let go, each without a reason on the list', async ({
  page,
}) => {
  const desk = await asked(page, 'tiepdon');
  const drive = await todaysDrive(desk);
  const name = await stillToCome(desk, drive.id);
  await signIn(page, 'tiepdon');
  await page.goto(`/app/desk/${drive.id}`);
  await receive(page, name);
  await page.getByRole('link', { name: `Kết quả của ${name}` }).click();
  await page.getByRole('button', { name: 'Trì hoãn', exact: true }).click();
  await page.getByRole('button', { name: 'Ghi trì hoãn' }).click();
  await expect(page.getByText(`${name}: Trì hoãn.`)).toBeVisible();
  const words = await page.request.get(`/api/v1/public/drives/${drive.id}`);
  expect(await words.text()).not.toContain(name);
});

test('somebody without a booking is found among those known, or entered anew', async ({ page }) => {
  const drive = await todaysDrive(await asked(page, 'tiepdon'));
  const name = 'Lò Thị Đến Sau';
  await signIn(page, 'tiepdon');
  await page.goto(`/app/desk/${drive.id}`);
  await page.getByLabel('Tìm tên, không cần dấu').fill(name);
  await page.getByRole('link', { name: 'Đăng ký tại chỗ' }).last().click();
  await expect(page.getByLabel('Họ và tên')).toHaveValue(name);
  await page.getByRole('radio', { name: 'Nữ' }).check();
  await page.getByLabel('Ngày sinh').fill('05/09/1998');
  await page.getByRole('button', { name: 'Đăng ký và tiếp đón' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await page.getByRole('button', { name: 'Đã về' }).click();
  await expect(page.getByText(`${name}: Đã về.`)).toBeVisible();
});

test('a ticket is typed where no camera is, and a forged one is refused', async ({ page }) => {
  const drive = await todaysDrive(await asked(page, 'tiepdon'));
  await signIn(page, 'tiepdon');
  await page.goto(`/app/desk/${drive.id}/scan`);
  await page.getByLabel('Hoặc gõ mã vé').fill('khong-phai-ve');
  await page.getByRole('button', { name: 'Tiếp đón' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
});

test('the list is printed for the table and for signing', async ({ page }) => {
  const drive = await todaysDrive(await asked(page, 'tiepdon'));
  await signIn(page, 'tiepdon');
  await page.goto(`/app/desk/${drive.id}/print`);
  await expect(page.getByRole('columnheader', { name: 'Tình trạng' })).toBeVisible();
  await page.getByRole('button', { name: 'Danh sách ký tên' }).click();
  await expect(page.getByRole('columnheader', { name: 'Ký tên' })).toBeVisible();
});

test('J1: a lead names a member, the desk receives them, the nurse takes 350 ml, and the lead sees that they came', async ({
  page,
}) => {
  const lead = await asked(page, 'caulacbo');
  const club = await clubOf(lead);
  const desk = await asked(page, 'tiepdon');
  const drive = await todaysDrive(desk);
  const known = new Set((await roster(desk, drive.id)).map((one) => one.person));
  const members = await lead.get<{ items: { id: string; name: string; may_give: boolean | null }[] }>(
    `/organisations/${club}/members?limit=200`,
  );
  const alone = (name: string) => members.items.filter((one) => one.name === name).length === 1;
  const free = members.items.find((one) => one.may_give && !known.has(one.id) && alone(one.name));
  const name = free?.name ?? '';

  await signIn(page, 'caulacbo');
  await page.goto(`/app/club/${club}/drives/${drive.id}`);
  await page.getByLabel('Giữ bao nhiêu chỗ').fill('1');
  await page.getByRole('button', { name: 'Giữ chỗ', exact: true }).click();
  await page.getByLabel('Tìm theo tên, không cần dấu').fill(name);
  await page.getByRole('checkbox', { name: new RegExp(name) }).check();
  await page.getByRole('button', { name: 'Lưu 1 tên' }).click();
  await expect(page.getByText('1/1 chỗ có tên')).toBeVisible();

  await become(page, 'tiepdon');
  await page.goto(`/app/desk/${drive.id}`);
  const before = Number(await page.locator('.figure b').textContent());
  await receive(page, name);

  await become(page, 'dieuduong');
  await page.goto(`/app/desk/${drive.id}?stage=here`);
  await page.getByRole('link', { name: `Kết quả của ${name}` }).click();
  await page.getByRole('link', { name: 'Khám tuyển chọn' }).click();
  await page.getByLabel('Cân nặng (kg)').fill('58');
  await page.getByLabel('Huyết áp tâm thu (mmHg)').fill('118');
  await page.getByLabel('Huyết áp tâm trương (mmHg)').fill('76');
  await page.getByLabel('Mạch (lần/phút)').fill('72');
  await page.getByLabel('Huyết sắc tố (g/l)').fill('95');
  await expect(page.getByText('Ngoài giới hạn, kiểm tra lại.')).toBeVisible();
  await page.getByLabel('Huyết sắc tố (g/l)').fill('135');
  await expect(page.getByText('Ngoài giới hạn, kiểm tra lại.')).toHaveCount(0);
  await page.getByRole('radio', { name: 'Được hiến' }).check();
  await page.getByRole('button', { name: 'Lưu kết quả khám' }).click();
  await expect(page.getByText('Đã khám, được hiến. Ghi đơn vị máu bên dưới.')).toBeVisible();
  await page.getByRole('radio', { name: '350 ml' }).check();
  await page.getByLabel('Mã đơn vị máu').fill(`T-${String(Date.now()).slice(-6)}`);
  await page.getByRole('button', { name: 'Ghi đơn vị máu' }).click();
  await expect(page.getByText(`${name}: đã hiến 350 ml.`)).toBeVisible();
  await expect(page.locator('.figure b')).toHaveText(String(before + 1));

  await become(page, 'caulacbo');
  await page.goto(`/app/club/${club}/came?drive=${drive.id}`);
  const row = page.locator('main li').filter({ hasText: name });
  await expect(row).toContainText('Đã đến');
  await expect(row).toContainText('Chưa');
});
