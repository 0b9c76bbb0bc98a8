// Twelve weeks after a gift: one mail, one press, one place. With a service of its own whose clock is moved.
import { expect, test, type APIRequestContext } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mails } from './mails';
import { paint } from './support';

const binary = process.env['GIOTHONG_BINARY'] ?? '';
const url = `http://127.0.0.1:${21_000 + (process.pid % 9_000)}`;
test.use({ baseURL: url });

const WORD = 'giot-hong-minh-hoa';
const DAY = 86_400_000;

/** On PostgreSQL a database beside that of the other tests; else the file in the folder. */
function ownDatabase(): NodeJS.ProcessEnv {
  const server = process.env['TEST_DATABASE_URL'];
  if (process.env['GIOTHONG_ENGINE'] !== 'PostgreSQL' || !server) return {};
  const name = `return_${process.pid}`;
  execFileSync('psql', [
    '-XqAt',
    server,
    '-c',
    `DROP DATABASE IF EXISTS ${name}`,
    '-c',
    `CREATE DATABASE ${name}`,
  ]);
  const own = new URL(server);
  own.pathname = `/${name}`;
  return { GIOTHONG__DATABASE__URL: own.href };
}

/** The service, on a folder of its own; its clock runs so many seconds ahead. */
class Service {
  readonly folder = mkdtempSync(join(tmpdir(), 'gh-return.'));
  private process: ChildProcess | null = null;
  private readonly database = ownDatabase();
  ahead = 0;

  private environment(): NodeJS.ProcessEnv {
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GIOTHONG__'));
    return {
      ...Object.fromEntries(inherited),
      ...this.database,
      GIOTHONG__SERVER__ADDRESS: url.replace('http://', ''),
      GIOTHONG__SITE__PUBLIC_URL: url,
      GIOTHONG__LOG__FILTER: 'warn',
      GIOTHONG__JOBS__IDLE_SECONDS: '1',
      GIOTHONG__CLOCK__AHEAD_SECONDS: String(this.ahead),
    };
  }

  fill(): void {
    execFileSync(binary, ['demo'], { cwd: this.folder, env: this.environment() });
  }

  async start(ahead: number): Promise<void> {
    this.ahead = Math.round(ahead / 1000);
    this.process = spawn(binary, ['serve'], { cwd: this.folder, env: this.environment() });
    const answers = () =>
      fetch(`${url}/health/ready`).then(
        (answer) => answer.ok,
        () => false,
      );
    await expect.poll(answers, { timeout: 60_000 }).toBe(true);
  }

  async stop(): Promise<void> {
    const { process } = this;
    this.process = null;
    if (!process || process.exitCode !== null) return;
    const ended = new Promise((resolve) => process.once('exit', resolve));
    process.kill('SIGTERM');
    await ended;
  }

  /** What was mailed to an address, as plain words. */
  mails(email: string): string[] {
    const all = mails(join(this.folder, 'data/mails'));
    return all.filter((mail) => mail.to === email).map((mail) => mail.words);
  }
}

async function ask(
  request: APIRequestContext,
  method: string,
  path: string,
  data?: unknown,
  token?: string,
): Promise<{ [key: string]: unknown }> {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const answer = await request.fetch(`/api/v1${path}`, { method, headers, ...(data ? { data } : {}) });
  expect(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
  const text = await answer.text();
  return (text ? JSON.parse(text) : {}) as { [key: string]: unknown };
}

async function signed(request: APIRequestContext, who: string): Promise<string> {
  const given = { email: `${who}@giothong.example`, password: WORD };
  return (await ask(request, 'POST', '/sign-ins', given))['access_token'] as string;
}

async function named(request: APIRequestContext, name: string): Promise<string> {
  const found = await ask(request, 'GET', `/organisations?limit=1&q=${encodeURIComponent(name)}`);
  return (found['items'] as { id: string }[])[0]?.id ?? '';
}

/** An open drive in the commune of the demonstration, four hours from `starts` on. */
async function drive(
  request: APIRequestContext,
  token: string,
  name: string,
  starts: number,
): Promise<string> {
  const commune = await named(request, 'Xã Suối Hồng');
  const at = (hours: number) => new Date(starts + hours * 3_600_000).toISOString();
  const session = {
    place: 'Nhà văn hóa',
    address: 'Số liệu minh họa',
    commune,
    latitude: 15.62,
    longitude: 107.62,
    starts_at: at(0),
    ends_at: at(4),
    slots: [0, 1, 2, 3].map((hour) => ({ starts_at: at(hour), capacity: 10 })),
  };
  const collected_by = await named(request, 'Trung tâm Máu Minh Họa');
  const plan = { organiser: commune, name, kind: 'planned', collected_by, sessions: [session] };
  const id = (await ask(request, 'POST', '/drives', plan, token))['id'] as string;
  await ask(request, 'PUT', `/drives/${id}/state`, { state: 'open' }, token);
  return id;
}

/** A new donor who gives 350 ml at a drive of this hour. */
async function give(service: Service, request: APIRequestContext, email: string): Promise<void> {
  const [coordinator, desk, nurse] = await Promise.all(
    ['dieuphoi', 'tiepdon', 'dieuduong'].map((who) => signed(request, who)),
  );
  const hour = Math.floor(Date.now() / 3_600_000) * 3_600_000;
  const today = await drive(request, coordinator ?? '', 'Hành trình đỏ (minh họa)', hour);
  await drive(request, coordinator ?? '', 'Đợt của quý sau (minh họa)', hour + 86 * DAY);
  await ask(request, 'POST', '/donors', {
    name: 'Lý Thị Mới',
    birth_date: '1998-02-03',
    sex: 'female',
    email,
    commune: await named(request, 'Xã Suối Hồng'),
    consents: ['data', 'reminders'],
  });
  await ask(request, 'PUT', `/drives/${today}/state`, { state: 'running' }, desk);
  await ask(request, 'POST', '/sign-in-codes', { contact: email });
  let code = '';
  const coded = () => (code = /(?<!\d)\d{6}(?!\d)/.exec(service.mails(email).join('\n'))?.[0] ?? '');
  await expect.poll(coded, { timeout: 60_000 }).not.toBe('');
  const token = (await ask(request, 'POST', '/sign-ins', { contact: email, code }))['access_token'] as string;
  const person = (await ask(request, 'GET', '/me', undefined, token))['id'];
  const visit = await ask(request, 'POST', `/drives/${today}/walk-ins`, { person }, desk);
  const path = `/registrations/${visit['id'] as string}`;
  await ask(
    request,
    'POST',
    `${path}/screening`,
    {
      weight_kg: 52,
      systolic_mmhg: 118,
      diastolic_mmhg: 76,
      pulse_bpm: 72,
      haemoglobin_g_l: 131,
      decision: 'accepted',
    },
    nurse,
  );
  await ask(request, 'POST', `${path}/donation`, { component: 'whole_blood', volume_ml: 350 }, nurse);
}

/** From now to one minute past nine in Vietnam, on the day so many days from now. */
function untilNine(days: number): number {
  const day = new Date(Date.now() + 7 * 3_600_000 + days * DAY).toISOString().slice(0, 10);
  return new Date(`${day}T09:01:00+07:00`).getTime() - Date.now();
}

test('twelve weeks after a gift one mail comes, and one press books a place', async ({ page, request }) => {
  test.setTimeout(300_000);
  const service = new Service();
  const email = 'tro-lai@giothong.example';
  const reminders = () =>
    service.mails(email).filter((mail) => mail.includes('/r/') && mail.includes('Đợt của quý sau'));
  try {
    service.fill();
    await service.start(0);
    await give(service, request, email);
    await service.stop();

    await service.start(untilNine(83));
    await page.waitForTimeout(5_000);
    expect(reminders(), 'nothing comes a day early').toHaveLength(0);
    await service.stop();

    await service.start(untilNine(84));
    await expect.poll(() => reminders().length, { timeout: 60_000 }).toBe(1);
    const link = /http:\/\/\S+\/r\/\S+/.exec(reminders()[0] ?? '')?.[0] ?? '';
    await page.goto(link);
    await expect(page.getByRole('heading', { name: 'Hiến máu trở lại' })).toBeVisible();
    const offer = page.locator('form', { hasText: 'Đợt của quý sau' });
    await expect(offer.getByRole('button')).toHaveCount(4);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map((one) => one.id)).toEqual([]);
      await paint(page, `return-${colorScheme}`);
    }
    await offer.getByRole('button').nth(1).click();
    await expect(page.getByText('Bạn đã có chỗ')).toBeVisible();
    await paint(page, 'return-booked');
    await page.goto(link);
    await expect(page.getByText('Bạn đã có chỗ')).toBeVisible();
    const confirmed = () => service.mails(email).some((mail) => mail.includes('Bạn đã có chỗ tại'));
    await expect.poll(confirmed, { timeout: 60_000 }).toBe(true);
    expect(reminders(), 'one reminder and no more').toHaveLength(1);
  } finally {
    await service.stop();
    rmSync(service.folder, { recursive: true, force: true });
  }
});
