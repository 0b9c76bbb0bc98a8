// How long something took, in words.
import { t } from './words';

/** `12 phút`, `1 giờ 5 phút`; nothing came of what has no minutes. */
export function took(minutes: number | null | undefined): string {
  if (minutes == null) return t('review.never');
  if (minutes < 1) return t('took.now');
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return t('took.minutes', { minutes: rest });
  return rest === 0 ? t('took.hours', { hours }) : t('took.both', { hours, minutes: rest });
}
