import Glibc
import Measurement
package import Redis
import ReliableQueue
import Synchronization
import Workload

/// How a process is to hit itself, at one point of its course, as its command line says it: an experiment's probe.
///
/// It leaves a mark on disk before it does, so that whoever conducts the experiment knows when it was.
package final class ProcessFault: Sendable {
    /// What it does to itself.
    package enum Action: String, CaseIterable, Sendable {
        /// SIGKILL.
        case kill
        /// SIGSTOP: somebody else must let it go on.
        case pause
    }

    private let action: Action
    private let part: QueueConfiguration.Part
    private let boundary: FaultBoundary
    private let count: Int
    private let marks: ProcessMarks
    private let passesLeft: Atomic<Int>

    /// Reads `ACTION/PART/BOUNDARY/COUNT`, such as `kill/worker/claim:sent/17`: at the 17th time.
    ///
    /// - Parameter marks: where it leaves its mark.
    package init(parsing text: String, marks: ProcessMarks) throws(HarnessError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, let action = Action(rawValue: parts[0]),
            let part = QueueConfiguration.Part(rawValue: parts[1]),
            let boundary = try? FaultBoundary(parsing: parts[2]), let count = Int(parts[3]), count > 0
        else {
            throw .usage("--probe takes ACTION/PART/BOUNDARY/COUNT, such as kill/worker/claim:sent/17")
        }
        self.action = action
        self.part = part
        self.boundary = boundary
        self.count = count
        self.marks = marks
        passesLeft = Atomic(count)
    }

    /// The same as text.
    static func text(_ action: Action, _ part: QueueConfiguration.Part, _ boundary: FaultBoundary, count: Int) -> String
    {
        "\(action.rawValue)/\(part.rawValue)/\(boundary)/\(count)"
    }

    /// The probe for the process' connections; `nil` when its point is at no command.
    package var ofConnections: CommandProbe? {
        guard case .command(let name, let moment) = boundary else { return nil }
        return CommandProbe(part: part.rawValue, command: name, moment: .init(moment), count: count) { [self] in hit() }
    }

    /// A task has begun, or has had its effect.
    func reach(_ point: FaultBoundary) {
        guard point == boundary, passesLeft.subtract(1, ordering: .relaxed).newValue == 0 else { return }
        hit()
    }

    private func hit() {
        marks.leave()
        switch action {
        case .kill:
            kill(getpid(), SIGKILL)
            // The signal is on its way to this thread, too.
            while true { pause() }
        case .pause:
            kill(getpid(), SIGSTOP)
        }
    }
}

extension CommandProbe.Moment {
    fileprivate init(_ moment: FaultBoundary.Moment) {
        self =
            switch moment {
            case .before: .before
            case .sent: .sent
            case .after: .after
            }
    }
}
