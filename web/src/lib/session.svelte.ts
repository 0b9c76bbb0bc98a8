// Who uses the app: a stranger, or somebody signed in with their roles.
import { api, take, type Shapes } from './api';
import { forgetKept } from './kept';
import { Problem } from './problem';
import { tokens } from './tokens';

type Me = Shapes['MeView'];
type Role = Shapes['Role'];
type Way = Shapes['SignInRequest'];

class Session {
  /** Who is signed in; null for a stranger and while it is not known yet. */
  me = $state<Me | null>(null);
  /** `unknown` until the first answer. */
  state = $state<'unknown' | 'stranger' | 'signed-in'>('unknown');
  /** Why it could not be learned, for instance without a network. */
  problem = $state<Problem | null>(null);

  constructor() {
    tokens.onEnd = () => this.becomeStranger();
  }

  /** Learns who it is, at start and after signing in. */
  async start(): Promise<void> {
    if (!tokens.isSignedIn) return this.becomeStranger();
    try {
      this.me = await take(api.GET('/api/v1/me'));
      this.state = 'signed-in';
      this.problem = null;
      navigator.serviceWorker?.controller?.postMessage('keep-everything');
    } catch (thrown) {
      this.problem = Problem.from(thrown);
      if (this.problem.status === 401 || !tokens.isSignedIn) this.becomeStranger();
      else this.state = 'signed-in';
    }
  }

  async signIn(way: Way): Promise<void> {
    const header = { headers: { 'X-Session': 'cookie' } };
    tokens.keep(await take(api.POST('/api/v1/sign-ins', { body: way, ...header })));
    await this.start();
  }

  /** Ends the sign-in on this device; without a network it ends here all the same. */
  async signOut(): Promise<void> {
    const path = { params: { path: { id: 'current' } }, headers: { 'X-Session': 'cookie' } };
    await api.DELETE('/api/v1/sign-ins/{id}', path).catch(() => undefined);
    await forgetKept();
    tokens.end();
  }

  /** Whether one holds any of these roles somewhere. */
  has(...roles: Role[]): boolean {
    return this.me?.roles.some((held) => roles.includes(held.role)) ?? false;
  }

  /** The bodies on which one holds a role, in the order given. */
  bodies(role: Role): string[] {
    const held = this.me?.roles.filter((one) => one.role === role) ?? [];
    return held.flatMap((one) => (one.organisation ? [one.organisation] : []));
  }

  private becomeStranger(): void {
    this.me = null;
    this.state = 'stranger';
  }
}

export const session = new Session();
