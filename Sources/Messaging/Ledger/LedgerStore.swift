package import FoundationEssentials
import Measurement
import Processes

/// Where a sink keeps its messages.
package enum LedgerStorage: Equatable, Sendable {
    /// In an append-only file: a receipt is given when its message is on disk.
    case file(String)
    /// In memory, without the bodies; what was placed is appended to the file, if one is given, when the sink ends
    /// properly. A file that has messages already is gone on from, as with the other.
    case memory(writtenAtEnd: String?)
}

/// A sink's messages, each once: the ledger and what makes it durable. Safe to use from any thread.
package final class LedgerStore: Sendable {
    /// What came of a request: judged, or not stored.
    package typealias Answer = Result<PlacementLedger.Placing, LedgerError>

    /// A request to place a message.
    package struct Request: Sendable {
        let task: TaskIdentity
        let token: PlacementToken?
        let body: Data
        let received: UInt64
        let receivedUnix: UInt64

        /// A request that arrives now.
        package init(task: TaskIdentity, token: PlacementToken?, body: Data) {
            self.task = task
            self.token = token
            self.body = body
            received = MonotonicClock.nanoseconds()
            receivedUnix = MonotonicClock.unixNanoseconds()
        }

        func entry(_ number: UInt64) -> LedgerEntry {
            LedgerEntry(
                task: task, token: token, number: number, received: received, receivedUnix: receivedUnix,
                bodyBytes: body.count)
        }
    }

    private enum Keeper {
        case file(GroupCommit)
        case memory(MemoryLedger)
    }

    /// Messages that the file had at the start.
    package let recovered: Int
    /// Bytes after them that were no whole message, now in a file of the same name with `.torn` behind it.
    package let tornBytes: Int
    private let keeper: Keeper

    /// Opens a ledger, replays its file, and moves a torn tail aside. The owner must ``close()``.
    ///
    /// - Parameter onTrouble: told when something can't be stored, and with `nil` when that is over: a line each, however
    ///   many messages it befalls. It must not block.
    /// - Throws: ``LedgerError``: the file is something else, in use by another sink, or can't be read or written.
    package init(
        _ storage: LedgerStorage, disk: LedgerDisk = LedgerDisk(),
        onTrouble: @escaping @Sendable (LedgerError?) -> Void = { _ in }
    ) throws(LedgerError) {
        var ledger = PlacementLedger()
        var count = 0
        func open(_ path: String) throws(LedgerError) -> LedgerAppender {
            try LedgerAppender(path, disk: disk) { entry in
                ledger.restore(entry)
                count += 1
            }
        }
        switch storage {
        case .file(let path):
            let appender = try open(path)
            tornBytes = appender.tornBytes
            keeper = .file(GroupCommit(ledger, appender, onTrouble: onTrouble))
        case .memory(let path):
            let appender = try path.map { path throws(LedgerError) in try open(path) }
            tornBytes = appender?.tornBytes ?? 0
            keeper = .memory(MemoryLedger(ledger, appender))
        }
        recovered = count
    }

    /// Notes the token of a request that has just arrived.
    package func arrive(_ task: TaskIdentity, _ token: PlacementToken?) -> PlacementLedger.Arrival {
        guard token != nil else { return .fresh }
        return withLedger { $0.arrive(task, token) }
    }

    /// Places a message, and answers when it is as durable as the storage promises. A failure leaves nothing behind.
    package func place(_ request: Request) async -> Answer {
        switch keeper {
        case .file(let commit): await commit.place(request)
        case .memory(let memory): .success(memory.place(request))
        }
    }

    /// Messages placed in all, in earlier lives too.
    package var placed: UInt64 { withLedger { $0.placed } }

    /// Placements that wait for the disk to take up the next batch.
    package var waiting: Int {
        switch keeper {
        case .file(let commit): commit.waiting
        case .memory: 0
        }
    }

    /// Ends it, once nobody places any more, and returns when all is written. Once only.
    package func close() async throws(LedgerError) {
        let result = await withCheckedContinuation { ended in
            DedicatedThread.detached(name: "ledger-end") { [self] in ended.resume(returning: end()) }
        }
        try result.get()
    }

    private func end() -> Result<Void, LedgerError> {
        Result { () throws(LedgerError) in
            switch keeper {
            case .file(let commit): commit.close()
            case .memory(let memory): try memory.close()
            }
        }
    }

    private func withLedger<Result>(_ body: (inout PlacementLedger) -> sending Result) -> sending Result {
        switch keeper {
        case .file(let commit): commit.withLedger(body)
        case .memory(let memory): memory.withLedger(body)
        }
    }
}
