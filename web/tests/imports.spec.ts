// Lists: an exercise book becomes a club, somebody unsure is decided, a hospital team's results move a drive's numbers.
import type { Locator, Page } from '@playwright/test';
import { exerciseBook } from './book';
import { asked, newClub, newcomer, todaysDrive } from './office';
import { expect, lookAt, signIn, test } from './support';

/** A pace at which nobody hurries: looking, thinking, pressing. */
const SECONDS_A_CLICK = 30;

/** Two names that no earlier run of this test brought in. */
function names(mark: string): [string, string] {
  const syllables = 'An Ba Cúc Dâu Én Gấm Hoa Lưu Kim Liên'.split(' ');
  const middle = [...mark.slice(-4)].map((digit) => syllables[Number(digit)]).join(' ');
  return [`Lò ${middle} Mây`, `Vàng ${middle} Sử`];
}

async function upload(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: '', buffer });
}

test('an exercise book of 200 rows becomes a club whose lead has the text of this week, in a few clicks', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  let clicks = 0;
  const click = async (what: Locator): Promise<void> => {
    clicks += 1;
    await what.click();
  };
  const name = `CLB ${names(String(Date.now()))[0]} (minh họa)`;
  const { id, office } = await newClub(page, name);
  const invitation = await office.post<{ link: string }>('/invitations', {
    role: 'club_lead',
    organisation: id,
  });
  await newcomer(page, 'Lý Thị Trưởng Nhóm');

  const link = new URL(invitation.link);
  await page.goto(link.pathname + link.search + link.hash);
  await click(page.getByRole('button', { name: 'Nhận vai trò' }));
  await click(page.getByRole('navigation', { name: 'Mục chính' }).getByRole('link', { name: 'Câu lạc bộ' }));
  await expect(page.getByText('Danh sách còn trống')).toBeVisible();
  await click(page.getByRole('link', { name: 'Nhập danh sách' }).first());
  await expect(page.getByText(name)).toBeVisible();
  await lookAt(page, 'import-new', ['main p.quiet']);

  // Choosing the file is two clicks: the button, and the file in the phone's own window.
  clicks += 2;
  await upload(page, 'Sổ CLB 2026.xlsx', await exerciseBook(912_000_000 + (Date.now() % 4900) * 200));
  await expect(page.getByText('Sổ CLB 2026.xlsx')).toBeVisible();
  await click(page.getByRole('button', { name: 'Xem trước danh sách' }));

  await expect(page.getByRole('heading', { level: 1, name: 'Sổ CLB 2026.xlsx' })).toBeVisible();
  await expect(page.getByText(/tờ “Vở 2026” · 200 dòng/)).toBeVisible();
  await expect(page.getByText('Đọc được 6/7 cột')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Người mới · 183' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Trùng dòng · 12' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sai · 5' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText('Tờ Vở 2026, dòng 15', { exact: true })).toBeVisible();
  await expect(page.getByText('Cột C “Năm sinh”:')).toBeVisible();
  await expect(page.getByText('Còn 5 dòng cần bạn quyết định')).toBeVisible();
  await lookAt(page, 'import-wrong', ['main p.quiet']);
  await click(page.getByRole('button', { name: 'Bỏ cả 5 dòng sai' }));
  await click(page.getByRole('button', { name: 'Nhập 183 dòng' }));
  const sure = page.getByRole('dialog');
  await expect(sure.getByText('người mới vào danh sách')).toBeVisible();
  await expect(sure.getByRole('listitem')).toHaveText([/183/, /12/, /5/]);
  await click(sure.getByRole('button', { name: 'Nhập ngay' }));

  await expect(page.getByRole('heading', { name: 'Đã nhập xong' })).toBeVisible();
  await click(page.getByRole('link', { name: 'Ai được hiến tuần này' }));
  await expect(page.getByText(/\d+ bạn đã đến ngày được hiến:/)).toBeVisible();
  await click(page.getByRole('button', { name: 'Sao chép lời nhắn' }));
  await expect(page.getByText('Đã sao chép. Mở Zalo và dán vào nhóm.')).toBeVisible();

  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toContain(name);
  const ready = Number(/(\d+) bạn đã đến ngày/.exec(text)?.[1]);
  expect(ready).toBeGreaterThan(100);
  expect(ready).toBeLessThanOrEqual(183);
  const minutes = (clicks * SECONDS_A_CLICK) / 60;
  console.log(
    `from the invitation to the text of this week: ${clicks} clicks, ${minutes} minutes at ${SECONDS_A_CLICK} s each`,
  );
  expect(clicks).toBeLessThanOrEqual(12);
  expect(minutes).toBeLessThan(15);
});

test('who somebody is gets decided one by one, and the whole list is undone after a typed word', async ({
  page,
}) => {
  const mark = String(Date.now()).slice(-6);
  const [may, su] = names(mark);
  await signIn(page, 'caulacbo');
  await page.goto('/app/imports');
  await page.getByRole('link', { name: 'Nhập danh sách mới' }).click();
  await page.getByRole('button', { name: 'Dán chữ' }).click();
  const head = 'Họ và tên\tNgày sinh\tSĐT\tNhóm máu\n';
  const first = `${may}\t03/02/1990\t0912${mark}\tO+\n${su}\t1985\t\tB+\n`;
  await page.getByLabel('Dán danh sách vào đây').fill(head + first);
  await page.reload();
  await expect(page.getByLabel('Dán danh sách vào đây')).toHaveValue(head + first);
  await page.getByRole('button', { name: 'Xem trước danh sách' }).click();
  await page.getByRole('button', { name: /^Nhập 2 dòng/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Nhập ngay' }).click();
  await expect(page.getByRole('heading', { name: 'Đã nhập xong' })).toBeVisible();
  const applied = page.url();
  await lookAt(page, 'import-applied', ['main article', 'main p.quiet', 'main p.lead']);

  // Names without birth date and telephone: a person has to say who that is.
  await page.goto('/app/imports/new');
  await page.getByRole('button', { name: 'Dán chữ' }).click();
  const again = `Họ và tên,Ngày sinh,SĐT\n${may},,\n${su},,\n`;
  await page.getByLabel('Dán danh sách vào đây').fill(again);
  await page.getByRole('button', { name: 'Xem trước danh sách' }).click();
  await expect(page.getByRole('button', { name: 'Cần xác nhận · 2' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  const rows = page.getByRole('article');
  await rows
    .nth(0)
    .getByRole('radio', { name: /Là L\..+ Mây, sinh năm 1990/ })
    .check();
  await expect(page.getByText('Còn 1 dòng cần bạn quyết định')).toBeVisible();
  await lookAt(page, 'import-unsure', ['main h3', 'main fieldset', 'main p.small']);
  await rows.nth(1).getByRole('radio', { name: 'Là người khác, chưa có' }).check();
  await expect(page.getByRole('button', { name: 'Nhập 2 dòng' })).toBeVisible();
  await rows.nth(1).getByRole('radio', { name: 'Bỏ dòng này' }).check();
  await page.getByRole('button', { name: 'Nhập 1 dòng' }).click();
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveText([
    /1 người đã biết/,
    /1 dòng bị bỏ/,
  ]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Bỏ danh sách này' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Bỏ danh sách này' }).click();
  await expect(page.getByText('Đã bỏ danh sách.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Danh sách đã nhập' })).toBeVisible();
  await expect(page.getByText('Đã nhập', { exact: true }).first()).toBeVisible();

  await page.goto(applied);
  await page.getByRole('button', { name: 'Hoàn tác danh sách' }).click();
  const sure = page.getByRole('dialog');
  await expect(sure.getByRole('button', { name: 'Hoàn tác danh sách' })).toBeDisabled();
  await sure.getByLabel(/Gõ “hoàn tác”/).fill('hoàn tác');
  await sure.getByRole('button', { name: 'Hoàn tác danh sách' }).click();
  await expect(page.getByText(/Không còn 2 người, 2 chỗ trong câu lạc bộ/)).toBeVisible();
  await lookAt(page, 'import-undone');
  await page.getByRole('button', { name: 'Xong' }).click();
  await expect(page.getByText(/Những gì danh sách này tạo ra không còn nữa/)).toBeVisible();
  await lookAt(page, 'import-over');
});

test('a file that cannot be read is refused in plain words, and another one is chosen', async ({ page }) => {
  await signIn(page, 'caulacbo');
  await page.goto('/app/imports/new');
  const whole = await exerciseBook(912_000_000);
  await upload(page, 'cắt đôi.xlsx', whole.subarray(0, whole.length / 2));
  await page.getByRole('button', { name: 'Xem trước danh sách' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await lookAt(page, 'import-broken');
  await upload(page, 'không tiêu đề.csv', Buffer.from('1;2;3\n4;5;6\n'));
  await page.getByRole('button', { name: 'Xem trước danh sách' }).click();
  await expect(page.getByRole('alert')).toContainText(/tiêu đề/);
});

test("a hospital team's result list moves a drive's numbers, and is taken back", async ({ page }) => {
  const desk = await asked(page, 'tiepdon');
  const drive = await todaysDrive(desk);
  await signIn(page, 'tiepdon');
  await page.goto(`/app/desk/${drive.id}`);
  const before = Number(await page.locator('.figure b').textContent());
  await page.getByRole('link', { name: 'Nhập kết quả từ tệp' }).click();
  await expect(page.getByText(drive.name)).toBeVisible();
  await page.getByRole('button', { name: 'Dán chữ' }).click();
  const mark = String(Date.now()).slice(-5);
  const [may, su] = names(mark);
  const list =
    'Họ tên;Ngày sinh;SĐT;Kết quả;Thể tích (ml);Mã túi máu;Hoãn đến\n' +
    `${may};31/01/1996;09120${mark};Đã hiến;350;T-${mark};\n` +
    `${su};1/2/1985;09121${mark};Đã hiến;250;;\n` +
    `${may.replace('Lò', 'Giàng')};2/3/1990;09122${mark};Hoãn;;;\n` +
    `Phàn Văn Sai;31/02/1990;;Đã hiến;350;;\n`;
  await page.getByLabel('Dán danh sách vào đây').fill(list);
  await page.getByRole('button', { name: 'Xem trước danh sách' }).click();
  await expect(page.getByRole('button', { name: 'Sai · 1' })).toBeVisible();
  await page.getByRole('button', { name: 'Bỏ dòng 5' }).click();
  await expect(page.getByText('Sẽ bỏ dòng này')).toBeVisible();
  await page.getByRole('button', { name: 'Người mới · 3' }).click();
  await expect(page.getByRole('article')).toHaveCount(3);
  await page.getByRole('button', { name: 'Nhập 3 dòng' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Nhập ngay' }).click();
  await expect(page.getByRole('heading', { name: 'Đã nhập xong' })).toBeVisible();
  const applied = page.url();
  await page.getByRole('link', { name: 'Về đợt hiến máu' }).click();
  await expect(page.locator('.figure b')).toHaveText(String(before + 2));

  await page.goto(applied);
  await page.getByRole('button', { name: 'Hoàn tác danh sách' }).click();
  const sure = page.getByRole('dialog');
  await sure.getByLabel(/Gõ “hoàn tác”/).fill('hoàn tác');
  await sure.getByRole('button', { name: 'Hoàn tác danh sách' }).click();
  await expect(page.getByText('2 đơn vị máu không còn được tính.')).toBeVisible();
  await page.goto(`/app/desk/${drive.id}`);
  await expect(page.locator('.figure b')).toHaveText(String(before));
});

test("a coordinator brings in a list for any body below theirs, and a drive's results from its page", async ({
  page,
}) => {
  await signIn(page, 'dieuphoi');
  await page.goto('/app/coordinator');
  await page.getByRole('link', { name: 'Nhập danh sách' }).click();
  await page.getByRole('link', { name: 'Nhập danh sách mới' }).click();
  await expect(page.getByLabel('Câu lạc bộ hoặc đơn vị nào')).toBeVisible();
  await lookAt(page, 'import-whose');
  await page.getByRole('radio', { name: 'Đợt hiến máu' }).check();
  await expect(page.getByLabel('Đợt nào')).toBeVisible();
  const drive = await todaysDrive(await asked(page, 'dieuphoi'));
  await page.goto(`/app/coordinator/drives/${drive.id}`);
  await page.getByRole('link', { name: 'Nhập kết quả từ tệp' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Nhập kết quả của đợt' })).toBeVisible();
});

test('whoever works for no list is told so', async ({ page }) => {
  await signIn(page, 'benhvien');
  await page.goto('/app/imports');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('không dành cho bạn');
});
