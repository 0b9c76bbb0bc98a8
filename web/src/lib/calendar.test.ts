import { describe, expect, it } from 'vitest';
import { calendar } from './calendar';

const event = {
  id: 'a1',
  title: 'Hiến máu: Hành trình đỏ, Xã Suối Hồng và những nơi có tên rất dài để phải xuống dòng nhiều lần',
  place: 'Nhà văn hóa; tầng 2',
  startsAt: '2026-11-23T00:30:00Z',
  endsAt: '2026-11-23T04:30:00Z',
  text: 'Mang giấy tờ\nĂn nhẹ',
};

describe('a visit in a calendar', () => {
  const lines = calendar(event).split('\r\n');

  it('stands at its hour in UTC', () => {
    expect(lines).toContain('DTSTART:20261123T003000Z');
    expect(lines).toContain('DTEND:20261123T043000Z');
  });

  it('has no line longer than 75 bytes and loses no letter', () => {
    expect(Math.max(...lines.map((line) => new TextEncoder().encode(line).length))).toBeLessThanOrEqual(75);
    const unfolded = calendar(event).replace(/\r\n /g, '');
    expect(unfolded).toContain(`SUMMARY:${event.title.replace(/,/g, '\\,')}`);
    expect(unfolded).toContain('LOCATION:Nhà văn hóa\\; tầng 2');
    expect(unfolded).toContain('DESCRIPTION:Mang giấy tờ\\nĂn nhẹ');
  });
});
