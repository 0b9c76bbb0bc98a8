// What somebody agreed to: each on and off by itself, with a way back.
import { api, take, type Shapes } from '$lib/api';
import { Loading, Sending } from '$lib/loading.svelte';
import { toasts } from '$lib/toasts.svelte';
import { t } from './words';

export type Consent = Shapes['ConsentView'];

export class OwnConsents extends Loading<Consent[]> {
  readonly sending = new Sending();

  constructor() {
    super(async () => (await take(api.GET('/api/v1/me/consents'))).items);
  }

  /** Agrees to all of these, or takes it back; whether it went well. */
  async put(purposes: Consent['purpose'][], granted: boolean): Promise<boolean> {
    const done = await this.sending.run(async () => {
      for (const purpose of purposes) {
        const params = { path: { purpose } };
        await take(api.PUT('/api/v1/me/consents/{purpose}', { params, body: { granted } }));
      }
    });
    await this.reload();
    return done;
  }

  async change({ purpose }: Consent, granted: boolean): Promise<void> {
    if (!(await this.put([purpose], granted))) return;
    toasts.say(t(granted ? 'consent-on' : 'consent-off'), () => void this.put([purpose], !granted));
  }
}
