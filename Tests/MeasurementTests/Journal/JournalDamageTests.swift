import Foundation
import Measurement
import Testing

@Suite("Journal that is damaged or something else")
struct JournalDamageTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.file("sample.journal") }

    init() throws {
        directory = try TemporaryDirectory()
        var journal = try Journal<SampleRecord>(creating: directory.file("sample.journal"), identity: .sample)
        for index in 0..<10 { try journal.append(SampleRecord(index)) }
        try journal.close()
    }

    @Test("shorter than its count says", arguments: [4096, 4096 + 24, 4096 + 239])
    func tornRecords(bytes: Int) throws {
        try truncate(to: bytes)
        #expect(throws: JournalError.truncated(path: path, bytes: bytes, count: 10)) {
            try openCount()
        }
    }

    @Test("shorter than its header", arguments: [8, 100, 4095])
    func tornHeader(bytes: Int) throws {
        try truncate(to: bytes)
        #expect(throws: JournalError.truncated(path: path, bytes: bytes, count: 0)) { try openCount() }
    }

    @Test("empty, as one killed while it was created")
    func empty() throws {
        try truncate(to: 0)
        #expect(throws: JournalError.foreign(path: path, magic: 0, expected: SampleRecord.magic)) { try openCount() }
    }

    @Test("torn while a reader has it open")
    func tornWhileOpen() throws {
        var reader = try JournalReader<SampleRecord>(opening: path)
        try truncate(to: 4096 + 24)
        do throws(JournalError) {
            try reader.refresh()
            Issue.record("a torn file was accepted")
        } catch {
            #expect(error == .truncated(path: path, bytes: 4120, count: 10))
        }
    }

    @Test("of other records")
    func foreign() throws {
        let expected = JournalError.foreign(path: path, magic: SampleRecord.magic, expected: OtherRecord.magic)
        #expect(throws: expected) { _ = try JournalReader<OtherRecord>(opening: path).count }
    }

    @Test("of records of another size")
    func grown() throws {
        #expect(throws: JournalError.recordSize(path: path, size: 24, expected: 32)) {
            _ = try JournalReader<GrownRecord>(opening: path).count
        }
    }

    @Test("of another version")
    func schema() throws {
        try overwrite(at: 8, with: [9, 0, 0, 0])
        #expect(throws: JournalError.schema(path: path, version: 9, expected: 1)) { try openCount() }
    }

    @Test("with an absurd count")
    func absurdCount() throws {
        try overwrite(at: 16, with: [UInt8](repeating: 0xFF, count: 8))
        #expect(throws: JournalError.truncated(path: path, bytes: 4096 + 240, count: .max)) { try openCount() }
    }

    @Test("with a header whose texts lead nowhere", arguments: [48, 56])
    func damagedHeader(offset: UInt64) throws {
        try overwrite(at: offset, with: [UInt8](repeating: 0xFF, count: 8))
        #expect(throws: JournalError.damagedHeader(path: path)) { try openCount() }
    }

    @Test("missing")
    func missing() throws {
        let failure = SystemCallFailure(operation: "open", path: directory.file("none"), code: ENOENT)
        #expect(throws: JournalError.system(failure)) {
            _ = try JournalReader<SampleRecord>(opening: directory.file("none")).count
        }
        #expect(JournalError.system(failure).description.hasSuffix("none: open: No such file or directory"))
    }

    @Test("any bytes at all are an error or a journal, never a trap")
    func fuzz() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var random = SeededGenerator(seed: seed)
        let original = try Data(contentsOf: URL(filePath: path))
        for _ in 0..<500 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...20, using: &random) {
                bytes[Int.random(in: 8..<120, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            try bytes.prefix(Int.random(in: 0...bytes.count, using: &random)).write(to: URL(filePath: path))
            do throws(JournalError) {
                #expect(try openCount() <= 10, "seed \(seed)")
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    @discardableResult
    private func openCount() throws(JournalError) -> Int {
        try JournalReader<SampleRecord>(opening: path).count
    }

    private func truncate(to bytes: Int) throws {
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.truncate(atOffset: UInt64(bytes))
        try handle.close()
    }

    private func overwrite(at offset: UInt64, with bytes: [UInt8]) throws {
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.seek(toOffset: offset)
        try handle.write(contentsOf: bytes)
        try handle.close()
    }
}
