// A day in somebody's own calendar.

export interface CalendarEvent {
  id: string;
  title: string;
  place: string;
  startsAt: string;
  endsAt: string;
  text: string;
}

/** The event as an iCalendar file (RFC 5545). */
export function calendar(event: CalendarEvent): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Giot Hong//web//VI',
    'BEGIN:VEVENT',
    `UID:${event.id}@giothong`,
    `DTSTAMP:${stamp(new Date().toISOString())}`,
    `DTSTART:${stamp(event.startsAt)}`,
    `DTEND:${stamp(event.endsAt)}`,
    `SUMMARY:${escape(event.title)}`,
    `LOCATION:${escape(event.place)}`,
    `DESCRIPTION:${escape(event.text)}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map(fold).join('\r\n') + '\r\n';
}

/** Hands a file to the browser to keep. */
export function download(name: string, type: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function stamp(moment: string): string {
  return `${new Date(moment).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
}

function escape(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n');
}

/** No line is longer than 75 bytes; a longer one goes on in the next after a blank. */
function fold(line: string): string {
  const encoder = new TextEncoder();
  const lines = [''];
  for (const letter of line) {
    const last = lines[lines.length - 1] ?? '';
    if (encoder.encode(last + letter).length > 74) lines.push(` ${letter}`);
    else lines[lines.length - 1] = last + letter;
  }
  return lines.join('\r\n');
}
