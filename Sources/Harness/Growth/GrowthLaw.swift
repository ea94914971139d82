/// What a study of growth varies.
package enum GrowthLaw: String, CaseIterable, Sendable {
    /// Tasks that wait.
    case backlog
    /// Tasks that workers hold, beside those that go round.
    case inFlight = "in-flight"
    /// Workers that work at once, each with a connection of its own.
    case workers
    /// Bytes of each task's payload.
    case payload
    /// Tasks that are claimed together, at each durability of one server.
    case claim
    /// What measuring costs: journals and audit, or none.
    case measuring

    /// The sizes that are studied unless others are named; none for a law without sizes.
    package var usualSizes: [Int] {
        switch self {
        case .backlog: [1_000, 10_000, 100_000, 1_000_000, 10_000_000]
        case .inFlight: [10, 100, 1_000, 10_000, 100_000, 1_000_000]
        case .workers: [1, 2, 4, 8, 16, 32, 64]
        case .payload: [16, 64, 256, 1_024, 4_096, 16_384, 65_536]
        case .claim: [1, 4, 16, 64, 256, 1_024]
        case .measuring: []
        }
    }

    /// The sizes that can be studied; `nil` for a law without sizes.
    var possibleSizes: ClosedRange<Int>? {
        switch self {
        case .backlog, .inFlight: 1...100_000_000
        case .workers: 1...1_024
        case .payload: 1...1_048_576
        case .claim: 1...4_096
        case .measuring: nil
        }
    }
}
