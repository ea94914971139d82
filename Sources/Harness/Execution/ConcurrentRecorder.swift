import Foundation
import Measurement
import Messaging
import Redis
import ReliableQueue
import Synchronization
import Workload

/// Runs a worker's tasks, many at once, and writes down what they cost: messages are placed through one client, and
/// everything else is computed or slept away.
///
/// The order is that of ``RecordingHandler``, and makes the records evidence: an attempt is on record before it starts,
/// its result before its ack is sent, the sending before the answer. When a journal cannot be written it declines.
///
/// Every task is measured by itself, but for the computing that placing a message needs: an event loop and the
/// cooperative pool do it for all of them together, so what those threads use is shared evenly by the calls that end
/// meanwhile. The first call, which sets up the connection, has no share.
final class ConcurrentRecorder: ConcurrentTaskHandler {
    private let records: ConcurrentRecords
    private let client: MessageClient
    private let bodies = MessageBodies()
    private let stop: StopSignal
    private let probe: ProcessFault?
    private let onFailure: @Sendable (any Error) -> Void

    /// - Parameters:
    ///   - client: the connection that all slots share.
    ///   - stop: tells the worker to stop: placements are not tried again then.
    ///   - probe: told when a task begins, and when it has had its effect.
    ///   - onFailure: told when something can't be written or measured.
    init(
        journals: borrowing SlotJournals, client: MessageClient, stop: StopSignal, probe: ProcessFault?,
        onFailure: @escaping @Sendable (any Error) -> Void
    ) throws {
        records = try ConcurrentRecords(journals: journals, onFailure: onFailure)
        self.client = client
        self.stop = stop
        self.probe = probe
        self.onFailure = onFailure
    }

    /// Writes what is left, once the worker has ended.
    func close() { records.close() }

    func makeBench() -> ComputeBench { ComputeBench(onFailure: onFailure) }

    func prepare(
        _ task: ClaimedTask, at index: Int, payload: RawSpan, lease: Lease
    ) -> TaskWork<ComputeBench> {
        let decoded = TaskPayload.decoding(payload)
        guard let (attempt, kind) = records.append(task, at: index, payload: decoded) else {
            return .settled(.declined)
        }
        switch (kind, decoded) {
        case (nil, _): return reject(attempt, "unknown task kind \(task.kind.debugDescription)")
        case (_, .failure(let error)): return reject(attempt, "\(error)")
        case (.message?, .success(let payload)): return place(task, payload, attempt, lease)
        case (.sleep?, .success(let payload)): return sleep(task, payload, attempt)
        case (let kind?, .success(let payload)): return compute(kind, task, payload, attempt)
        }
    }

    private func reject(_ attempt: Int, _ reason: String) -> TaskWork<ComputeBench> {
        records.start(attempt)
        records.end(attempt, .rejected(reason: reason)) { _ in }
        return .settled(.rejected(reason: reason))
    }

    // MARK: The work

    private func place(
        _ task: ClaimedTask, _ payload: TaskPayload, _ attempt: Int, _ lease: Lease
    ) -> TaskWork<ComputeBench> {
        let placement = Placement(task, body: bodies.body(of: Int(payload.parameter)))
        let isAsked = task.keepsResultFor != nil
        return .awaiting { [records, client, stop, probe] in
            records.start(attempt)
            probe?.reach(.task)
            let result = await client.place(placement, while: { !lease.isLost && !stop.isSet })
            probe?.reach(.effect)
            let isAbandoned = result.outcome == .abandoned
            // What was given up with the lease is somebody else's; what was given up to stop is given back.
            let outcome =
                isAbandoned ? (lease.isLost ? .superseded : .declined) : TaskOutcome(result.outcome, isAsked: isAsked)
            records.end(attempt, outcome, as: isAbandoned ? .released : nil, calls: result.costs.calls) {
                $0.note(result)
            }
            return outcome
        }
    }

    private func sleep(_ task: ClaimedTask, _ payload: TaskPayload, _ attempt: Int) -> TaskWork<ComputeBench> {
        let isAsked = task.keepsResultFor != nil
        return .awaiting { [records] in
            let began = records.start(attempt)
            do {
                try await Task.sleep(for: .microseconds(payload.parameter))
            } catch {
                // Only its time limit cancels it: a worker that stops lets end what was begun.
                records.end(attempt, .failed(reason: "cancelled")) { _ in }
                return .failed(reason: "cancelled")
            }
            let result = TaskExecutor.Result.waited(MonotonicClock.nanoseconds() - began)
            let outcome = TaskOutcome(result, isAsked: isAsked)
            records.end(attempt, outcome) { $0.note(result) }
            return outcome
        }
    }

    private func compute(
        _ kind: TaskKind, _ task: ClaimedTask, _ payload: TaskPayload, _ attempt: Int
    ) -> TaskWork<ComputeBench> {
        let isAsked = task.keepsResultFor != nil
        return .computing { [records, probe] bench in
            records.start(attempt)
            probe?.reach(.task)
            let before = bench.sample()
            let result = bench.executor.run(
                kind, parameter: payload.parameter, attempt: task.attempt, inFull: isAsked)
            let cost = bench.sample() - before
            probe?.reach(.effect)
            let outcome = TaskOutcome(result, isAsked: isAsked)
            records.end(attempt, outcome) { record in
                record.note(result)
                record.note(cost)
            }
            return outcome
        }
    }

    // MARK: The claims

    func exchangeWillBegin(isWaiting: Bool, on source: any TrafficSource) {
        records.claimWillBegin(on: source)
    }

    func exchangeDidEnd(_ exchange: Exchange, on source: any TrafficSource) {
        records.claimDidEnd(exchange, on: source)
    }

    func acksWillBegin(_ portions: [ClaimPortion], on source: any TrafficSource) {
        records.acksWillBegin(portions, on: source)
    }

    func acksDidEnd(_ portions: [ClaimPortion], _ answers: [[AckAnswer]], on source: any TrafficSource) {
        records.acksDidEnd(portions, answers, on: source)
    }

    func claimDidClose(_ claim: Claim, isLost: Bool) {
        records.close(claim, isLost: isLost)
    }
}

extension Placement {
    /// A task's message. Tasks of protocols without tokens are placed without one.
    fileprivate init(_ task: ClaimedTask, body: Data) {
        let token =
            task.token.epoch == 0
            ? nil : PlacementToken(epoch: task.token.epoch, sequence: task.token.sequence)
        self.init(
            task: TaskIdentity(producer: task.id.producer, batch: task.id.batch, index: task.id.index), token: token,
            body: body)
    }
}

/// The bodies of messages: asterisks, of which only the number matters. Those of the length asked for last are kept.
private final class MessageBodies: Sendable {
    private let last = Mutex(Data())

    /// A body of so many bytes.
    func body(of length: Int) -> Data {
        last.withLock { last in
            if last.count != length { last = Data(repeating: UInt8(ascii: "*"), count: length) }
            return last
        }
    }
}

extension AttemptRecord {
    /// What a placement cost. The time that it waited is what its calls and the pauses between them took, until what
    /// they computed is taken off.
    fileprivate mutating func note(_ result: PlacementResult) {
        let costs = result.costs
        ioWait = costs.callNanoseconds + costs.backoffNanoseconds
        grpcCalls = UInt8(clamping: costs.calls)
        grpcBytesOut = UInt32(clamping: costs.bytesOut)
        grpcBytesIn = UInt16(clamping: costs.bytesIn)
        switch result.outcome {
        case .placed(let number), .repeated(let number): residue = number
        case .superseded, .failed, .abandoned: break
        }
    }
}

extension TaskOutcome {
    /// What a placement makes of its task. One that the sink will never take is not tried again; one that was given up
    /// with its lease belongs to somebody else.
    fileprivate init(_ outcome: PlacementOutcome, isAsked: Bool) {
        self =
            switch outcome {
            case .placed(let number), .repeated(let number): isAsked ? .answered("placed as \(number)") : .done
            case .superseded, .abandoned: .superseded
            case .failed(let status, let words):
                status.isTransient
                    ? .failed(reason: "\(status.name): \(words)") : .rejected(reason: "\(status.name): \(words)")
            }
    }
}
