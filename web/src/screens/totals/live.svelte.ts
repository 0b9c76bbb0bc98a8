// A drive's numbers on the day: asked for again and again, at almost no cost while nothing changes.
import { api, type Shapes } from '$lib/api';
import { Problem } from '$lib/problem';
import { now } from './periods';

const EVERY = 15_000;

/** Numbers that keep themselves fresh while somebody looks: `const live = new LiveTotals(id)`, then `live.start()`. */
export class LiveTotals {
  value = $state.raw<Shapes['DriveTotalsView'] | undefined>();
  problem = $state<Problem | null>(null);
  /** When the service was last reached. */
  at = $state<string | null>(null);
  private etag: string | null = null;

  constructor(private readonly drive: string) {}

  /** Asks now and then on; the answer ends it. */
  start(): () => void {
    const look = (): void => {
      if (document.visibilityState === 'visible') void this.ask();
    };
    look();
    const timer = setInterval(look, EVERY);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }

  async ask(): Promise<void> {
    try {
      const { data, error, response } = await api.GET('/api/v1/drives/{id}/totals', {
        params: { path: { id: this.drive } },
        headers: this.etag ? { 'If-None-Match': this.etag } : {},
        cache: 'no-store',
      });
      if (data) this.value = data;
      else if (response.status !== 304) throw Problem.of(response.status, error);
      this.etag = response.headers.get('ETag') ?? this.etag;
      this.problem = null;
      this.at = now();
    } catch (thrown) {
      this.problem = Problem.from(thrown);
    }
  }
}
