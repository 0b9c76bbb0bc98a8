// What went wrong, in words a person can act on.
import { t } from './shell-words';

interface Body {
  type?: string;
  title?: string;
  detail?: string;
  errors?: { field: string; message: string }[];
  choices?: { id: string; name: string }[];
}

/** A refusal of the service (RFC 9457), or that it could not be reached. */
export class Problem extends Error {
  /** The last part of the problem's address, such as `slot-full`; `offline` and `unavailable` are our own. */
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  readonly status: number;
  /** What is wrong with each field of the form. */
  readonly fields: Record<string, string>;
  readonly choices: { id: string; name: string }[];

  constructor(kind: string, status: number, body: Body) {
    super(kind);
    this.kind = kind;
    this.status = status;
    this.title = body.title ?? t('problem.title');
    this.detail = body.detail ?? t('problem.unavailable');
    this.fields = Object.fromEntries((body.errors ?? []).map((error) => [error.field, error.message]));
    this.choices = body.choices ?? [];
  }

  /** Whether trying again may help without changing anything. */
  get mayPass(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** What the service answered. */
  static of(status: number, body: unknown): Problem {
    if (typeof body !== 'object' || body === null || !('type' in body)) return unavailable(status);
    const given = body as Body;
    return new Problem(given.type?.split('/').pop() ?? 'unavailable', status, given);
  }

  /** Anything thrown; without an answer it was the network. */
  static from(thrown: unknown): Problem {
    if (thrown instanceof Problem) return thrown;
    if (thrown instanceof TypeError || (thrown instanceof DOMException && thrown.name !== 'AbortError')) {
      return new Problem('offline', 0, { title: t('problem.offline-title'), detail: t('problem.offline') });
    }
    return unavailable(0);
  }
}

function unavailable(status: number): Problem {
  return new Problem('unavailable', status, { title: t('problem.title'), detail: t('problem.unavailable') });
}
