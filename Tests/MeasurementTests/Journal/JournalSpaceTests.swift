import Foundation
import Glibc
import Measurement
import Synchronization
import Testing

@Suite("Journal without room")
struct JournalSpaceTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.file("sample.journal") }
    /// Records of 24 bytes in a first chunk of 64 KiB, after the header.
    private let firstChunk = (65_536 - 4096) / 24

    init() throws { directory = try TemporaryDirectory() }

    @Test("the nth reservation fails: what is there stays, and the next append tries again", arguments: 2...5)
    func nthReservationFails(n: Int) throws {
        let calls = Calls(failing: n)
        let space = JournalSpace(chunkBytes: 65_536) { file, offset, length in
            calls.fails() ? ENOSPC : JournalSpace.allocate(file, offset, length)
        }
        var journal = try Journal<SampleRecord>(creating: path, identity: .sample, space: space)
        var failures: [JournalError] = []
        while journal.count < 6 * firstChunk {
            do throws(JournalError) {
                try journal.append(SampleRecord(journal.count))
            } catch {
                failures.append(error)
            }
        }
        let failure = SystemCallFailure(operation: "reserve 65536 bytes", path: path, code: ENOSPC)
        #expect(failures == [.system(failure)])
        let reader = try JournalReader<SampleRecord>(opening: path)
        #expect(reader.count == 6 * firstChunk)
        reader.forEach { index, record in
            if record != SampleRecord(index) { Issue.record("record \(index) reads \(record)") }
        }
    }

    @Test("the first reservation fails: no file is left")
    func firstReservationFails() throws {
        let space = JournalSpace { _, _, _ in EDQUOT }
        #expect(throws: JournalError.self) {
            _ = try Journal<SampleRecord>(creating: path, identity: .sample, space: space).count
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("a journal stops at its limit")
    func limit() throws {
        let space = JournalSpace(chunkBytes: 65_536, limitBytes: 65_536)
        var journal = try Journal<SampleRecord>(creating: path, identity: .sample, space: space)
        for index in 0..<firstChunk { try journal.append(SampleRecord(index)) }
        do throws(JournalError) {
            try journal.append(SampleRecord(0))
            Issue.record("the limit was passed")
        } catch {
            #expect(error == .full(path: path, limitBytes: 65_536))
        }
        #expect(journal.count == firstChunk)
    }

    @Test("the kernel's own refusal is an error, not a bus error (file size limit)")
    func kernelRefuses() async {
        await #expect(processExitsWith: .success) { [path = path as String] in
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 200_000, rlim_max: 200_000)
            let result = unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            #expect(result == 0)
            let code = try fillUntilRefused(path)
            exit(code == EFBIG ? EXIT_SUCCESS : EXIT_FAILURE)
        }
    }

    @Test("a full disk is an error, not a bus error", .enabled(if: SmallDisk.isPermitted, "needs to mount a tmpfs"))
    func fullDisk() throws {
        let disk = try SmallDisk(at: directory.file("disk"), bytes: 400_000)
        #expect(try fillUntilRefused(disk.path + "/a") == ENOSPC)
    }

    @Test("a file in the way is not overwritten")
    func existing() throws {
        try Data("precious".utf8).write(to: URL(filePath: path))
        let failure = SystemCallFailure(operation: "open", path: path, code: EEXIST)
        #expect(throws: JournalError.system(failure)) {
            _ = try Journal<SampleRecord>(creating: path, identity: .sample).count
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
    }

    @Test("labels that don't fit in the header are refused, and no file is made")
    func longLabels() throws {
        let identity = JournalIdentity(role: "r", name: "n", labels: [String](repeating: "0123456789", count: 300))
        #expect(throws: JournalError.identityTooLong(path: path, bytes: 56 + 302 * 8 + 3002, limit: 4096)) {
            _ = try Journal<SampleRecord>(creating: path, identity: identity).count
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}

/// Appends until the kernel gives no more room; answers its error number after checking that all records are there.
private func fillUntilRefused(_ path: String) throws -> Int32 {
    var journal = try Journal<SampleRecord>(
        creating: path, identity: .sample, space: JournalSpace(chunkBytes: 65_536))
    while true {
        do throws(JournalError) {
            try journal.append(SampleRecord(journal.count))
        } catch {
            guard case .system(let failure) = error else { throw error }
            let reader = try JournalReader<SampleRecord>(opening: path)
            #expect(reader.count == journal.count && reader.count > 2_000)
            return failure.code
        }
    }
}

/// Counts calls, one of which is to fail.
private final class Calls: Sendable {
    private let failing: Int
    private let count = Atomic(0)

    init(failing: Int) { self.failing = failing }

    func fails() -> Bool { count.add(1, ordering: .relaxed).newValue == failing }
}

/// A disk of a few hundred kilobytes, where mounting is permitted.
private final class SmallDisk {
    let path: String

    init(at path: String, bytes: Int) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard unsafe "size=\(bytes)".withCString({ unsafe mount("tmpfs", path, "tmpfs", 0, $0) }) == 0 else {
            throw SystemCallFailure(operation: "mount", path: path, code: errno)
        }
    }

    deinit { unsafe umount2(path, Int32(MNT_DETACH)) }

    /// Whether this process may mount: tried once, since neither root nor a namespace alone tells.
    static let isPermitted: Bool = {
        do {
            let directory = try TemporaryDirectory()
            _ = try SmallDisk(at: directory.file("disk"), bytes: 65_536)
            return true
        } catch {
            return false
        }
    }()
}
