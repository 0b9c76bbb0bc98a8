// How many messages wait to be read.
import { api, take } from '$lib/api';

/** None where it cannot be learned: nobody is told off for having no network. */
export async function unreadCount(): Promise<number> {
  const answer = take(api.GET('/api/v1/me/messages/unread'));
  return answer.then(
    ({ unread }) => unread,
    () => 0,
  );
}
