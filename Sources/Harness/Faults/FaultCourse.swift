package import ReliableQueue
package import Workload

/// At which points of its course, one after the other, a process is hit: a value.
///
/// A point that a process does not come to is the next one's turn once more. A second miss in a row means that the command
/// does not come in this run, as a lease of short tasks is never renewed: its points are left out from then on.
package struct FaultCourse {
    /// A point, and the part of the process that comes to it.
    package struct Stop: Equatable, Sendable, CustomStringConvertible {
        /// The part of the process.
        package let part: QueueConfiguration.Part
        /// The point.
        package let boundary: FaultBoundary

        /// A point of a part.
        package init(part: QueueConfiguration.Part, boundary: FaultBoundary) {
            self.part = part
            self.boundary = boundary
        }

        /// The point, as `faults.csv` has it.
        package var description: String { "\(boundary)" }

        /// At which time at the latest a process that comes to it is hit: a few for what comes with each claim, more for
        /// what comes with each task.
        var mostPasses: UInt64 {
            switch (part, boundary) {
            case (.worker, .task), (.worker, .effect): 60
            case (.worker, .command), (.producer, _): 15
            case (.keeper, _), (.monitor, _), (.waiter, _): 3
            }
        }

        /// True when who does not come to one of them does not come to the other: both are of one command.
        fileprivate func isOfSameCommand(as other: Stop) -> Bool {
            guard case .command(let name, _) = boundary, case .command(let otherName, _) = other.boundary else {
                return self == other
            }
            return part == other.part && name == otherName
        }
    }

    private var stops: [Stop]
    private var position = 0
    /// True when one process did not come to the next point.
    package private(set) var isRetry = false

    /// The course of a fault; `nil` for one that hits at any moment.
    package init?(_ fault: Fault, _ queueProtocol: QueueProtocol, concurrently: Bool) {
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

    /// The point whose turn it is.
    package var next: Stop { stops[position] }

    /// A process was hit at ``next``: it is the turn of the point after it; after the last comes the first again.
    package mutating func hit() {
        position = (position + 1) % stops.count
        isRetry = false
    }

    /// A process did not come to ``next``.
    ///
    /// - Returns: the points that are left out from now on; none of them while there are no others.
    package mutating func miss() -> [Stop] {
        guard isRetry else {
            isRetry = true
            return []
        }
        let missed = next
        let others = stops.filter { !$0.isOfSameCommand(as: missed) }
        guard !others.isEmpty else { return [] }
        let leftOut = stops.filter { $0.isOfSameCommand(as: missed) }
        let before = stops[..<position].count { !$0.isOfSameCommand(as: missed) }
        stops = others
        position = before % others.count
        isRetry = false
        return leftOut
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
