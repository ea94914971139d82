import ProtocolModel
import Testing

/// The shortest courses to the known holes, step by step.
@Suite("Traces")
struct TraceTests {
    private let one = Bounds().with { ($0.tasks, $0.claim) = (1, 1) }

    @Test("lock, L1: a death between move and lock, and one between removing and pushing")
    func lossWhenRemovedFirst() throws {
        let rules = LockRules().with { $0.monitorPushesFirst = false }
        let machine = LockMachine(one.with { $0.crashes = 2 }, rules: rules)
        let example = try #require(Explorer.explore(machine, for: .lost).counterExample)
        #expect(
            example.labels == [
                "W1 LMOVE t1", "W1 dies at before:SET", "M1 LRANGE", "M1 EXISTS t1", "M1 LREM t1",
                "M1 dies at before:RPUSH",
            ])
    }

    @Test("lock, L2: a monitor that judges a task between its move and its lock")
    func effectTwice() throws {
        let machine = LockMachine(one, rules: LockRules().with { $0.requeuesAtomically = true })
        let example = try #require(Explorer.explore(machine, for: .effectTwice).counterExample)
        #expect(
            example.labels == [
                "W1 LMOVE t1", "M1 LRANGE", "M1 EXISTS t1", "W1 SET t1", "W1 runs t1 and places its message",
                "M1 requeue t1", "W1 LREM t1", "W1 DEL t1", "W1 LMOVE t1", "W1 SET t1",
                "W1 runs t1 and places its message",
            ])
    }

    @Test("lock: a monitor that reads the list before an ack, and asks for the lock after it")
    func doneAndPushedBack() throws {
        let example = try #require(Explorer.explore(LockMachine(one), for: .effectTwice).counterExample)
        #expect(
            example.labels == [
                "W1 LMOVE t1", "W1 SET t1", "W1 runs t1 and places its message", "M1 LRANGE", "W1 LREM t1", "W1 DEL t1",
                "M1 EXISTS t1", "M1 RPUSH t1", "W1 LMOVE t1", "W1 SET t1", "W1 runs t1 and places its message",
            ])
    }

    @Test("lock, L3: two workers at once after a suspension, whatever is compared")
    func twoAtOnce() throws {
        let rules = LockRules().with { ($0.requeuesAtomically, $0.comparesBeforeDeleting) = (true, true) }
        let machine = LockMachine(one.with { $0.pauses = 1 }, rules: rules)
        let example = try #require(Explorer.explore(machine, for: .runsAtOnce).counterExample)
        #expect(
            example.labels == [
                "W1 LMOVE t1", "W1 SET t1", "W1 is suspended at task", "M1 LRANGE", "lock of t1 expires",
                "M1 EXISTS t1", "M1 requeue t1", "W2 LMOVE t1", "W2 SET t1",
            ])
    }

    @Test("lock runs no two at once while nobody is suspended, lock-setex does")
    func setexDoesNotLook() {
        let rules = LockRules().with { $0.requeuesAtomically = true }
        #expect(Explorer.explore(LockMachine(one, rules: rules), for: .runsAtOnce).holds)
        let setex = LockMachine(one, rules: rules, locksBySetex: true)
        #expect(Explorer.explore(setex, for: .runsAtOnce).counterExample?.steps.count == 7)
    }

    @Test("pop: a worker that dies")
    func pop() throws {
        let machine = PopMachine(one.with { $0.crashes = 1 })
        let example = try #require(Explorer.explore(machine).counterExample)
        #expect(example.labels == ["W1 LPOP t1", "W1 dies at task"])
        #expect(example.broken == .lost)
    }

    @Test("lease and stream may execute a task twice, and place its message once")
    func executionIsNotEffect() {
        let bounds = one.with { $0.expiries = 1 }
        #expect(Explorer.explore(LeaseMachine(bounds), for: .executionTwice).counterExample != nil)
        #expect(Explorer.explore(StreamMachine(bounds), for: .executionTwice).counterExample != nil)
        #expect(Explorer.explore(LeaseMachine(bounds)).holds)
        #expect(Explorer.explore(StreamMachine(bounds)).holds)
    }

    @Test("F1: a batch that arrives after its producer was forgotten")
    func lateBatch() throws {
        let world = try #require(Worlds.switchedOff.first { $0.name.hasPrefix("F1") })
        #expect(
            world.explore().counterExample?.labels == [
                "P enqueue t1 is still on its way when the connection is lost", "P enqueue t1", "P HGET", "P forget",
                "enqueue t1 arrives after all",
            ])
    }
}
