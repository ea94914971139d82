package import Redis

/// The trials of a study of growth, in their order.
package enum GrowthPlan {
    /// A law of payload keeps no more than this in Redis, in bytes of payload.
    private static let mostPayloadBytes = 1 << 30

    /// What one trial is of.
    package struct Point: Sendable, Equatable {
        /// What is varied.
        package let law: GrowthLaw
        /// Its value.
        package let size: Int
        /// What the server promises about a write.
        package var durability = Durability.none
        /// Tasks that wait.
        package var backlog: Int
        /// Tasks that are held, beside those that go round.
        package var inFlight = 0
        /// Workers.
        package var workers: Int
        /// Bytes of each payload; `nil` for the one that a run's tasks have.
        package var payload: Int?
        /// The most tasks of a claim.
        package var claim: Int
        /// Tasks that go round.
        package var tasks: Int

        /// The trial's cell, such as `claim-64-always`.
        package var cell: String { "\(law.rawValue)-\(size)" + (law == .claim ? "-\(durability)" : "") }
    }

    /// The points of a law, by size; none for ``GrowthLaw/measuring``.
    package static func points(of law: GrowthLaw, _ settings: GrowthSettings) -> [Point] {
        guard law.possibleSizes != nil else { return [] }
        let sizes = settings.sizes(of: law)
        let largest = sizes.max() ?? 1
        let durabilities = law == .claim ? Durability.ofOneServer : [.none]
        return durabilities.flatMap { durability in
            sizes.map { size in
                var point = Point(
                    law: law, size: size, durability: durability, backlog: settings.backlog,
                    workers: settings.workers, claim: settings.claim, tasks: settings.tasks)
                switch law {
                case .backlog: point.backlog = size
                case .inFlight: point.inFlight = size
                case .workers: point.workers = size
                case .payload:
                    point.payload = size
                    // The same backlog at every size.
                    point.backlog = max(1, min(point.backlog, mostPayloadBytes / largest))
                    point.tasks = max(1, min(point.tasks, mostPayloadBytes / size))
                case .claim: point.claim = size
                case .measuring: break
                }
                return point
            }
        }
    }

    /// All trials, each repetition going through every size of every law: upwards in the odd ones and downwards in the even
    /// ones, so that a machine that slowly changes its pace changes no exponent.
    package static func trials(_ settings: GrowthSettings) -> [(point: Point, repetition: Int)] {
        let points: [Point] = settings.laws.flatMap { Self.points(of: $0, settings) }
        return (1...settings.repetitions).flatMap { repetition in
            let order = repetition.isMultiple(of: 2) ? Array(points.reversed()) : points
            return order.map { (point: $0, repetition: repetition) }
        }
    }
}
