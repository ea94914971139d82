import Foundation
import Redis
import TestSupport
import Testing

/// How often `everysec` loses acknowledged pushes in a mere SIGKILL, by how long a sync takes: a study, to be asked for
/// with `FIBQ_SLOW_TESTS=1`. It writes a row a SIGKILL to the file `FIBQ_RESULTS`; `FIBQ_REPETITIONS`
/// (20) is how many SIGKILLs each cell gets. Seventeen minutes by itself; most of it is waiting.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["FIBQ_SLOW_TESTS"] != nil))
struct SlowEverysecTests {
    /// One row of the study.
    private struct Cell {
        let appendfsync: String
        let syncMilliseconds: Int

        var durability: Durability { appendfsync == "always" ? .always : .everysec }
    }

    private static let cells =
        [0, 100, 500, 1_000, 1_500, 2_500].map { Cell(appendfsync: "everysec", syncMilliseconds: $0) }
        + [0, 1_500].map { Cell(appendfsync: "no", syncMilliseconds: $0) }
        + [0, 100].map { Cell(appendfsync: "always", syncMilliseconds: $0) }

    private static let repetitions =
        ProcessInfo.processInfo.environment["FIBQ_REPETITIONS"].flatMap { Int($0) } ?? 20

    private static let header =
        "appendfsync,sync_delay_ms,repetition,load_s,acknowledged,kept,lost,sync_share,in_sync_at_kill,"
        + "delayed_fsyncs,is_prefix\n"

    @Test func everysecByTheTimeOfASync() throws {
        let path = ProcessInfo.processInfo.environment["FIBQ_RESULTS"] ?? "everysec.csv"
        try #require(FileManager.default.createFile(atPath: path, contents: Data(Self.header.utf8)))
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.seekToEnd()
        var random = SeededRandom()
        // The cells take turns, so that what else the machine does meets all of them.
        for repetition in 1...Self.repetitions {
            for cell in Self.cells {
                let row = try kill(cell, after: .random(in: 3...5, using: &random))
                try file.write(
                    contentsOf: Data("\(cell.appendfsync),\(cell.syncMilliseconds),\(repetition),\(row)\n".utf8))
            }
        }
    }

    /// Kills a server after this many seconds of pushing, at a random moment of the clock's second.
    private func kill(_ cell: Cell, after seconds: Double) throws -> String {
        let server = try TestServer.own(
            durability: cell.durability, settings: [("appendfsync", cell.appendfsync)], isPowerCutReady: true)
        try server.slowDown(fsync: .milliseconds(cell.syncMilliseconds))
        let start = try (ContinuousClock.now, server.syncActivity())
        let load = PushLoad(to: server.endpoint, key: "tasks", batch: 16, pause: .milliseconds(1))
        let connection = try RedisConnection(to: server.endpoint)
        usleep(UInt32(seconds * 1e6))
        let state = try RedisServerInfo(parsing: connection.call("INFO", "persistence").text())
        let syncTime = try server.syncActivity().time - start.1.time
        let wall = ContinuousClock.now - start.0
        try server.kill()
        try server.slowDown(fsync: .zero)
        try server.restart()
        let (count, left) = (load.end(), try PushSurvivors(of: load.key, at: server.endpoint))
        let fields: [Any] = [
            String(format: "%.2f", wall / .seconds(1)), count.acknowledged, left.count, left.lost(of: count),
            String(format: "%.4f", syncTime / wall), state.integer("aof_pending_bio_fsync"),
            state.integer("aof_delayed_fsync"), left.isPrefix,
        ]
        return fields.map { "\($0)" }.joined(separator: ",")
    }
}
