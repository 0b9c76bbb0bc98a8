// What tests of work screens need beside a screen: asking the service directly, as one of the demonstration's accounts.
import type { APIRequestContext, Page } from '@playwright/test';
import { codeFor, expect, signIn, type Account } from './support';

interface Json {
  [name: string]: unknown;
}

/** The service as this account sees it, without a screen. */
export async function asked(page: Page, account: Account): Promise<Office> {
  const body = { email: `${account}@giothong.example`, password: 'giot-hong-minh-hoa' };
  const answer = await page.request.post('/api/v1/sign-ins', { data: body });
  const { access_token } = (await answer.json()) as { access_token: string };
  return new Office(page.request, access_token);
}

export class Office {
  constructor(
    private readonly request: APIRequestContext,
    private readonly token: string,
  ) {}

  async get<T = Json>(path: string): Promise<T> {
    const answer = await this.request.get(`/api/v1${path}`, { headers: this.headers });
    expect(answer.ok(), `GET ${path}`).toBe(true);
    return (await answer.json()) as T;
  }

  async post<T = Json>(path: string, data: Json): Promise<T> {
    const answer = await this.request.post(`/api/v1${path}`, { headers: this.headers, data });
    expect(answer.ok(), `POST ${path}: ${await answer.text()}`).toBe(true);
    return (await answer.json()) as T;
  }

  async put(path: string, data: Json): Promise<void> {
    const answer = await this.request.put(`/api/v1${path}`, { headers: this.headers, data });
    expect(answer.ok(), `PUT ${path}: ${await answer.text()}`).toBe(true);
  }

  /** Whether the service took it. */
  async tries(path: string, data: Json): Promise<boolean> {
    const answer = await this.request.post(`/api/v1${path}`, { headers: this.headers, data });
    return answer.ok();
  }

  private get headers(): Record<string, string> {
    return { Authorization: `Bearer ${this.token}` };
  }
}

/** Hands the device over to somebody else. */
export async function become(page: Page, account: Account): Promise<void> {
  await page.context().clearCookies();
  await page.evaluate(() => localStorage.clear());
  await signIn(page, account);
}

/** Ends the call on this screen. */
export async function stop(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Dừng yêu cầu' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Dừng yêu cầu' }).click();
  await expect(page.getByText('Đã hủy', { exact: true })).toBeVisible();
}

/** A new body of the demonstration's province. */
export async function newClub(page: Page, name: string): Promise<{ id: string; office: Office }> {
  const office = await asked(page, 'quantri');
  const found = await office.get<{ items: { id: string; name: string }[] }>(
    `/organisations?q=${encodeURIComponent('Tỉnh Minh Họa')}&limit=1`,
  );
  const parent = found.items[0]?.id;
  const { id } = await office.post<{ id: string }>('/organisations', { kind: 'club', name, parent });
  return { id, office };
}

/** Somebody new on screen, who has no role yet. */
export async function newcomer(page: Page, name: string): Promise<void> {
  const email = `nguoi-moi-${Date.now()}@giothong.example`;
  await page.goto('/app/sign-up');
  await page.getByLabel('Họ và tên').fill(name);
  await page.getByLabel('Ngày sinh').pressSequentially('05091990');
  await page.getByRole('radio', { name: 'Nữ' }).check();
  await page.getByLabel('Email').fill(email);
  await page.getByRole('checkbox', { name: /lưu và sử dụng thông tin/ }).check();
  await page.getByRole('button', { name: 'Đăng ký', exact: true }).click();
  await page.getByLabel('Mã sáu chữ số').fill(await codeFor(email));
  await expect(page.getByRole('heading', { level: 1, name: /Chào/ })).toBeVisible();
}

/** The club of the demonstration's lead. */
export async function clubOf(lead: Office): Promise<string> {
  const me = await lead.get<{ roles: { role: string; organisation: string | null }[] }>('/me');
  return me.roles.find((held) => held.role === 'club_lead')?.organisation ?? '';
}

/** The drive of the demonstration that goes on today. */
export async function todaysDrive(desk: Office): Promise<{ id: string; name: string }> {
  const { items } = await desk.get<{ items: { id: string; name: string; state: string }[] }>(
    '/drives?mine=true&limit=200',
  );
  const running = items.find((one) => one.state === 'running');
  if (!running) throw new Error('the demonstration has no drive that goes on');
  return running;
}
