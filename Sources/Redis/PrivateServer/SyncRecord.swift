import Foundation

/// What the recorder that is preloaded into a private server notes: how much of each file has really been synced.
///
/// It is a file of 64-bit words, mapped by the server, so that a SIGKILL loses none of it. The layout is that of
/// `struct record` in Sources/SyncRecorder/SyncRecorder.c; whoever changes one changes both, and the format number.
/// Reading copies the whole of it, 32 KiB; each knob is one aligned word, which the kernel writes at once.
struct SyncRecord: Sendable {
    /// Where it is.
    let path: String

    /// The words before the files' slots, by their place.
    private enum Word: Int {
        case format, syncTakes, isDiskFull, syncs, syncTime, hasOverflowed
    }

    private static let format: UInt64 = 0x5149_4601
    private static let bytes = 32_768
    private static let firstSlot = 8
    private static let wordsPerSlot = 4

    /// Creates an empty record.
    init(creatingAt path: String) throws(RedisError) {
        self.path = path
        guard FileManager.default.createFile(atPath: path, contents: Data(count: Self.bytes)) else {
            throw .privateServer(reason: "no record of what is synced can be made at \(path)")
        }
    }

    /// True once a recorder is at work on it that was loaded since the last ``awaitUse()``.
    func isInUse() throws(RedisError) -> Bool { try words()[Word.format.rawValue] == Self.format }

    /// Forgets that a recorder was at work on it, so that ``isInUse()`` is about the next server, and keeps what it noted.
    func awaitUse() throws(RedisError) { try set(.format, to: 0) }

    /// How many bytes of each file are safe, by its inode. A file that is missing was never synced.
    ///
    /// - Throws: ``RedisError/powerCut(reason:)`` when there were more files than the record holds.
    func syncedLengths() throws(RedisError) -> [UInt64: Int] {
        let words = try words()
        guard words[Word.hasOverflowed.rawValue] == 0 else {
            throw .powerCut(reason: "the server has synced more files than its record holds")
        }
        var lengths: [UInt64: Int] = [:]
        for slot in stride(from: Self.firstSlot, to: words.count, by: Self.wordsPerSlot) where words[slot] != 0 {
            lengths[words[slot]] = Int(words[slot + 1])
        }
        return lengths
    }

    /// The syncs that have ended, of files and folders.
    func activity() throws(RedisError) -> SyncActivity {
        let words = try words()
        return SyncActivity(
            syncs: Int(words[Word.syncs.rawValue]), time: .nanoseconds(Int64(words[Word.syncTime.rawValue])))
    }

    /// From the next one on, each sync takes at least this long, and what it syncs is not safe before.
    func setSyncTime(_ duration: Duration) throws(RedisError) {
        precondition(duration >= .zero, "a sync can't take less than no time")
        try set(.syncTakes, to: UInt64(duration.microseconds) * 1_000)
    }

    /// From now on, each write to a file fails for want of room, or none does.
    func setDiskFull(_ isFull: Bool) throws(RedisError) { try set(.isDiskFull, to: isFull ? 1 : 0) }

    private func words() throws(RedisError) -> [UInt64] {
        guard let data = FileManager.default.contents(atPath: path), data.count == Self.bytes else {
            throw .powerCut(reason: "\(path) can't be read")
        }
        // Little-endian, as every machine that this runs on.
        return stride(from: 0, to: data.count, by: 8).map { start in
            data[start..<start + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    private func set(_ word: Word, to value: UInt64) throws(RedisError) {
        do {
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            try file.seek(toOffset: UInt64(word.rawValue * 8))
            try file.write(contentsOf: (0..<8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) })
            try file.close()
        } catch {
            throw .powerCut(reason: "\(path) can't be written: \(error)")
        }
    }
}

/// What a server has synced since it was first started.
package struct SyncActivity: Equatable, Sendable {
    /// The syncs that have ended, of files and folders.
    package let syncs: Int
    /// How long they took together.
    package let time: Duration
}
