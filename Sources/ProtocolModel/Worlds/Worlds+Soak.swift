extension Worlds {
    private static let plain = Bounds()
    private static let single = Bounds().with { $0.claim = 1 }
    private static let one = Bounds().with { ($0.tasks, $0.claim) = (1, 1) }
    private static let produced = Bounds().with { $0.isFilled = false }

    /// Larger worlds, where several things go wrong in one course: two minutes of one core in all, and up to 1 GB.
    package static let soak: [World] =
        claims + [
            World(
                "lost replies, a suspension and a death", "as it is: nothing is lost",
                LockMachine(one.with { ($0.lostReplies, $0.pauses, $0.crashes) = (1, 1, 1) }),
                for: [.lost, .endedUnrun, .undrainable]),
            World(
                "any lock may run out", "as it is: nothing is lost",
                LockMachine(one.with { ($0.lostReplies, $0.expiries, $0.crashes) = (1, 1, 1) }),
                for: [.lost, .endedUnrun, .undrainable]),
        ]

    private static let trials: [(name: String, bounds: Bounds)] = [
        (
            "a failure, late arrivals, a death, a lease",
            one.with { ($0.failures, $0.lostReplies, $0.lateArrivals, $0.crashes, $0.expiries) = (1, 1, true, 1, 1) }
        ),
        ("a producer, a rollback and two workers", produced.with { $0.rollbacks = 1 }),
        ("a rollback, a stop, a failure", one.with { ($0.rollbacks, $0.stops, $0.failures) = (1, 1, 1) }),
        ("a rollback, acked singly", plain.with { ($0.rollbacks, $0.acksSingly, $0.expiries) = (1, true, 1) }),
        ("a rollback and a suspension", plain.with { ($0.rollbacks, $0.pauses) = (1, 1) }),
        ("a rollback and a death", one.with { ($0.rollbacks, $0.crashes, $0.expiries) = (1, 1, 1) }),
        (
            "two lost replies and a stop",
            one.with { ($0.lostReplies, $0.lateArrivals, $0.stops, $0.expiries) = (2, true, 1, 1) }
        ),
        (
            "a stop, a failure, a lost reply",
            single.with { ($0.stops, $0.failures, $0.lostReplies, $0.lateArrivals) = (1, 1, 1, true) }
        ),
        (
            "a producer, a rollback, late arrivals",
            produced.with { ($0.rollbacks, $0.lostReplies, $0.lateArrivals, $0.workers) = (1, 1, true, 1) }
        ),
        ("a producer and two rollbacks", produced.with { ($0.rollbacks, $0.workers) = (2, 1) }),
        (
            "nobody starts anew, a failure, a lost reply",
            plain.with { ($0.crashes, $0.restarts, $0.failures, $0.lostReplies, $0.expiries) = (1, false, 1, 1, 1) }
        ),
        (
            "poison and two monitors",
            one.with { ($0.crashes, $0.lostReplies, $0.mostRedeliveries, $0.monitors) = (3, 1, 1, 2) }
        ),
    ]

    private static let claims = trials.flatMap { trial in
        [
            World(trial.name, "several misfortunes in one course", LeaseMachine(trial.bounds)),
            World(trial.name, "several misfortunes in one course", StreamMachine(trial.bounds)),
        ]
    }
}
