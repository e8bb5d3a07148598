"""Random histories of an account's money: the service against a model that keeps lots in a list.

Each history is a transaction of the real database that is rolled back, so that ten thousand leave nothing behind.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from realstaging import wiring
from realstaging.domains.accounts.schemas import Account, Member
from realstaging.domains.billing import invariants_store, lots, rules, service
from realstaging.domains.billing.lots_rules import months_later
from realstaging.domains.billing.service import GiveAgain, NewLot, Source, Standing, TakeBack
from realstaging.engines.engine import CostClass
from realstaging.kit.ids import new_id
from realstaging.kit.keyring import KeyRing
from realstaging.runtime.database import open_pool
from realstaging.runtime.platform import Platform
from realstaging.runtime.unpaid import Caps
from realstaging.runtime.work import Work

PRICE = rules.price(CostClass.PROVIDERS_PICTURE)
MONTHLY = rules.monthly_grant("free")
ORDER = [Source.PLAN, Source.CREDIT_BACK, Source.GRANT, Source.OPENING, Source.PACK]
BEGAN = datetime(2028, 1, 30, 22, tzinfo=UTC)
FAR = datetime(2100, 1, 1, tzinfo=UTC)
AMOUNTS = st.sampled_from([1, PRICE // 2, PRICE, PRICE + 1, 3 * PRICE, 10 * PRICE])
PLACES = st.integers(0, 50)


class Lot:
    """A lot of the model: what is ``left``, what may still be ``takeable``, whether it has ``begun``, what others ``stood`` in for."""

    def __init__(self, new, begins_at, now):
        self.source, self.reference, self.amount = new.source, new.reference, new.amount
        self.begins_at, self.expires_at, self.created_at = begins_at, new.expires_at, now
        self.left, self.takeable, self.begun, self.canceled_by = 0, new.amount, False, None
        self.stood, self.lapses = 0, 0

    def place(self):
        return self.expires_at or FAR, ORDER.index(self.source), self.created_at, self.reference


class Model:
    """What must come of it: lots in a list, and what is owed."""

    def __init__(self):
        self.lots, self.owed, self.holds, self.taken = [], 0, {}, {}

    @property
    def available(self):
        return sum(lot.left for lot in self.lots) - self.owed

    def put(self, lot, amount):
        paid = min(self.owed, amount)
        self.owed -= paid
        lot.left += amount - paid
        return paid

    def draw(self, amount, first=None):
        parts = []
        for lot in sorted(self.lots, key=lambda lot: (lot is not first, *lot.place())):
            part = min(lot.left, amount)
            lot.left, amount = lot.left - part, amount - part
            if part:
                parts.append((lot, part))
        self.owed += amount
        return parts

    def give(self, new, begins_at, now):
        lot = Lot(new, begins_at, now)
        self.lots.append(lot)
        if lot.begins_at <= now:
            lot.begun = True
            self.put(lot, lot.amount)
        return lot

    def pass_time(self, now):
        # Those that begin at once pay what is owed in the order in which they are used.
        for lot in sorted(self.lots, key=Lot.place):
            if not lot.begun and not lot.canceled_by and lot.begins_at <= now:
                lot.begun = True
                self.put(lot, lot.amount)
        self.lapse(now)

    def lapse(self, now):
        for lot in list(self.lots):
            if lot.left and lot.expires_at and lot.expires_at <= now:
                kept = min(lot.left, max(lot.stood, 0))
                if kept:
                    lot.stood, lot.lapses = lot.stood - kept, lot.lapses + 1
                    # What is kept is put nowhere else: who has something left owes nothing.
                    self.give(NewLot(Source.CREDIT_BACK, f"kept:{lot.reference}:{lot.lapses}", kept), now, now)
                if lot.left > kept:
                    lot.takeable, lot.lapses = max(lot.takeable - (lot.left - kept), 0), lot.lapses + 1
                lot.left = 0

    def group(self, reference):
        found = [lot for lot in self.lots if lot.reference == reference or lot.reference.startswith(f"{reference}/")]
        return sorted(sorted(found, key=lambda lot: lot.reference), key=lambda lot: lot.begins_at, reverse=True)


class Histories(RuleBasedStateMachine):
    """One account. ``house`` is set by who runs it."""

    house = None

    @initialize(given=st.booleans())
    def begin(self, given):
        self.house.begin()
        self.model, self.given, self.granted = Model(), given, set()
        if not given:
            self.does(service.set_plan, "pro", given=False)

    def does(self, use_case, *arguments, **more):
        return self.house.does(use_case, *arguments, **more)

    @property
    def now(self):
        return self.house.platform.clock.now

    def looked(self):
        """What the service does before it looks at credit, done in the model: time passes, the month is granted."""
        self.model.pass_time(self.now)
        month = f"plan:{self.now:%Y-%m}"
        if self.given and month not in self.granted:
            self.granted.add(month)
            self.add(NewLot(Source.PLAN, month, MONTHLY, rules.end_of_month(rules.month_of(self.now))))

    def add(self, new):
        return self.model.give(new, min(new.begins_at or self.now, new.expires_at or FAR), self.now)

    def teardown(self):
        if self.house and hasattr(self, "model"):
            try:
                self.agree()
            finally:
                self.house.end()

    def agree(self):
        self.looked()
        assert self.does(service.left).available == self.model.available
        assert self.house.disagreements() == []
        kept = self.house.remaining()
        assert kept == {lot.reference: lot.left for lot in self.model.lots if lot.left}

    @rule(
        source=st.sampled_from([Source.PACK, Source.GRANT, Source.PLAN]),
        number=st.integers(0, 5),
        amount=AMOUNTS,
        days=st.none() | st.integers(-1, 40),
    )
    def pay(self, source, number, amount, days):
        expires_at = None if days is None else self.now + timedelta(days=days)
        lot = NewLot(source, f"{source}:{number}", amount, expires_at)
        known = any(one.reference == lot.reference for one in self.model.lots)
        assert self.does(service.grant_lot, lot) is not known
        if not known:
            self.add(lot)

    @rule(number=st.integers(0, 1), amount=AMOUNTS, months=st.integers(1, 12))
    def pay_for_months(self, number, amount, months):
        series = list(service.monthly(NewLot(Source.PLAN, f"year:{number}", amount), self.now, months))
        known = {one.reference for one in self.model.lots}
        new = [lot for lot in series if lot.reference not in known]
        assert self.does(service.grant_lots, series) == len(new)
        for lot in new:
            self.add(lot)

    @rule(count=st.integers(1, 4))
    def hold(self, count):
        self.hold_these([new_id() for _ in range(count)])

    def hold_these(self, stagings):
        self.looked()
        refused = self.house.hold(stagings)
        enough = self.model.available >= PRICE * len(stagings)
        assert (refused is None) is enough
        if enough:
            for staging in stagings:
                self.model.holds[staging] = ["held", self.model.draw(PRICE)]

    @precondition(lambda self: self.model.holds)
    @rule(place=PLACES)
    def settle(self, place):
        staging = self.one_of(place)
        done = self.model.holds[staging][0] == "held"
        assert self.does_alone(service.settle, staging) is done
        if done:
            self.model.holds[staging][0] = "settled"

    @precondition(lambda self: self.model.holds)
    @rule(place=PLACES)
    def release(self, place):
        staging = self.one_of(place)
        state, parts = self.model.holds[staging]
        assert self.does_alone(service.release, staging) is (state == "held")
        if state == "held":
            self.model.holds[staging][0] = "released"
            for lot, part in parts:
                lot.stood -= self.model.put(lot, part)
            # What lapsed meanwhile lapses again at once; of others nothing is looked at before somebody looks.
            if any(lot.expires_at and lot.expires_at <= self.now for lot, _ in parts):
                self.model.pass_time(self.now)

    @precondition(lambda self: self.model.holds)
    @rule(place=PLACES)
    def try_again(self, place):
        staging = self.one_of(place)
        if self.model.holds[staging][0] == "released":
            self.hold_these([staging])
        else:
            self.looked()
            assert self.house.hold([staging]) is None

    @precondition(lambda self: self.model.holds)
    @rule(place=PLACES)
    def give_a_picture_back(self, place):
        staging = self.one_of(place)
        state, parts = self.model.holds[staging]
        assert self.does(service.credit_back, staging) == (PRICE if state == "settled" else 0)
        if state == "settled":
            self.model.holds[staging][0] = "credited"
            days = [lot.expires_at for lot, _ in parts]
            covered = [lot for lot, part in parts if lot.expires_at and lot.stood > 0 and lot.stood >= part]
            for lot in covered[:1]:
                lot.stood -= PRICE
            until = None if covered or None in days else max(*days, self.now + timedelta(days=30))
            self.add(NewLot(Source.CREDIT_BACK, f"credit_back:{staging}", PRICE, until))

    @precondition(lambda self: self.model.lots)
    @rule(place=PLACES, number=st.integers(0, 3), amount=st.none() | AMOUNTS)
    def refund(self, place, number, amount):
        lot = self.model.lots[place % len(self.model.lots)]
        reference, taken = lot.reference.partition("/")[0], f"refund:{number}"
        found = self.does(service.take_back, TakeBack(reference, taken, amount))
        if taken in self.model.taken:
            assert found == 0 or not self.model.taken[taken]["backs"]
            if not found:
                return
        group = self.model.group(reference)
        left = sum(one.takeable for one in group if not one.canceled_by) if amount is None else amount
        done = self.model.taken.setdefault(taken, {"canceled": [], "backs": [], "again": False})
        total = 0
        for one in group:
            if not one.begun and not one.canceled_by and one.amount <= left:
                one.canceled_by, left, total = taken, left - one.amount, total + one.amount
                done["canceled"].append(one)
        for one in group:
            if one.begun and (part := min(one.takeable, left)):
                one.takeable, left, total = one.takeable - part, left - part, total + part
                own = sum(drawn for lot, drawn in self.model.draw(part, first=one) if lot is one)
                one.stood += part - own
                done["backs"].append((one, part, own))
        assert found == total

    @precondition(lambda self: self.model.taken)
    @rule(number=st.integers(0, 3))
    def win(self, number):
        taken = f"refund:{number}"
        found = self.does(service.give_again, GiveAgain(taken, f"{taken}:won"))
        done = self.model.taken.get(taken)
        total = 0
        if done and not done["again"]:
            for lot in done["canceled"]:
                later = max(self.now - lot.begins_at, timedelta())
                lot.begins_at, lot.expires_at, lot.canceled_by = lot.begins_at + later, lot.expires_at + later, None
                total += lot.amount
            done["canceled"] = []
            again = []
            for lot, part, own in done["backs"]:
                kept = min(part - own, max(lot.stood, 0))
                again.append((lot, part - kept))
                total += part
                if kept:
                    lot.stood -= kept
                    self.add(NewLot(Source.CREDIT_BACK, f"{lot.reference}/{taken}:won/kept", kept))
            for lot, part in again:
                over = lot.expires_at and lot.expires_at <= self.now
                until = self.now + (lot.expires_at - lot.begins_at) if over else lot.expires_at
                if part:
                    self.add(NewLot(lot.source, f"{lot.reference}/{taken}:won", part, until))
            done["again"] = bool(done["backs"])
        assert found == total

    @rule(hours=st.sampled_from([1, 25, 24 * 7, 24 * 29, 24 * 31]))
    def wait(self, hours):
        self.house.platform.clock.now += timedelta(hours=hours)

    @rule()
    def wait_for_the_months_end(self):
        self.house.platform.clock.now = rules.end_of_month(rules.month_of(self.now))

    @rule()
    def wait_a_month(self):
        self.house.platform.clock.now = months_later(self.now, 1)

    @rule()
    def chore(self):
        self.does(lots.bring_up_to_date)
        self.model.pass_time(self.now)

    @rule()
    def look(self):
        self.agree()

    @rule()
    def stop_and_go_on(self):
        self.does(service.set_standing, Standing("stopped", "Wait."))
        assert isinstance(self.house.hold([new_id()]), service.SpendingStopped)
        self.looked()
        self.does(service.set_standing, Standing())

    def one_of(self, place):
        return list(self.model.holds)[place % len(self.model.holds)]

    def does_alone(self, use_case, staging):
        return self.house.does_alone(use_case, staging)


class House:
    """A platform on one connection, and a loop of its own: a machine of hypothesis is not asynchronous."""

    def __init__(self, loop, database_url):
        self.loop = loop
        self.database = loop.run_until_complete(open_pool(database_url, largest=1))
        self.connection = loop.run_until_complete(self.database.acquire())
        self.platform = Platform(
            database=self.database,
            wake_ups=SimpleNamespace(),
            storage=SimpleNamespace(),
            processes=SimpleNamespace(),
            decoders=SimpleNamespace(),
            engines={},
            quotas=wiring.quotas(),
            subscribers={},
            clock=Clock(),
            keys=KeyRing("test"),
            public_url="http://localhost",
            caps=Caps(),
        )

    def close(self):
        self.loop.run_until_complete(self.database.release(self.connection))
        self.loop.run_until_complete(self.database.close())

    def begin(self):
        self.platform.clock.now = BEGAN
        account, self.project = new_id(), new_id()
        self.ada = Member(new_id(), "ada@example.com", "Ada", Account(account, "Ada"))
        self.history = self.connection.transaction()
        self.loop.run_until_complete(self.history.start())
        self.loop.run_until_complete(
            self.connection.execute("insert into accounts (id, name) values ($1, 'Ada')", account)
        )

    def end(self):
        self.loop.run_until_complete(self.history.rollback())

    def does(self, use_case, *arguments, **more):
        return self.runs(lambda work: use_case(work, self.ada.account.id, *arguments, **more))

    def does_alone(self, use_case, staging):
        return self.runs(lambda work: use_case(work, staging))

    def hold(self, stagings):
        order = service.Order(self.project, "an engine", stagings, CostClass.PROVIDERS_PICTURE)
        return self.runs(lambda work: service.hold(work, self.ada, order))

    def runs(self, use):
        async def run():
            async with self.connection.transaction():
                work = Work(self.platform, self.connection)
                found = await use(work)
                await work.flush()
                return found

        return self.loop.run_until_complete(run())

    def disagreements(self):
        return self.loop.run_until_complete(invariants_store.disagreements(self.connection))

    def remaining(self):
        rows = self.loop.run_until_complete(
            self.connection.fetch("select reference, remaining from lots where remaining > 0")
        )
        return {row["reference"]: row["remaining"] for row in rows}


class Clock:
    now = BEGAN

    def __call__(self):
        return self.now


def run(database_url, settings):
    """Run histories; raises at the first that goes wrong, with the shortest one that does."""
    loop = asyncio.new_event_loop()
    house = House(loop, database_url)
    try:
        machine = type("Histories", (Histories,), {"house": house})
        run_state_machine_as_test(machine, settings=settings)
    finally:
        house.close()
        loop.close()
