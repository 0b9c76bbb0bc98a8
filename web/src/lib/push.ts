// Messages on this device's screen: whether they can be shown, are, and how that begins and ends.
import { api, take } from './api';

const slot = 'giothong.push';

/** How it stands on this device. */
export type PushState = 'impossible' | 'off' | 'refused' | 'on';

function isPossible(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
}

/** Looks, and asks nobody. */
export async function pushState(): Promise<PushState> {
  if (!isPossible()) return 'impossible';
  // Who blocked notifications knows; they are not told each time.
  if (Notification.permission === 'denied') return 'impossible';
  const worker = await navigator.serviceWorker.getRegistration('/app/');
  if (!worker) return 'impossible';
  return (await worker.pushManager.getSubscription()) && localStorage.getItem(slot) ? 'on' : 'off';
}

/** Asks the person, then the browser, then tells the service; the same again is harmless. */
export async function startPush(): Promise<PushState> {
  if ((await Notification.requestPermission()) !== 'granted') return 'refused';
  const { key } = await take(api.GET('/api/v1/me/push-key'));
  const worker = await navigator.serviceWorker.ready;
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = made.toJSON();
  const id = localStorage.getItem(slot) ?? crypto.randomUUID();
  const body = { endpoint: endpoint ?? '', keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' } };
  await take(api.PUT('/api/v1/me/push-subscriptions/{id}', { params: { path: { id } }, body }));
  localStorage.setItem(slot, id);
  return 'on';
}

/** Ends it here and at the service. */
export async function stopPush(): Promise<PushState> {
  const id = localStorage.getItem(slot);
  if (id) await take(api.DELETE('/api/v1/me/push-subscriptions/{id}', { params: { path: { id } } }));
  localStorage.removeItem(slot);
  const worker = await navigator.serviceWorker.getRegistration('/app/');
  await (await worker?.pushManager.getSubscription())?.unsubscribe();
  return 'off';
}
