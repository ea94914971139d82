extension Worlds {
    private static let plain = Bounds()
    private static let single = Bounds().with { $0.claim = 1 }
    private static let one = Bounds().with { ($0.tasks, $0.claim) = (1, 1) }
    private static let produced = Bounds().with { ($0.isFilled, $0.workers, $0.monitors) = (false, 1, 0) }

    /// A rule that can be switched off, and a world in which that must be noticed.
    private struct Switch {
        let name: String
        let bounds: Bounds
        let known: Properties
        /// Whether the rule is one of both protocols; otherwise it is of `lease` only.
        let isShared: Bool
        let change: @Sendable (inout ClaimRules) -> Void

        init(
            _ name: String, _ bounds: Bounds, breaks known: Properties, isShared: Bool = true,
            _ change: @escaping @Sendable (inout ClaimRules) -> Void
        ) {
            self.name = name
            self.bounds = bounds
            self.known = known
            self.isShared = isShared
            self.change = change
        }
    }

    /// `lease` and `stream` with one rule switched off each: the holes that the rules close, to see that the search is not
    /// blind.
    package static let switchedOff: [World] = {
        let purpose = "a rule is switched off: the search must find the hole"
        let lease = switches.map {
            World(
                $0.name, purpose, LeaseMachine($0.bounds, rules: ClaimRules().with($0.change)), for: $0.known,
                breaks: $0.known)
        }
        let stream = switches.filter(\.isShared).map {
            World(
                $0.name, purpose, StreamMachine($0.bounds, rules: ClaimRules().with($0.change)), for: $0.known,
                breaks: $0.known)
        }
        return lease + stream + [
            World(
                "XACK by id alone", purpose,
                StreamMachine(
                    one.with { $0.rollbacks = 1 }, rules: ClaimRules().with { $0.ackTestsMembership = false }),
                for: .staleAccepted, breaks: .staleAccepted),
            World(
                "an ack of a whole claim ends what is left of it", purpose,
                StreamMachine(plain.with { $0.expiries = 1 }, rules: split.with { $0.acksWholeOrNone = false }),
                for: .ackedInPart, breaks: .ackedInPart),
        ]
    }()

    /// The same worlds with every rule in force, each once: nothing may be found in them.
    package static let switchedOn: [World] = {
        var seen: Set<Bounds> = []
        let distinct = switches.filter { seen.insert($0.bounds).inserted }
        return distinct.map {
            World("in force, where else " + $0.name, "nothing may be found", LeaseMachine($0.bounds))
        }
            + distinct.filter(\.isShared).map {
                World("in force, where else " + $0.name, "nothing may be found", StreamMachine($0.bounds))
            }
    }()

    private static let switches: [Switch] = [
        Switch(
            "H1: any later batch is accepted", produced.with { ($0.isPipelined, $0.refusals) = (true, 1) },
            breaks: .lost
        ) {
            $0.acceptsOnlyNextBatch = false
        },
        Switch(
            "F1: producers that ended are forgotten",
            produced.with { ($0.tasks, $0.monitors, $0.lostReplies, $0.lateArrivals) = (1, 1, 1, true) },
            breaks: .twoPlaces
        ) {
            $0.remembersFinishedProducers = false
        },
        Switch(
            "H2: the epoch is a counter, a claim is its token", one.with { $0.rollbacks = 2 }, breaks: .staleAccepted,
            isShared: false
        ) {
            ($0.epochFollowsTime, $0.epochFollowsClient, $0.naming) = (false, false, .token)
        },
        Switch("H2: the epoch is a counter", one.with { $0.rollbacks = 2 }, breaks: .staleAccepted) {
            ($0.epochFollowsTime, $0.epochFollowsClient) = (false, false)
        },
        Switch("H2: the epoch does not follow the time", one.with { $0.rollbacks = 2 }, breaks: .staleAccepted) {
            $0.epochFollowsTime = false
        },
        Switch("H3: the replication id is not compared", one.with { $0.rollbacks = 1 }, breaks: .staleAccepted) {
            $0.comparesReplicationID = false
        },
        Switch("H4: commands before the handshake", one.with { $0.rollbacks = 1 }, breaks: .staleAccepted) {
            $0.handshakesFirst = false
        },
        Switch("H5: a move into a registered claim", one.with { $0.expiries = 1 }, breaks: .uncovered, isShared: false)
        {
            $0.blocksOnMarker = false
        },
        Switch(
            "H6: and empty claims stay", plain.with { ($0.lostReplies, $0.workers) = (1, 1) }, breaks: .endedUnrun,
            isShared: false
        ) {
            ($0.blocksOnMarker, $0.keepsEmptyClaims, $0.ackComparesLength) = (false, true, false)
        },
        Switch("H7: markers are not handed on", single.with { $0.isFilled = false }, breaks: .sleepsBesideWork) {
            $0.chainsMarkers = false
        },
        Switch("H7: recovery sets no marker", one.with { $0.crashes = 1 }, breaks: .sleepsBesideWork) {
            $0.recoverySetsMarker = false
        },
        Switch(
            "a lost marker is not set again", one.with { ($0.crashes, $0.restarts, $0.isFilled) = (1, false, false) },
            breaks: .undrainable
        ) {
            $0.monitorSetsLostMarker = false
        },
        Switch(
            "the watch is not handed on", single.with { ($0.failures, $0.isFilled) = (1, false) },
            breaks: .sleepsBesideWork
        ) {
            $0.handsWatchOn = false
        },
        Switch(
            "F3a: a worker leaves with its watch", one.with { ($0.failures, $0.stops) = (1, 1) },
            breaks: .sleepsBesideWork
        ) {
            $0.leavingHandsWatchOn = false
        },
        Switch(
            "F3b: a late claim deletes the marker",
            plain.with { ($0.failures, $0.lostReplies, $0.lateArrivals) = (1, 1, true) }, breaks: .sleepsBesideWork
        ) {
            $0.keepsMarkerWhileDelayed = false
        },
        Switch(
            "F3c: a worker waits when its claim is gone", one.with { ($0.rollbacks, $0.lostReplies) = (1, 1) },
            breaks: .sleepsBesideWork
        ) {
            $0.claimsAnewWhenGone = false
        },
        Switch("H8: every loss counts", one.with { ($0.crashes, $0.mostRedeliveries) = (2, 1) }, breaks: .buriedUnheld)
        {
            $0.countsConfirmedOnly = false
        },
        Switch(
            "H9: split claims, acks without a test", plain.with { ($0.expiries, $0.acksSingly) = (1, true) },
            breaks: .twoPlaces, isShared: false
        ) {
            ($0.recoversWhole, $0.ackTestsMembership) = (false, false)
        },
        Switch(
            "H10: claims named by the worker's place", one.with { ($0.crashes, $0.monitors) = (1, 2) },
            breaks: .liveClaimTaken, isShared: false
        ) {
            ($0.naming, $0.recoveryLooksAgain) = (.slot, false)
        },
        Switch(
            "H11: nobody asks for the last batch", produced.with { ($0.tasks, $0.rollbacks, $0.monitors) = (1, 1, 1) },
            breaks: .lost
        ) {
            $0.asksForLastBatch = false
        },
        Switch("the sink forgets receipts", one.with { $0.lostReplies = 1 }, breaks: .effectTwice) {
            $0.sinkKeepsReceipts = false
        },
        Switch("the sink compares no tokens", one.with { $0.expiries = 1 }, breaks: .staleAccepted) {
            $0.sinkComparesTokens = false
        },
    ]
}
