import Foundation
import Measurement
package import Messaging
import Processes
package import ReliableQueue
import Synchronization

/// A bare client of a sink: places messages as fast as so many at a time can be, without a queue. What a worker does
/// beside it is what the queue costs.
package struct PlaceRole: Sendable {
    /// The sink, and how it is checked.
    package var sink: (address: SinkAddress, security: ClientSecurity)
    /// How many messages.
    package var messages: Int
    /// How many at a time.
    package var inFlight: Int
    /// The length of each, in bytes.
    package var bytes: Int
    /// How many go in one call: one by itself, more as a stream.
    package var batch = 1

    /// A client of that sink.
    package init(
        sink: (address: SinkAddress, security: ClientSecurity), messages: Int, inFlight: Int, bytes: Int
    ) {
        self.sink = sink
        self.messages = messages
        self.inFlight = inFlight
        self.bytes = bytes
    }

    /// What came of it.
    package struct Report: Sendable {
        /// Messages that were placed.
        package let placed: Int
        /// What went wrong with the others, the first of it.
        package let problem: String?
        /// From the first call to the last answer.
        package let seconds: Double
        /// CPU time of this process meanwhile.
        package let cpuSeconds: Double
    }

    /// Places them all, or as many as there is time for until `stop` is set.
    package func run(until stop: StopSignal) throws(HarnessError) -> Report {
        do {
            return try AsyncWork.finish {
                try await withMessageClient(address: sink.address, security: sink.security) { client in
                    try await place(with: client, until: stop)
                }
            }
        } catch {
            throw HarnessError(error)
        }
    }

    private func place(with client: MessageClient, until stop: StopSignal) async throws -> Report {
        let tally = Tally(messages: messages)
        let producer = UInt64.random(in: 1 ... .max)
        let body = Data(repeating: 0x2A, count: bytes)
        let (began, cpu) = (MonotonicClock.nanoseconds(), try ProcessSample.current().cpuSeconds)
        await withDiscardingTaskGroup { group in
            for _ in 0..<inFlight {
                group.addTask {
                    while !stop.isSet, let numbers = tally.next(batch) {
                        let placements = numbers.map { number in
                            let task = TaskIdentity(producer: producer, batch: 1, index: UInt32(number))
                            let token = PlacementToken(epoch: 1, sequence: UInt64(number) + 1)
                            return Placement(task: task, token: token, body: body)
                        }
                        let outcomes =
                            batch == 1
                            ? [await client.place(placements[0]).outcome] : await client.placeBatch(placements).outcomes
                        outcomes.forEach(tally.note)
                    }
                }
            }
        }
        let seconds = Double(MonotonicClock.nanoseconds() - began) / 1e9
        let used = try ProcessSample.current().cpuSeconds - cpu
        let (placed, problem) = tally.outcome
        return Report(placed: placed, problem: problem, seconds: seconds, cpuSeconds: used)
    }
}

/// What the callers of a bare client share: the next message's number, and what came of those before.
private final class Tally: Sendable {
    private struct State {
        var next = 0
        var placed = 0
        var problem: String?
    }

    private let messages: Int
    private let state = Mutex(State())

    init(messages: Int) { self.messages = messages }

    /// How many were placed, and what went wrong with the others, the first of it.
    var outcome: (placed: Int, problem: String?) { state.withLock { ($0.placed, $0.problem) } }

    /// The numbers of the next messages, so many at most; `nil` when there are none.
    func next(_ count: Int) -> Range<Int>? {
        state.withLock { state in
            guard state.next < messages else { return nil }
            let numbers = state.next..<min(messages, state.next + count)
            state.next = numbers.upperBound
            return numbers
        }
    }

    /// Notes what came of one.
    func note(_ outcome: PlacementOutcome) {
        state.withLock { state in
            switch outcome {
            case .placed, .repeated: state.placed += 1
            case .superseded(let words): state.problem = state.problem ?? words
            case .failed(let status, let words): state.problem = state.problem ?? "\(status.name): \(words)"
            case .abandoned: break
            }
        }
    }
}
