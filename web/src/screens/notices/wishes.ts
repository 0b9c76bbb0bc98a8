// What somebody can choose of how they are reached, in words.
import type { Shapes } from '$lib/api';
import { session } from '$lib/session.svelte';
import { t } from './words';

interface Option {
  value: string;
  label: string;
  text?: string;
  disabled?: boolean;
}

type Way = Shapes['WayView'];
const HERE = ['Asia/Ho_Chi_Minh', 'Asia/Saigon'];

/** Any way, the ways this site sends by, and none but the app; a way that reaches nobody cannot be chosen. */
export function waysOf(wishes: Shapes['WishesView']): Option[] {
  const ways = wishes.ways.filter((way) => way.channel !== 'relay');
  return [
    { value: '', label: t('any'), text: t('any-text') },
    ...ways.map((way) => ({
      value: way.channel,
      label: t(`way.${way.channel}`),
      text: said(way),
      disabled: !way.is_open && way.channel !== wishes.channel,
    })),
    { value: 'inbox', label: t('way.inbox'), text: t('inbox-text') },
  ];
}

/** Where it leads, or why it leads nowhere. */
function said({ channel, is_open }: Way): string {
  if (channel === 'push') return t(is_open ? 'open.push' : 'closed.push');
  const kind = channel === 'mail' ? 'email' : 'phone';
  if (!is_open) return t(kind === 'email' ? 'closed.mail' : 'closed.gateway');
  return session.me?.contacts.find((contact) => contact.kind === kind)?.value ?? '';
}

/** The zones to choose from: ours, that of this device, and what was chosen before. */
export function zonesOf(chosen: string | null | undefined): { value: string; label: string }[] {
  const device = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const others = [device, chosen ?? ''].filter((zone) => zone && !HERE.includes(zone));
  return [
    { value: '', label: t('zone-here') },
    ...[...new Set(others)].map((zone) => ({ value: zone, label: t('zone-device', { zone }) })),
  ];
}
