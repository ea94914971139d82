/// Who takes a step.
package enum Actor: UInt8, Hashable, Sendable, CaseIterable {
    /// What enqueues.
    case producer
    /// What claims and runs.
    case firstWorker, secondWorker
    /// What takes back.
    case firstMonitor, secondMonitor
    /// Time: leases run out, delays end.
    case clock
    /// The server itself: it saves, and it comes back with what it saved.
    case server
    /// The network: a request that was given up arrives after all.
    case network

    /// `P`, `W1`, `W2`, `M1`, `M2`, `clock`, `Redis` or `network`.
    package var name: String {
        switch self {
        case .producer: "P"
        case .firstWorker: "W1"
        case .secondWorker: "W2"
        case .firstMonitor: "M1"
        case .secondMonitor: "M2"
        case .clock: "clock"
        case .server: "Redis"
        case .network: "network"
        }
    }

    static func worker(_ index: Int) -> Actor { index == 0 ? .firstWorker : .secondWorker }

    static func monitor(_ index: Int) -> Actor { index == 0 ? .firstMonitor : .secondMonitor }
}
