import Dispatch
import Processes
import Synchronization

/// Stores placements on a thread of its own: all that gathered while it was busy with one write and one `fdatasync`.
///
/// Whoever asks waits without holding a thread, and hears of a placing only when it is on disk. Placings are judged on
/// that thread too, so the file has them in the order of their numbers.
final class GroupCommit: Sendable {
    private struct Waiting: Sendable {
        let request: LedgerStore.Request
        let answer: CheckedContinuation<LedgerStore.Answer, Never>
    }

    private struct Queue: Sendable {
        var waiting: [Waiting] = []
        var isClosed = false
    }

    private let queue = Mutex(Queue())
    private let arrivals = DispatchSemaphore(value: 0)
    private let ledger: Mutex<PlacementLedger>
    private let appender: LedgerAppender
    private let onTrouble: @Sendable (LedgerError?) -> Void
    /// Whether the last batch could not be stored; the thread's own.
    private let isInTrouble = Mutex(false)
    private let thread = Mutex<DedicatedThread?>(nil)

    /// Starts the thread. The owner must ``close()``.
    init(
        _ ledger: PlacementLedger, _ appender: LedgerAppender, onTrouble: @escaping @Sendable (LedgerError?) -> Void
    ) {
        self.ledger = Mutex(ledger)
        self.appender = appender
        self.onTrouble = onTrouble
        thread.withLock { $0 = DedicatedThread(name: "ledger") { [self] in run() } }
    }

    /// Has a look at the ledger, or changes it.
    func withLedger<Result>(_ body: (inout PlacementLedger) -> sending Result) -> sending Result {
        ledger.withLock(body)
    }

    /// Placements that are not in a batch yet.
    var waiting: Int { queue.withLock(\.waiting.count) }

    /// Places a message, and returns once it is on disk, or known not to be.
    func place(_ request: LedgerStore.Request) async -> LedgerStore.Answer {
        await withCheckedContinuation { answer in
            let isFirst = queue.withLock { queue in
                precondition(!queue.isClosed, "a placement after the ledger was closed")
                queue.waiting.append(Waiting(request: request, answer: answer))
                return queue.waiting.count == 1
            }
            if isFirst { arrivals.signal() }
        }
    }

    /// Stores what was asked for so far, and ends the thread.
    func close() {
        queue.withLock { $0.isClosed = true }
        arrivals.signal()
        thread.withLock { thread in
            thread?.join()
            thread = nil
        }
        appender.release()
    }

    private func run() {
        var isOpen = true
        while isOpen {
            arrivals.wait()
            let (batch, isClosed) = queue.withLock { queue in
                defer { queue.waiting.removeAll(keepingCapacity: true) }
                return (queue.waiting, queue.isClosed)
            }
            commit(batch)
            isOpen = !isClosed
        }
    }

    private func commit(_ batch: [Waiting]) {
        let placings = ledger.withLock { ledger in
            batch.map { ledger.place($0.request.task, $0.request.token) }
        }
        let failure = store(batch, placings)
        let kept = ledger.withLock(\.placed)
        for (waiting, placing) in zip(batch, placings) {
            waiting.answer.resume(returning: answer(placing, kept, failure))
        }
    }

    /// Writes what was placed; an error takes all of it back.
    private func store(_ batch: [Waiting], _ placings: [PlacementLedger.Placing]) -> LedgerError? {
        var bytes: [UInt8] = []
        var tasks: [TaskIdentity] = []
        for (waiting, placing) in zip(batch, placings) {
            guard case .placed(let number) = placing else { continue }
            LedgerFrame.append(waiting.request.entry(number), body: waiting.request.body, to: &bytes)
            tasks.append(waiting.request.task)
        }
        if tasks.isEmpty { return nil }
        do throws(LedgerError) {
            try appender.append(bytes)
            tell(nil)
            return nil
        } catch {
            ledger.withLock { $0.withdraw(tasks) }
            tell(error)
            return error
        }
    }

    /// Tells of a change for the worse, or for the better.
    private func tell(_ trouble: LedgerError?) {
        let isNews = isInTrouble.withLock { isInTrouble in
            defer { isInTrouble = trouble != nil }
            return isInTrouble != (trouble != nil)
        }
        if isNews { onTrouble(trouble) }
    }

    /// What a request hears: also a repeated one fails when the first, in the same batch, was not stored.
    private func answer(
        _ placing: PlacementLedger.Placing, _ kept: UInt64, _ failure: LedgerError?
    ) -> LedgerStore.Answer {
        switch placing {
        case .placed(let number), .repeated(let number):
            if let failure, number > kept { return .failure(failure) }
            return .success(placing)
        case .superseded:
            return .success(placing)
        }
    }
}
