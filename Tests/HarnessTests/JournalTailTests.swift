import Foundation
import Harness
import Measurement
import TestSupport
import Testing

/// Following journals while they are written.
@Suite struct JournalTailTests {
    private let fixture: JournalFixture
    private let tail: JournalTail

    init() throws {
        fixture = try JournalFixture()
        tail = JournalTail(folder: try #require(RunFolder(existing: fixture.folder.path)))
    }

    /// How many of the fixture's files this process has open.
    private var openJournals: Int {
        let folder = "/proc/self/fd"
        let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return descriptors.count { name in
            let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)")
            return path?.hasSuffix(".attempts.journal") == true && path?.contains(fixture.folder.path) == true
        }
    }

    /// A run that replaces its workers all the time would run out of descriptors otherwise.
    @Test func theJournalsOfProcessesThatEndedAreClosed() throws {
        for life in 0..<20 {
            // The fixture's own writer closes with its end.
            do {
                let worker = try fixture.worker("worker-1.\(life)")
                try worker.run([2 * life])
                try tail.follow(living: ["worker-1.\(life)"])
                #expect(tail.finished == 2 * life + 1)
                #expect(openJournals > 0)
                // What it wrote last is read after its end.
                try worker.run([2 * life + 1])
            }
            try tail.follow(living: [])
            #expect(tail.finished == 2 * life + 2)
            #expect(openJournals == 0)
        }
    }
}
