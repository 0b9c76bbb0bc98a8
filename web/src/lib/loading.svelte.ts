// Fetching and sending, with what a screen shows meanwhile.
import { tick } from 'svelte';
import { Problem } from './problem';
import { turn } from './turn';

const SLOW_AFTER = 3000;

/** Something fetched: `const drives = new Loading(() => take(api.GET(…)))`, shown by `<Loaded of={drives}>`. */
export class Loading<T> {
  value = $state.raw<T | undefined>();
  problem = $state<Problem | null>(null);
  isLoading = $state(true);
  isSlow = $state(false);
  private asked = 0;

  constructor(
    private readonly fetch: () => Promise<T>,
    options: { later?: boolean } = {},
  ) {
    // In a turn of its own, unless somebody asked already.
    if (!options.later) void turn().then(() => (this.asked === 0 ? this.reload() : undefined));
  }

  /** Fetches anew; what was shown stays until the answer is there, and only the last question counts. */
  async reload(): Promise<void> {
    const asked = ++this.asked;
    this.isLoading = true;
    this.problem = null;
    const slow = setTimeout(() => (this.isSlow = asked === this.asked), SLOW_AFTER);
    try {
      const value = await this.fetch();
      await turn();
      if (asked === this.asked) this.value = value;
    } catch (thrown) {
      if (asked === this.asked) this.problem = Problem.from(thrown);
    } finally {
      clearTimeout(slow);
      if (asked === this.asked) {
        this.isLoading = false;
        this.isSlow = false;
      }
    }
  }
}

/** Something sent by a button: busy meanwhile, and a problem that stays until the next try. */
export class Sending {
  isBusy = $state(false);
  problem = $state<Problem | null>(null);

  /** What is wrong with a field of the form. */
  field(name: string): string | undefined {
    return this.problem?.fields[name];
  }

  /** Runs once at a time; true when it went well. */
  async run(work: () => Promise<void>): Promise<boolean> {
    if (this.isBusy) return false;
    this.isBusy = true;
    this.problem = null;
    try {
      await work();
      return true;
    } catch (thrown) {
      this.problem = Problem.from(thrown);
      return false;
    } finally {
      this.isBusy = false;
    }
  }
}

/** Brings the reader to the first field that is wrong, once it is shown so. */
export async function showFault(form: EventTarget | null): Promise<void> {
  await tick();
  const fault =
    form instanceof Element ? form.querySelector<HTMLElement>('[aria-invalid=true], [data-fault]') : null;
  fault?.focus();
}
