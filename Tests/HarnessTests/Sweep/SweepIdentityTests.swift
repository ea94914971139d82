import Foundation
import Harness
import Reporting
import Testing

/// When a sweep may be gone on with.
@Suite struct SweepIdentityTests {
    private static func identity() throws -> SweepIdentity {
        SweepIdentity(
            runID: "20261125-000000-abcd", startedAt: Date(timeIntervalSince1970: 1_790_000_000), planSHA256: "aa",
            programSHA256: "bb", host: try HostFacts.collect())
    }

    @Test func theSamePlanProgramAndMachineGoOn() throws {
        var later = try Self.identity()
        later.runID = "20261125-111111-ffff"
        later.startedAt += 86_400
        #expect(try Self.identity().obstacle(to: later) == nil)
    }

    @Test func whatDiffersIsNamed() throws {
        let begun = try Self.identity()
        var other = begun
        other.planSHA256 = "cc"
        #expect(begun.obstacle(to: other) == "another plan")
        other.programSHA256 = "dd"
        #expect(begun.obstacle(to: other) == "another plan, another build of fibq")
        other = begun
        other.host.cores += 1
        #expect(begun.obstacle(to: other) == "another machine, or other limits of it")
    }
}
