"""The invented world in which speed is measured: nobody in it exists. Drawn from one seed, so always the same.

Tables are streams of rows; a column is named with how it is kept: u an identifier, m a moment (microseconds since
1970), b a boolean, and nothing for what both databases write alike."""
import datetime
import itertools
import math
import random

import calls

SEED = 20_261_121
SPREAD = random.Random

NATION, PROVINCE, COMMUNE, CLUB, PERSON, SIGN_IN, DRIVE, SESSION, SLOT, PROGRAMME, GRANT = range(1, 12)
PROVINCES, COMMUNES, CLUBS = 34, 3_300, 700
YEAR = 2025
# Open drives with their slots, and who books there: one half for the service, one for pgbench.
OPEN_DRIVES, SLOTS_EACH, BOOKERS = 100, 10, 16_000
# One slot more, for everybody at once.
HOT_PLACES = 500

FAMILY = [("Nguyễn", "nguyen"), ("Trần", "tran"), ("Lê", "le"), ("Phạm", "pham"), ("Hoàng", "hoang"), ("Vũ", "vu"),
          ("Đặng", "dang"), ("Bùi", "bui"), ("Đỗ", "do"), ("Hồ", "ho"), ("Ngô", "ngo"), ("Dương", "duong")]
MIDDLE = [("Văn", "van"), ("Thị", "thi"), ("Minh", "minh"), ("Ngọc", "ngoc"), ("Thanh", "thanh"), ("Hữu", "huu"),
          ("Thu", "thu"), ("Quang", "quang")]
GIVEN = [("An", "an"), ("Bình", "binh"), ("Châu", "chau"), ("Dũng", "dung"), ("Giang", "giang"), ("Hà", "ha"),
         ("Hương", "huong"), ("Khánh", "khanh"), ("Lan", "lan"), ("Long", "long"), ("Mai", "mai"), ("Nam", "nam"),
         ("Phúc", "phuc"), ("Quỳnh", "quynh"), ("Sơn", "son"), ("Tâm", "tam"), ("Trang", "trang"), ("Yến", "yen")]
# Weight, latitude, longitude, spread in degrees; what is left lives anywhere.
CITIES = [(20, 10.78, 106.69, 0.12), (18, 21.02, 105.84, 0.12), (5, 16.06, 108.21, 0.08), (5, 20.85, 106.68, 0.08),
          (5, 10.03, 105.78, 0.08), (4, 18.67, 105.68, 0.08), (4, 12.67, 108.04, 0.08), (4, 16.46, 107.59, 0.06),
          (4, 11.94, 108.44, 0.06)]
# O+, O-, A+, A-, B+, B-, AB+, AB-, not known, as Vietnam has them.
GROUPS = ["O+", "O-", "A+", "A-", "B+", "B-", "AB+", "AB-", None]
SHARES = [4300, 4, 2100, 2, 3000, 3, 560, 1, 1200]


def uid(kind, number):
    """32 hexadecimal digits that sort by kind and number, as version 7 sorts by time."""
    return f"{kind:04x}00000000700080{0:02x}{number:012x}"


def micros(day, hour=0):
    midnight = datetime.datetime.combine(day, datetime.time(), datetime.timezone.utc)
    return int(midnight.timestamp() * 1e6) + int(hour * 3_600_000_000)


class World:
    """`donors` people who may be called, `drives` drives of one year in the tallies, and drives open in twenty days."""

    def __init__(self, today, donors, drives):
        self.today, self.donors, self.drives = today, donors, drives
        self.now = micros(today) - 86_400_000_000
        self.open_on = today + datetime.timedelta(days=20)

    def tables(self):
        """Every table in an order in which references hold."""
        yield "organisations", "id:u kind name search_name parent:u latitude longitude is_trusted:b is_illustrative:b created_at:m", self.bodies()
        yield "organisation_ancestors", "descendant:u ancestor:u depth", self.ancestors()
        yield "programmes", "id:u name search_name edition created_at:m", self.programmes()
        yield "people", "id:u name search_name birth_date sex language latitude longitude cell claimed_at:m created_at:m", self.people()
        yield "donors", ("person:u blood_group blood group_certainty available_from opted_in:b wants_reminders:b cell latitude longitude "
                         "last_asked_on gifts main_club:u created_at:m"), self.donor_rows()
        yield "sign_ins", "id:u person:u epoch label created_at:m used_at:m idle_until:m ends_at:m", self.sign_ins()
        yield "drives", ("id:u organiser:u kind name search_name target_units state main_programme:u time_zone starts_on ends_on is_hidden:b "
                         "created_at:m changed_at:m"), itertools.chain(self.past_drives(), self.open_drives())
        yield "drive_programmes", "drive:u programme:u position", self.drive_programmes()
        yield "sessions", "id:u drive:u place address latitude longitude cell held_on starts_at:m ends_at:m", self.sessions()
        yield "slots", "id:u session:u drive:u starts_at:m capacity taken", self.slots()
        yield "tallies", ("drive:u held_on body:u kind month organiser:u programme:u registered attended collected safe ml ml350plus first_time"), self.tallies()
        yield from calls.tables(self)
        yield "grants", "id:u person:u role organisation:u created_at:m", [(uid(GRANT, 1), uid(PERSON, 0), "admin", uid(NATION, 0), self.now)]

    # The tree: a nation, provinces, communes; clubs stand below communes.

    def bodies(self):
        place = SPREAD(SEED)
        row = lambda kind, number, slug, name, folded, parent: (uid(kind, number), slug, name, folded, parent, place.uniform(9, 22),
                                                                place.uniform(104, 108), False, True, self.now)
        yield row(NATION, 0, "national", "Trung ương (minh họa)", "trung uong (minh hoa)", None)
        for number in range(PROVINCES):
            yield row(PROVINCE, number, "province", f"Tỉnh {number}", f"tinh {number}", uid(NATION, 0))
        for number in range(COMMUNES):
            yield row(COMMUNE, number, "commune", f"Xã {number}", f"xa {number}", uid(PROVINCE, number % PROVINCES))
        for number in range(CLUBS):
            yield row(CLUB, number, "club", f"Câu lạc bộ {number}", f"cau lac bo {number}", uid(COMMUNE, number))

    def ancestors(self):
        lines = [[(NATION, 0)]]
        lines += [[(PROVINCE, number), (NATION, 0)] for number in range(PROVINCES)]
        communes = [[(COMMUNE, number), (PROVINCE, number % PROVINCES), (NATION, 0)] for number in range(COMMUNES)]
        clubs = [[(CLUB, number)] + communes[number] for number in range(CLUBS)]
        for line in itertools.chain(lines, communes, clubs):
            for depth, body in enumerate(line):
                yield uid(*line[0]), uid(*body), depth

    def programmes(self):
        for number in range(12):
            yield uid(PROGRAMME, number), f"Chương trình {number}", f"chuong trinh {number}", YEAR, self.now

    # People: number 0 reads totals, those below BOOKERS book, all may be called.

    def people(self):
        for number, (latitude, longitude, cell) in enumerate(self.places()):
            family, middle, given = FAMILY[number % 12], MIDDLE[number // 12 % 8], GIVEN[number // 96 % 18]
            name, folded = (" ".join(part[at] for part in (family, middle, given)) for at in (0, 1))
            sex = "female" if number % 2 else "male"
            yield (uid(PERSON, number), name, folded, f"{1970 + number % 35}-{1 + number % 12:02}-15", sex, "vi", latitude, longitude, cell,
                   self.now, self.now)

    def places(self):
        draw = SPREAD(SEED + 1)
        weights = list(itertools.accumulate(weight for weight, *_ in CITIES))
        for _ in range(self.donors):
            die = draw.uniform(0, 100)
            city = next((city for city, weight in zip(CITIES, weights) if die < weight), None)
            if city:
                latitude, longitude = draw.gauss(city[1], city[3]), draw.gauss(city[2], city[3])
            else:
                latitude, longitude = draw.uniform(9, 22.5), draw.uniform(104, 109)
            cell = math.floor((latitude + 90) / 0.05) * 32_768 + math.floor((longitude + 180) / 0.05)
            yield latitude, longitude, cell

    def donor_rows(self):
        draw = SPREAD(SEED + 2)
        days = [(self.today + datetime.timedelta(days=offset)).isoformat() for offset in range(-400, 101)]
        bounds = list(itertools.accumulate(SHARES))
        groups = draw.choices(range(9), cum_weights=bounds, k=self.donors)
        for number, (place, group) in enumerate(zip(self.places(), groups)):
            latitude, longitude, cell = place
            # 65 of 100 may give today; whoever books may.
            may_give = number < BOOKERS or draw.random() < 0.65
            free_from = days[draw.randrange(0, 400)] if may_give else days[draw.randrange(401, 501)]
            asked = days[draw.randrange(0, 401)] if draw.random() < 0.5 else "1970-01-01"
            yield (uid(PERSON, number), GROUPS[group], -1 if group == 8 else group, "unknown" if group == 8 else "confirmed", free_from,
                   draw.random() < 0.7, number % 3 != 2, cell, latitude, longitude, asked, number % 9, uid(CLUB, number % CLUBS), self.now)

    def sign_ins(self):
        for number in range(BOOKERS):
            end = self.now + 30 * 86_400_000_000
            yield uid(SIGN_IN, number), uid(PERSON, number), 1, "bench", self.now, self.now, end, end

    # Drives: a year's, of which the tallies speak, and those open for booking.

    def past(self):
        """Number, organiser, first and last day, programme of every drive of the year; one in thirty lasts two or three days."""
        draw = SPREAD(SEED + 3)
        first = datetime.date(YEAR, 1, 1)
        for number in range(self.drives):
            starts_on = first + datetime.timedelta(days=draw.randrange(0, 362))
            length = draw.choice((1, 2)) if number % 30 == 0 else 0
            organiser = (COMMUNE, draw.randrange(COMMUNES)) if draw.random() < 0.8 else (PROVINCE, draw.randrange(PROVINCES))
            yield number, organiser, starts_on, starts_on + datetime.timedelta(days=length), draw.choice((None, *range(12)))

    def past_drives(self):
        for number, organiser, starts_on, ends_on, programme in self.past():
            yield (uid(DRIVE, number), uid(*organiser), "planned", f"Đợt hiến máu {number}", f"dot hien mau {number}", 100, "signed",
                   programme if programme is None else uid(PROGRAMME, programme), "Asia/Ho_Chi_Minh", starts_on.isoformat(), ends_on.isoformat(),
                   False, self.now, self.now)

    def open_numbers(self):
        """The drives open for booking, and one with a single hot slot."""
        return range(self.drives, self.drives + OPEN_DRIVES + 1)

    def open_drives(self):
        for number in self.open_numbers():
            day = self.open_on.isoformat()
            yield (uid(DRIVE, number), uid(COMMUNE, number % COMMUNES), "planned", f"Đợt hiến máu {number}", f"dot hien mau {number}", 300, "open",
                   uid(PROGRAMME, 0), "Asia/Ho_Chi_Minh", day, day, False, self.now, self.now)

    def drive_programmes(self):
        for number, _, _, _, programme in self.past():
            if programme is not None:
                yield uid(DRIVE, number), uid(PROGRAMME, programme), 0
        for number in self.open_numbers():
            yield uid(DRIVE, number), uid(PROGRAMME, 0), 0

    def sessions(self):
        for number in self.open_numbers():
            yield (uid(SESSION, number), uid(DRIVE, number), "Nhà văn hóa", "Số 1", 21.0, 105.8, 3637 * 32_768 + 5716, self.open_on.isoformat(),
                   micros(self.open_on, 1), micros(self.open_on, 9))

    def slots(self):
        *drives, hot = self.open_numbers()
        for number in drives:
            for at in range(SLOTS_EACH):
                yield self.slot(number, at), uid(SESSION, number), uid(DRIVE, number), micros(self.open_on, 1 + at * 0.5), 1_000_000, 0
        yield self.slot(hot, 0), uid(SESSION, hot), uid(DRIVE, hot), micros(self.open_on, 1), HOT_PLACES, 0

    def slot(self, drive, at):
        return uid(SLOT, (drive - self.drives) * SLOTS_EACH + at)

    def tallies(self):
        """One to three bodies a drive and day, and every tenth time units given in an emergency too."""
        draw = SPREAD(SEED + 4)
        for number, organiser, starts_on, ends_on, programme in self.past():
            bodies = {organiser, *((CLUB, draw.randrange(CLUBS)) for _ in range(draw.choice((0, 0, 0, 0, 1, 2))))}
            for offset in range((ends_on - starts_on).days + 1):
                day = starts_on + datetime.timedelta(days=offset)
                for body, kind in itertools.product(sorted(bodies), ("planned", "emergency")):
                    if kind == "planned" or draw.random() < 0.1:
                        yield self.tally(number, day, (organiser, body), kind, programme, draw.randrange(1, 200))

    def tally(self, number, day, bodies, kind, programme, collected):
        organiser, body = bodies
        return (uid(DRIVE, number), day.isoformat(), uid(*body), kind, day.year * 100 + day.month, uid(*organiser),
                programme if programme is None else uid(PROGRAMME, programme), collected * 2, collected + 5, collected, collected,
                collected * 320, collected // 2, collected // 3)
