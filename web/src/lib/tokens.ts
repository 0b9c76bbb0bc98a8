// The access token, kept in memory only; a cookie that scripts cannot read brings the next one.
import { language, recall, remember } from './preferences.svelte';

interface Token {
  access_token: string;
  expires_in: number;
}
const HINT = 'signed-in';

class Tokens {
  private value: string | null = null;
  private endsAt = 0;
  private renewing: Promise<void> | null = null;
  /** Called when the sign-in has ended, here or in another tab. */
  onEnd: () => void = () => undefined;
  private readonly tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('giothong-session') : null;

  constructor() {
    if (this.tabs) this.tabs.onmessage = () => this.forget();
  }

  /** Whether this browser has a sign-in, as far as it knows. */
  get isSignedIn(): boolean {
    return this.value !== null || recall(HINT) === '1';
  }

  /** A token that is still good for a while, or nothing for a stranger. */
  async current(): Promise<string | null> {
    if (this.isSignedIn && Date.now() > this.endsAt - 30_000) await this.renew();
    return this.value;
  }

  keep(token: Token): void {
    this.value = token.access_token;
    this.endsAt = Date.now() + token.expires_in * 1000;
    remember(HINT, '1');
  }

  /** Ends the sign-in in every tab of this browser. */
  end(): void {
    this.tabs?.postMessage('ended');
    this.forget();
  }

  /** Exchanges the cookie for the next token; one tab at a time, since each is good for one exchange. */
  renew(): Promise<void> {
    this.renewing ??= this.exchangeAlone().finally(() => (this.renewing = null));
    return this.renewing;
  }

  private async exchangeAlone(): Promise<void> {
    const locks = navigator.locks as LockManager | undefined;
    if (locks) await locks.request('giothong-renew', () => this.exchange());
    else await this.exchange();
  }

  private async exchange(tries = 4): Promise<void> {
    const answer = await fetch('/api/v1/sign-ins/refresh', {
      method: 'POST',
      // A page that is left in the meantime would lose the new cookie, and with it the sign-in.
      keepalive: true,
      headers: {
        'Content-Type': 'application/json',
        'X-Session': 'cookie',
        'Accept-Language': language.current,
      },
      body: '{}',
    });
    if (answer.ok) this.keep((await answer.json()) as Token);
    else if (answer.status === 409 && tries > 1) {
      // The page before this one exchanged it a moment ago: its cookie is on the way.
      await new Promise((go) => setTimeout(go, 500));
      await this.exchange(tries - 1);
    } else if (answer.status === 401 || answer.status === 422) this.forget();
    else this.value = null;
  }

  private forget(): void {
    this.value = null;
    this.endsAt = 0;
    remember(HINT, null);
    this.onEnd();
  }
}

export const tokens = new Tokens();
