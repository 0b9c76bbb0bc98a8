// Where the app runs, and where the reader is.

/** The app inside which this page was opened, if it is one of those that lack push, camera and install. */
export function inAppBrowser(
  agent = navigator.userAgent,
): 'Zalo' | 'Facebook' | 'Messenger' | 'Instagram' | null {
  if (/\bZalo\b/i.test(agent)) return 'Zalo';
  if (/Messenger|FB_IAB\/Orca/i.test(agent)) return 'Messenger';
  if (/FBAN|FBAV|FB_IAB/.test(agent)) return 'Facebook';
  return /Instagram/.test(agent) ? 'Instagram' : null;
}

/** Asks the browser where it is, roughly; never kept and sent only to find what is near. */
export function position(): Promise<{ latitude: number; longitude: number }> {
  return new Promise((found, failed) => {
    if (!('geolocation' in navigator)) return failed(new Error('no position'));
    navigator.geolocation.getCurrentPosition(({ coords }) => found(coords), failed, {
      maximumAge: 600_000,
      timeout: 10_000,
    });
  });
}

/** The name people know this site by, as the server wrote it into the page. */
export const siteName =
  document.querySelector<HTMLMetaElement>('meta[name="application-name"]')?.content || 'Giọt Hồng';
