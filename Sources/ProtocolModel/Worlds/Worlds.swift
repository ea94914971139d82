/// The worlds that are searched, in the order in which they are printed.
package enum Worlds {
    /// All of them but those of ``soak``; together they take half a minute of one core, and less than 1 GB.
    package static var all: [World] { lease + stream + lock + pop + switchedOff + switchedOn }

    private static let plain = Bounds()
    private static let single = Bounds().with { $0.claim = 1 }
    /// Where the producer's own part is at stake: rollbacks, with a worker and a monitor to see what they do to tasks.
    private static let produced = Bounds().with { $0.isFilled = false }

    /// What the protocols with claims must bear, and the bounds of each.
    private static let trials: [(name: String, purpose: String, bounds: Bounds)] = [
        (
            "a lease runs out early, a crash", "two monitors, any claim may be taken back at any time",
            plain.with { ($0.crashes, $0.expiries, $0.monitors) = (1, 1, 2) }
        ),
        (
            "three tasks", "claims of one or two out of three, markers handed on",
            plain.with { ($0.tasks, $0.crashes, $0.expiries) = (3, 1, 1) }
        ),
        (
            "a worker is suspended", "its lease runs out meanwhile, and it goes on",
            single.with { ($0.pauses, $0.crashes) = (1, 1) }
        ),
        ("two suspensions", "both workers stand still in turn", plain.with { ($0.pauses, $0.monitors) = (2, 2) }),
        (
            "lost replies", "a command is carried out and its reply is lost",
            plain.with { ($0.lostReplies, $0.expiries) = (2, 1) }
        ),
        (
            "late arrivals", "a command arrives after its connection was given up",
            plain.with { ($0.lostReplies, $0.expiries, $0.lateArrivals) = (1, 1, true) }
        ),
        (
            "late arrivals, acked singly", "partial acks, as of a worker that runs many at once",
            plain.with { ($0.lostReplies, $0.expiries, $0.lateArrivals, $0.acksSingly) = (1, 1, true, true) }
        ),
        (
            "a worker is stopped", "what it holds is given back, also when that is said twice",
            plain.with { ($0.stops, $0.expiries, $0.lostReplies, $0.lateArrivals) = (1, 1, 1, true) }
        ),
        (
            "failures", "tasks throw, are delayed, and become dead letters",
            plain.with { ($0.failures, $0.crashes) = (2, 1) }
        ),
        (
            "failures and late arrivals", "and what was said of them arrives late",
            plain.with { ($0.failures, $0.lostReplies, $0.lateArrivals) = (1, 1, true) }
        ),
        (
            "one task, many misfortunes", "it throws, loses its worker and its lease",
            single.with { ($0.tasks, $0.failures, $0.crashes, $0.expiries, $0.stops) = (1, 1, 1, 1, 1) }
        ),
        (
            "nobody starts anew", "a worker dies for good: the others are woken all the same",
            single.with { ($0.crashes, $0.restarts, $0.failures) = (1, false, 1) }
        ),
        (
            "poison", "a task that loses its worker twice becomes a dead letter",
            plain.with { ($0.crashes, $0.mostRedeliveries) = (2, 1) }
        ),
        ("a producer", "enqueues whose reply is lost", produced.with { ($0.lostReplies, $0.crashes) = (1, 1) }),
        (
            "a rollback", "Redis comes back with what it saved; the producer sends again what is gone",
            produced.with { ($0.rollbacks, $0.workers) = (1, 1) }
        ),
        (
            "a rollback of claims", "claims, acks and leases are rolled back under two workers",
            plain.with { ($0.rollbacks, $0.expiries) = (1, 1) }
        ),
        (
            "a rollback and a lost reply", "a claim is asked for again on a server that never made it",
            single.with { ($0.tasks, $0.rollbacks, $0.lostReplies, $0.lateArrivals) = (1, 1, 1, true) }
        ),
        (
            "two rollbacks", "tokens and epochs are rolled back twice",
            single.with { ($0.tasks, $0.rollbacks, $0.hasTwoBranches) = (1, 2, true) }
        ),
    ]

    /// `lease` as it is.
    package static let lease = claims { LeaseMachine($0) }

    /// `stream` as it is.
    package static let stream =
        claims { StreamMachine($0) } + [
            World(
                "split recovery", "claims are taken back entry by entry, as where one step takes over no more",
                StreamMachine(
                    plain.with { ($0.expiries, $0.crashes, $0.acksSingly) = (1, 1, true) },
                    rules: split)),
            World(
                "split recovery, acked whole", "an ack of a whole claim is refused when some of it was taken back",
                StreamMachine(plain.with { ($0.expiries, $0.crashes) = (1, 1) }, rules: split)),
            World(
                "split recovery, acked whole, late arrivals",
                "the same, also when that ack is said twice or arrives late",
                StreamMachine(
                    plain.with { ($0.expiries, $0.lostReplies, $0.lateArrivals) = (1, 1, true) }, rules: split)),
        ]

    /// A recovery that takes over entries and not claims.
    static let split = ClaimRules().with { $0.recoversWhole = false }

    /// The trials of a protocol with claims, and the one where it is known to fail.
    private static func claims(_ machine: (Bounds) -> some ProtocolMachine) -> [World] {
        let branches = produced.with {
            $0.tasks = 1; $0.workers = 1; ($0.rollbacks, $0.hasTwoBranches) = (2, true)
        }
        return trials.map { World($0.name, $0.purpose, machine($0.bounds)) } + [
            World(
                "two branches", "what one rollback discarded comes back with the next (F2)", machine(branches),
                for: .twoPlaces, breaks: .twoPlaces)
        ]
    }

    /// `pop`: the control, which must lose tasks.
    package static let pop = [
        World("nothing goes wrong", "nobody dies and no reply is lost", PopMachine(plain)),
        World(
            "a worker dies", "what it has in its hands is gone", PopMachine(plain.with { $0.crashes = 1 }),
            breaks: .lost),
        World(
            "a lost reply", "what was popped into it is gone", PopMachine(plain.with { $0.lostReplies = 1 }),
            breaks: .lost),
        World(
            "a lost reply to an enqueue", "the batch is pushed twice",
            PopMachine(produced.with { $0.lostReplies = 1 }), for: .effectTwice, breaks: .effectTwice),
    ]
}
