import Foundation
import Messaging
import TestSupport
import Testing

/// Reading ledgers back, whole ones and damaged ones.
@Suite("Ledger file")
struct LedgerFileTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path(of: "ledger")
    }

    @Test("cut anywhere, a file keeps the messages before the cut, and a sink goes on from them")
    func tornTail() async throws {
        try await place(1...3)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        let frame = (whole.count - 16) / 3
        for length in stride(from: 0, to: whole.count, by: 7) {
            try whole.prefix(length).write(to: URL(fileURLWithPath: path))
            let kept = max(0, length - 16) / frame
            let file = try LedgerFile.read(path)
            #expect(file.entries.map(\.number) == Array(1...3).prefix(kept).map(UInt64.init), "cut at \(length)")
            #expect(file.tornBytes == (length < 16 ? length : (length - 16) % frame))

            let store = try LedgerStore(.file(path))
            #expect(store.recovered == kept)
            #expect(store.tornBytes == file.tornBytes)
            #expect(try await store.place(.sample(9, bytes: 8)).get() == .placed(UInt64(kept + 1)))
            try await store.close()
            #expect(try LedgerFile.read(path).tornBytes == 0)
            #expect(try LedgerFile.read(path).entries.count == kept + 1)
        }
    }

    @Test("a flipped bit ends the file there")
    func damage() async throws {
        try await place(1...3)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        let frame = (bytes.count - 16) / 3
        bytes[16 + frame + 40] ^= 1
        try bytes.write(to: URL(fileURLWithPath: path))
        let file = try LedgerFile.read(path)
        #expect(file.entries.map(\.number) == [1])
        #expect(file.tornBytes == 2 * frame)
    }

    @Test("what follows damage is moved aside, not thrown away")
    func tailIsKept() async throws {
        try await place(1...3)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        let frame = (bytes.count - 16) / 3
        for damaged in [1, 0] {
            bytes[16 + damaged * frame + 40] ^= 1
            try bytes.write(to: URL(fileURLWithPath: path))
            try await LedgerStore(.file(path)).close()
            #expect(try LedgerFile.read(path).entries.count == damaged)
        }
        let torn = try Data(contentsOf: URL(fileURLWithPath: path + ".torn"))
        #expect(torn.count == 5 * frame)
        #expect(torn.suffix(frame) == bytes.suffix(frame))
    }

    @Test("frames longer than a reading step are read")
    func longFrames() async throws {
        let store = try LedgerStore(.file(path))
        for index in 1...3 { _ = try await store.place(.sample(UInt32(index), bytes: 3 << 20)).get() }
        try await store.close()
        #expect(try LedgerFile.read(path).entries.map(\.bodyBytes) == [3 << 20, 3 << 20, 3 << 20])
    }

    @Test("a file that is something else is refused and left alone")
    func foreign() throws {
        for text in ["something else, and long enough", "short"] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            #expect(throws: LedgerError.foreign(path: path)) { try LedgerFile.read(path) }
            #expect(throws: LedgerError.foreign(path: path)) { try LedgerStore(.file(path)) }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
        }
        #expect(throws: LedgerError.self) { try LedgerStore(.file("/dev/full")) }
        #expect(throws: LedgerError.self) { try LedgerFile.read(folder.path(of: "absent")) }
    }

    @Test("a task that is there twice is found")
    func placedTwice() async throws {
        try await place(1...2)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(try LedgerFile.read(path).placedTwice.isEmpty)
        bytes.append(bytes.dropFirst(16))
        try bytes.write(to: URL(fileURLWithPath: path))
        #expect(try LedgerFile.read(path).placedTwice == [.sample(1): [1, 1], .sample(2): [2, 2]])
    }

    private func place(_ indices: ClosedRange<UInt32>) async throws {
        let store = try LedgerStore(.file(path))
        for index in indices { _ = try await store.place(.sample(index, bytes: 8)).get() }
        try await store.close()
    }
}
