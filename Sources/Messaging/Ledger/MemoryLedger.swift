import FoundationEssentials
import Synchronization

/// Keeps placements in memory, without their bodies: 88 bytes each besides the ledger's own.
final class MemoryLedger: Sendable {
    private struct State: Sendable {
        var ledger: PlacementLedger
        var entries: [LedgerEntry] = []
    }

    private let state: Mutex<State>
    private let appender: LedgerAppender?

    /// Goes on from `ledger`; what is placed is appended at the end, if there is where to.
    init(_ ledger: PlacementLedger, _ appender: LedgerAppender?) {
        state = Mutex(State(ledger: ledger))
        self.appender = appender
    }

    /// Has a look at the ledger, or changes it.
    func withLedger<Result>(_ body: (inout PlacementLedger) -> sending Result) -> sending Result {
        state.withLock { body(&$0.ledger) }
    }

    /// Places a message. It never fails.
    func place(_ request: LedgerStore.Request) -> PlacementLedger.Placing {
        state.withLock { state in
            let placing = state.ledger.place(request.task, request.token)
            if case .placed(let number) = placing, appender != nil { state.entries.append(request.entry(number)) }
            return placing
        }
    }

    /// Writes what was placed since the start to the file, in pieces of about a megabyte.
    func close() throws(LedgerError) {
        guard let appender else { return }
        defer { appender.release() }
        let entries = state.withLock { state in
            defer { state.entries = [] }
            return state.entries
        }
        var bytes: [UInt8] = []
        for entry in entries {
            LedgerFrame.append(entry, body: Data(), to: &bytes)
            if bytes.count > 1 << 20 {
                try appender.append(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        if !bytes.isEmpty { try appender.append(bytes) }
    }
}
