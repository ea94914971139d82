import ReliableQueue
import Workload

/// At which points of its course, one after the other, a process is hit: a value.
struct FaultCourse {
    /// A point, and the part of the process that comes to it.
    struct Stop: Equatable {
        let part: QueueConfiguration.Part
        let boundary: FaultBoundary
    }

    private let stops: [Stop]
    private var next = 0

    /// The course of a fault; `nil` for one that hits at any moment.
    init?(_ fault: Fault, _ queueProtocol: QueueProtocol, concurrently: Bool) {
        let parts = Self.parts(of: fault.kind)
        switch fault.point {
        case .anywhere: return nil
        case .at(let boundary):
            let part = parts.first {
                Self.stops(of: $0, queueProtocol, concurrently).contains { $0.boundary == boundary }
            }
            stops = [Stop(part: part ?? parts[0], boundary: boundary)]
        case .everywhere:
            stops = parts.flatMap { Self.stops(of: $0, queueProtocol, concurrently) }
            if stops.isEmpty { return nil }
        }
    }

    /// How many points there are.
    var count: Int { stops.count }

    /// The next point; after the last comes the first again.
    mutating func advance() -> Stop {
        defer { next = (next + 1) % stops.count }
        return stops[next]
    }

    private static func parts(of kind: FaultKind) -> [QueueConfiguration.Part] {
        switch kind.target {
        case .worker: [.worker, .keeper]
        case .monitor: [.monitor]
        case .producer: [.producer]
        case .redis: []
        }
    }

    private static func stops(
        of part: QueueConfiguration.Part, _ queueProtocol: QueueProtocol, _ concurrently: Bool
    ) -> [Stop] {
        let commands = queueProtocol.commands(of: part, concurrently: concurrently).flatMap { command in
            FaultBoundary.Moment.allCases.map { Stop(part: part, boundary: .command(command, $0)) }
        }
        let inside: [FaultBoundary] = part == .worker ? [.task, .effect] : []
        return commands + inside.map { Stop(part: part, boundary: $0) }
    }
}
