import Foundation

/// Crashes, and what comes after them.
extension PrivateRedisServer {
    /// Kills the server (SIGKILL) and returns when it has ended. Its folder stays, with everything that it had written:
    /// the kernel still has what was not synced.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func kill() throws(RedisError) { try supervisor.kill() }

    /// Starts the server again on its data and its socket, and waits until it answers. Kills it first if it runs.
    ///
    /// - Throws: ``RedisError/privateServer(reason:)`` with the server's last words when it does not start.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    package func restart() throws(RedisError) { try start() }

    /// Cuts the power: kills the server, then cuts each of its data files back to what had been synced at that moment.
    /// ``restart()`` brings it back.
    ///
    /// Exact to the byte for contents. Created, renamed and removed names count as durable at once, which is one of the
    /// outcomes that a journaling file system permits.
    ///
    /// - Parameter spared: this many bytes of each file that were not synced have reached the disk all the same, as the
    ///   kernel may write back what it likes.
    /// - Returns: how many bytes were lost.
    /// - Throws: ``RedisError/powerCut(reason:)`` when that can't be told exactly.
    /// - Precondition: the server was started ready for power cuts.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    @discardableResult
    package func cutPower(sparing spared: Int = 0) throws(RedisError) -> Int {
        let record = recording
        try kill()
        var lost = 0
        for file in try DataFile.all(in: folder, record) where file.unsynced > spared {
            try file.cut(to: file.synced + spared)
            lost += file.unsynced - spared
        }
        return lost
    }

    /// How many bytes of its data files a power cut would take now. What Redis has not even written is not in it.
    ///
    /// - Precondition: the server was started ready for power cuts.
    package func unsyncedBytes() throws(RedisError) -> Int {
        try DataFile.all(in: folder, recording).reduce(0) { $0 + $1.unsynced }
    }

    /// The record of its syncs.
    var recording: SyncRecord {
        guard let record else { preconditionFailure("the server was not started ready for power cuts") }
        return record
    }
}

/// A file of a server's data, and how much of it is safe.
private struct DataFile {
    let path: String
    let length: Int
    let synced: Int

    var unsynced: Int { length - synced }

    /// The parts of the append-only file, the snapshot that a replica may have got from its master, and whatever these
    /// were being made of.
    static func all(in folder: String, _ record: SyncRecord) throws(RedisError) -> [Self] {
        let synced = try record.syncedLengths()
        let parts = names(in: "\(folder)/appendonlydir").map { "appendonlydir/\($0)" }
        let others = names(in: folder).filter { $0.hasSuffix(".rdb") || $0.hasPrefix("temp-") }
        return (parts + others).compactMap { name in
            let path = "\(folder)/\(name)"
            // One that a running server has removed since is none of its files any more.
            guard let status = try? FileManager.default.attributesOfItem(atPath: path),
                let length = status[.size] as? Int, let inode = status[.systemFileNumber] as? UInt64
            else { return nil }
            return Self(path: path, length: length, synced: min(length, synced[inode] ?? 0))
        }
    }

    func cut(to length: Int) throws(RedisError) {
        do {
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try file.truncate(atOffset: UInt64(length))
            try file.close()
        } catch {
            throw .powerCut(reason: "\(path) can't be cut: \(error)")
        }
    }

    private static func names(in folder: String) -> [String] {
        // A server that keeps nothing on disk has no such folder.
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }
}
