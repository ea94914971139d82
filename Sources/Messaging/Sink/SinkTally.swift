import Synchronization

/// What a sink's calls share: the counts, and the sequence of faults. Safe to use from any thread.
final class SinkTally: Sendable {
    private let counts = Mutex(SinkCounts())
    private let faults: Mutex<SinkFaults>
    private let isBad: Bool

    /// Nothing counted, and the first fault of the behaviour's sequence next.
    init(_ behaviour: SinkBehaviour) {
        faults = Mutex(SinkFaults(behaviour))
        isBad = behaviour.isBad
    }

    /// The counts as they are now.
    var present: SinkCounts { counts.withLock { $0 } }

    /// Counts a request that arrived, and answers what is to be done to it.
    func arrived(bytes: Int) -> SinkFault {
        counts.withLock { counts in
            counts.received += 1
            counts.bytes += UInt64(bytes)
        }
        return isBad ? faults.withLock { $0.next() } : .none
    }

    /// Counts one more of something.
    func count(_ field: any WritableKeyPath<SinkCounts, UInt64> & Sendable) {
        counts.withLock { $0[keyPath: field] += 1 }
    }

    /// Counts what became of a placing.
    func count(_ placing: PlacementLedger.Placing) {
        counts.withLock { counts in
            switch placing {
            case .placed: counts.placed += 1
            case .repeated: counts.repeated += 1
            case .superseded: counts.refused += 1
            }
        }
    }
}
