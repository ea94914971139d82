import Foundation
import Measurement
import Messaging
import Synchronization
import TestSupport
import Testing

/// Placements on disk: what is durable, what is replayed, what happens when the disk fails.
@Suite("Ledger store")
struct LedgerStoreTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path(of: "ledger")
    }

    @Test("what was placed is there after a restart, with its numbers and tokens")
    func replay() async throws {
        let first = try LedgerStore(.file(path))
        #expect(try await first.place(.sample(1, token: 5)).get() == .placed(1))
        #expect(try await first.place(.sample(2)).get() == .placed(2))
        try await first.close()

        let second = try LedgerStore(.file(path))
        #expect(second.recovered == 2)
        #expect(try await second.place(.sample(1, token: 6)).get() == .repeated(1))
        #expect(try await second.place(.sample(1, token: 5)).get() == .superseded(by: .sample(6)))
        #expect(try await second.place(.sample(3)).get() == .placed(3))
        try await second.close()

        let entries = try LedgerFile.read(path).entries
        #expect(entries.map(\.number) == [1, 2, 3])
        #expect(entries.map(\.task) == [.sample(1), .sample(2), .sample(3)])
        #expect(entries.map(\.token) == [.sample(5), nil, nil])
        #expect(entries.map(\.bodyBytes) == [1, 2, 3])
        #expect(entries.allSatisfy { $0.received > 0 && $0.receivedUnix > 1_600_000_000_000_000_000 })
    }

    @Test("placements that gather while the disk is busy share one write, and none is answered before it is synced")
    func groupCommit() async throws {
        let calls = Mutex((writes: 0, syncs: 0))
        let gate = DispatchSemaphore(value: 0)
        let disk = LedgerDisk(
            write: { file, bytes throws(SystemCallFailure) in
                try file.write(bytes)
                calls.withLock { $0.writes += 1 }
            },
            synchronize: { file throws(SystemCallFailure) in
                if calls.withLock({ $0.syncs }) == 1 { gate.wait() }
                calls.withLock { $0.syncs += 1 }
            })
        let store = try LedgerStore(.file(path), disk: disk)
        let answers = try await withThrowingTaskGroup(of: PlacementLedger.Placing.self) { group in
            // Also when something fails below: nobody would end otherwise.
            defer { gate.signal() }
            group.addTask { try await store.place(.sample(1)).get() }
            try await waitUntil { calls.withLock { $0.writes } == 2 }
            for index in 2...100 { group.addTask { try await store.place(.sample(UInt32(index))).get() } }
            try await waitUntil { store.waiting == 99 }
            #expect(try LedgerFile.read(path).entries.count == 1)
            gate.signal()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        try await store.close()
        #expect(answers.count == 100)
        // The head, the first placement, and the other 99 together.
        #expect(calls.withLock { $0.writes } == 3)
        #expect(Set(try LedgerFile.read(path).entries.map(\.number)) == Set(1...100))
    }

    @Test("a write that fails places nothing; later ones go through when the disk has room again")
    func fullDisk() async throws {
        let failures = Mutex(0)
        let disk = LedgerDisk(write: { file, bytes throws(SystemCallFailure) in
            let isFull = failures.withLock { left in
                left -= 1
                return left >= 0
            }
            try file.write(isFull ? Array(bytes.prefix(10)) : bytes)
            if isFull { throw SystemCallFailure(operation: "write", path: file.path, code: ENOSPC) }
        })
        let told = Mutex<[String]>([])
        let store = try LedgerStore(.file(path), disk: disk) { trouble in
            told.withLock { $0.append(trouble.map { "\($0)" } ?? "over") }
        }
        failures.withLock { $0 = 2 }
        for _ in 1...2 {
            let answer = await store.place(.sample(1))
            #expect(throws: LedgerError.self) { try answer.get() }
            #expect("\(answer)".contains("No space left on device"))
        }
        #expect(store.placed == 0)
        #expect(try await store.place(.sample(1)).get() == .placed(1))
        try await store.close()
        let words = told.withLock { $0 }
        #expect(words.count == 2 && words[0].contains("No space left") && words[1] == "over", "\(words)")
        let file = try LedgerFile.read(path)
        #expect(file.entries.map(\.task) == [.sample(1)])
        #expect(file.tornBytes == 0)
    }

    @Test("after a failed sync nothing is stored any more, and each answer says why")
    func failedSync() async throws {
        let isFailing = Mutex(false)
        let disk = LedgerDisk(synchronize: { file throws(SystemCallFailure) in
            if isFailing.withLock({ $0 }) {
                throw SystemCallFailure(operation: "fdatasync", path: file.path, code: EIO)
            }
        })
        let store = try LedgerStore(.file(path), disk: disk)
        isFailing.withLock { $0 = true }
        await #expect(throws: LedgerError.self) { try await store.place(.sample(1)).get() }
        isFailing.withLock { $0 = false }
        let answer = await store.place(.sample(2))
        #expect("\(answer)".contains("Input/output error"))
        #expect(store.placed == 0)
        try await store.close()
    }

    @Test("in memory nothing is written before the end, then all of it")
    func memory() async throws {
        let store = try LedgerStore(.memory(writtenAtEnd: path))
        #expect(try await store.place(.sample(1, token: 3)).get() == .placed(1))
        #expect(try await store.place(.sample(1, token: 3)).get() == .repeated(1))
        #expect(try LedgerFile.read(path).entries.isEmpty)
        try await store.close()
        let entries = try LedgerFile.read(path).entries
        #expect(entries.map(\.task) == [.sample(1)])
        #expect(entries.map(\.bodyBytes) == [1])

        let later = try LedgerStore(.memory(writtenAtEnd: nil))
        #expect(try await later.place(.sample(1)).get() == .placed(1))
        try await later.close()
    }

    @Test("a second sink does not get the same file")
    func locked() async throws {
        let store = try LedgerStore(.file(path))
        #expect(throws: LedgerError.inUse(path: path)) { try LedgerStore(.file(path)) }
        try await store.close()
    }
}
