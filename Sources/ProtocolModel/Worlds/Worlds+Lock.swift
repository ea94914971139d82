extension Worlds {
    private static let one = Bounds().with { ($0.tasks, $0.claim) = (1, 1) }
    private static let forLoss: Properties = [.lost, .endedUnrun, .undrainable]
    private static let atomic = LockRules().with { $0.requeuesAtomically = true }
    private static let mended = LockRules().with {
        ($0.requeuesAtomically, $0.comparesBeforeDeleting, $0.sinkKeepsReceipts) = (true, true, true)
    }

    /// `lock` and `lock-setex` as they are, with the monitor the other way round, and mended.
    package static let lock = [false, true].flatMap { isSetex -> [World] in
        func machine(_ bounds: Bounds, _ rules: LockRules = LockRules()) -> LockMachine {
            LockMachine(bounds, rules: rules, locksBySetex: isSetex)
        }
        return [
            World(
                "no fault", "a monitor that looks between two commands of a worker", machine(one), for: .effectTwice,
                breaks: .effectTwice),
            World(
                "atomic requeue, no fault", "a monitor that judges a task between its move and its lock (L2)",
                machine(one, atomic), for: .effectTwice, breaks: .effectTwice),
            World(
                "one suspension", "two workers at once, though locks are compared before they are deleted (L3)",
                machine(one.with { $0.pauses = 1 }, mended), for: .runsAtOnce, breaks: .runsAtOnce),
            World(
                "a death between move and lock, and the monitor's", "the monitor removes before it pushes (L1)",
                machine(one.with { $0.crashes = 2 }, LockRules().with { $0.monitorPushesFirst = false }),
                for: .lost, breaks: .lost),
            World(
                "two places", "the monitor dies after it pushed and before it removed",
                machine(one.with { ($0.crashes, $0.workers) = (1, 1) }), for: .twoPlaces, breaks: .twoPlaces),
            World(
                "a lost reply to an enqueue", "the task is pushed twice",
                machine(one.with { ($0.isFilled, $0.lostReplies, $0.monitors) = (false, 1, 0) }), for: .effectTwice,
                breaks: .effectTwice),
            World(
                "loss", "as it is, with two monitors: nothing is lost",
                machine(one.with { ($0.crashes, $0.monitors) = (1, 2) }),
                for: forLoss),
            World(
                "loss of two tasks", "as it is: nothing is lost",
                machine(Bounds().with { ($0.claim, $0.crashes, $0.pauses) = (1, 1, 1) }), for: forLoss),
            World(
                "mended", "atomic requeue, compared deletion and a sink that knows what it placed",
                machine(one.with { ($0.crashes, $0.pauses, $0.lostReplies) = (2, 2, 1) }, mended),
                for: [forLoss, .effectTwice]),
        ]
    }
}
