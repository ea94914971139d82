import Foundation
import Glibc
import Measurement
import Testing

@Suite("Journal")
struct JournalTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.file("sample.journal") }

    init() throws { directory = try TemporaryDirectory() }

    @Test("what was appended is read back in order, over many chunks")
    func roundTrip() throws {
        let space = JournalSpace(chunkBytes: 65_536)
        var journal = try Journal<SampleRecord>(creating: path, identity: .sample, space: space)
        for index in 0..<20_000 {
            #expect(try journal.append(SampleRecord(index)) == index)
        }
        try journal.close()

        let reader = try JournalReader<SampleRecord>(opening: path)
        #expect(reader.count == 20_000)
        #expect(reader[0] == SampleRecord(0))
        #expect(reader[19_999] == SampleRecord(19_999))
        reader.forEach { index, record in
            if record != SampleRecord(index) { Issue.record("record \(index) reads \(record)") }
        }
    }

    @Test("a reader sees the header that the writer wrote")
    func header() throws {
        let before = MonotonicClock.nanoseconds()
        let journal = try Journal<SampleRecord>(creating: path, identity: .sample)
        let after = MonotonicClock.nanoseconds()
        let header = try JournalReader<SampleRecord>(opening: journal.path).header
        #expect(header.identity == .sample)
        #expect(header.process == getpid())
        #expect(header.recordSize == 24)
        #expect(header.schemaVersion == JournalHeader.schemaVersion)
        #expect(before <= header.start && header.start <= after)
        #expect(abs(Double(header.startUnix) / 1e9 - Date().timeIntervalSince1970) < 3600)
    }

    @Test("a journal that was never closed reads the same, from a second mapping")
    func neverClosed() throws {
        var journal = try Journal<SampleRecord>(creating: path, identity: .sample)
        var reader = try JournalReader<SampleRecord>(opening: path)
        #expect(reader.count == 0)
        for index in 0..<100 { try journal.append(SampleRecord(index)) }
        #expect(reader.count == 0, "a reader stays where it was until it is refreshed")
        try reader.refresh()
        #expect(reader.count == 100)
        #expect(reader.withRecords { $0.count } == 100)
        #expect(reader.withRecords { $0[99] } == SampleRecord(99))
    }

    @Test("a reader follows a file that grows beyond what it mapped, and one that is closed")
    func growingUnderReader() throws {
        let space = JournalSpace(chunkBytes: 65_536)
        var journal = try Journal<SampleRecord>(creating: path, identity: .sample, space: space)
        var reader = try JournalReader<SampleRecord>(opening: path)
        for index in 0..<50_000 {
            try journal.append(SampleRecord(index))
            if index % 9_973 == 0 {
                try reader.refresh()
                #expect(reader.count == index + 1)
                #expect(reader[index] == SampleRecord(index))
            }
        }
        try journal.close()
        try reader.refresh()
        #expect(reader.count == 50_000)
        #expect(reader[49_999] == SampleRecord(49_999))
    }

    @Test("kill -9 loses none of what was appended")
    func killed() async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            var journal = try Journal<SampleRecord>(creating: path, identity: .sample)
            for index in 0..<1_000 { try journal.append(SampleRecord(index)) }
            kill(getpid(), SIGKILL)
        }
        let reader = try JournalReader<SampleRecord>(opening: path)
        #expect(reader.count == 1_000)
        reader.forEach { index, record in #expect(record == SampleRecord(index)) }
    }

    @Test("an update changes one record and no other")
    func update() throws {
        var journal = try Journal<SampleRecord>(creating: path, identity: .sample)
        for index in 0..<10 { try journal.append(SampleRecord(index)) }
        journal.update(at: 4) { $0.state = 7 }
        try journal.close()
        journal.update(at: 5) { $0.state = 8 }
        let reader = try JournalReader<SampleRecord>(opening: path)
        #expect((0..<10).map { reader[$0].state } == [0, 0, 0, 0, 7, 8, 0, 0, 0, 0])
    }

    @Test("records are amended past the writer, who goes on")
    func amend() throws {
        var journal = try Journal<SampleRecord>(creating: path, identity: .sample)
        for index in 0..<5 { try journal.append(SampleRecord(index)) }
        try Journal<SampleRecord>.amend(path, at: [3, 1]) { index, record in record.state = UInt64(index) * 10 }
        try Journal<SampleRecord>.amend(path, at: []) { _, _ in }
        try journal.append(SampleRecord(5))
        try journal.close()
        let reader = try JournalReader<SampleRecord>(opening: path)
        #expect((0..<6).map { reader[$0].state } == [0, 10, 0, 30, 0, 0])
        #expect(throws: JournalError.self) {
            try Journal<SampleRecord>.amend(path + "-none", at: [0]) { _, _ in }
        }
    }

    @Test("closing leaves the header and the records, and twice is no harm")
    func closeTruncates() throws {
        var journal = try Journal<SampleRecord>(creating: path, identity: .sample)
        #expect(try size() == 16 << 20)
        for index in 0..<3 { try journal.append(SampleRecord(index)) }
        try journal.close()
        try journal.close()
        #expect(try size() == JournalHeader.bytes + 3 * 24)
    }

    @Test("forEach begins where it is told")
    func forEachFrom() throws {
        var journal = try Journal<SampleRecord>(creating: path, identity: .sample)
        for index in 0..<5 { try journal.append(SampleRecord(index)) }
        let reader = try JournalReader<SampleRecord>(opening: path)
        var seen: [Int] = []
        reader.forEach(from: 3) { index, _ in seen.append(index) }
        reader.forEach(from: 5) { index, _ in seen.append(index) }
        #expect(seen == [3, 4])
    }

    private func size() throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    }
}

@Suite("Journal used the wrong way")
struct JournalMisuseTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.file("sample.journal") }

    init() throws { directory = try TemporaryDirectory() }

    @Test("an append to a closed journal traps")
    func appendAfterClose() async {
        await #expect(processExitsWith: .failure) { [path = path as String] in
            var journal = try Journal<SampleRecord>(creating: path, identity: .sample)
            try journal.close()
            try journal.append(SampleRecord(0))
        }
    }

    @Test("an update past the end traps")
    func updatePastEnd() async {
        await #expect(processExitsWith: .failure) { [path = path as String] in
            var journal = try Journal<SampleRecord>(creating: path, identity: .sample)
            journal.update(at: 0) { $0.state = 1 }
        }
    }

    @Test("a record past the end traps")
    func readPastEnd() async {
        await #expect(processExitsWith: .failure) { [path = path as String] in
            let journal = try Journal<SampleRecord>(creating: path, identity: .sample)
            let reader = try JournalReader<SampleRecord>(opening: journal.path)
            print(reader[0])
        }
    }
}
