package import Foundation
import Processes
package import Reporting
import Workload

/// What must be the same for the runs of a sweep to be compared: its plan, the program, and the machine.
package struct SweepIdentity: Codable, Sendable, Equatable {
    /// The sweep.
    package var runID: String
    /// When it was begun.
    package var startedAt: Date
    /// SHA-256 of the plan's canonical text.
    package var planSHA256: String
    /// SHA-256 of the program.
    package var programSHA256: String
    /// The machine.
    package var host: HostFacts

    /// An identity of the given values.
    package init(runID: String, startedAt: Date, planSHA256: String, programSHA256: String, host: HostFacts) {
        self.runID = runID
        self.startedAt = startedAt
        self.planSHA256 = planSHA256
        self.programSHA256 = programSHA256
        self.host = host
    }

    /// That of a sweep that this process begins now.
    init(runID: String, plan: SweepPlan) throws {
        self.init(
            runID: runID, startedAt: Date(), planSHA256: SHA256Text.of(try plan.canonicalText()),
            programSHA256: try SHA256Text.ofFile(ExecutableSearch.current), host: try HostFacts.collect())
    }

    /// What keeps a sweep of this identity from being continued by another, such as "another plan"; `nil` when nothing
    /// does.
    package func obstacle(to other: SweepIdentity) -> String? {
        let differences = [
            (planSHA256 != other.planSHA256, "another plan"),
            (programSHA256 != other.programSHA256, "another build of fibq"),
            (host != other.host, "another machine, or other limits of it"),
        ].filter(\.0).map(\.1)
        return differences.isEmpty ? nil : differences.joined(separator: ", ")
    }
}
