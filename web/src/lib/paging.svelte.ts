// Lists that come in pages.
import { Loading, Sending } from './loading.svelte';

interface Page<T> {
  items: T[];
  next?: string | null;
}

/**
 * A list fetched page by page: `new Paging((after) => take(api.GET(…, { params: { query: { after } } })))`,
 * shown by `<Loaded of={list}>` and, below it, `<More of={list} />`.
 */
export class Paging<T> extends Loading<T[]> {
  private next = $state<string | null>(null);
  readonly adding = new Sending();

  constructor(private readonly ask: (after: string | undefined) => Promise<Page<T>>) {
    super(() => this.first());
  }

  get hasMore(): boolean {
    return this.next !== null;
  }

  async more(): Promise<void> {
    await this.adding.run(async () => {
      const page = await this.ask(this.next ?? undefined);
      this.value = [...(this.value ?? []), ...page.items];
      this.next = page.next ?? null;
    });
  }

  private async first(): Promise<T[]> {
    const page = await this.ask(undefined);
    this.next = page.next ?? null;
    return page.items;
  }
}
