/// Tasks taken together by one worker, and the lease under which it may run them.
///
/// It belongs to the thread that claimed it; only its ``lease`` may be shared.
public final class Claim {
    /// The claim's name, made by its worker and never used twice; in `lock` that of its task.
    public var id: String { lease.claimID }
    /// Says which claim came later; zero for protocols that issue none.
    public let token: FencingToken
    /// The right to run, for whoever renews it.
    public let lease: Lease
    /// True when the tasks were attempted before; such a claim is to be confirmed before it starts.
    public let isRedelivery: Bool
    /// How many tasks it was given.
    public var count: Int { ends.count }
    /// How many of them are not settled yet: neither acked, nor failed, nor given back.
    public var remaining: Int { count - settledCount }

    /// By what the server knows each task, where that is not its bytes; empty where it is.
    let entries: [String]

    private let storage: [UInt8]
    private let ends: [Int]
    private let attempts: [Int]
    private let kinds: KindNames
    private var settled: [Bool] = []
    private var settledCount = 0
    private var results: [Int: [UInt8]] = [:]

    init(
        lease: Lease, token: FencingToken, isRedelivery: Bool, storage: [UInt8], ends: [Int], attempts: [Int],
        kinds: KindNames, entries: [String] = []
    ) {
        self.lease = lease
        self.token = token
        self.isRedelivery = isRedelivery
        self.storage = storage
        self.ends = ends
        self.attempts = attempts
        self.kinds = kinds
        self.entries = entries
    }

    /// Lends the task at `index` and its payload, where they lie. A task that cannot be decoded is lent as `nil`, with
    /// an empty payload.
    public func withTask<Result>(
        _ index: Int, _ body: (ClaimedTask?, RawSpan) throws -> Result
    ) rethrows -> Result {
        let element = DecodedElement(storage, range(index))
        let task = element.map { element in
            let kind = kinds.index(of: storage, element.kind)
            return ClaimedTask(
                id: element.id, kind: kinds.names[kind], kindIndex: kind, expected: element.expected,
                keepsResultFor: element.keepsResultFor, token: token,
                attempt: attempts.isEmpty ? 1 : attempts[index])
        }
        let payload = element?.payload ?? 0..<0
        return try unsafe storage.withUnsafeBytes { bytes in
            try body(task, unsafe UnsafeRawBufferPointer(rebasing: bytes[payload]).bytes)
        }
    }

    /// The kind of the task at `index`, unless it cannot be decoded.
    func kind(_ index: Int) -> (index: Int, name: String)? {
        guard let element = DecodedElement(storage, range(index)) else { return nil }
        let kind = kinds.index(of: storage, element.kind)
        return (kind, kinds.names[kind])
    }

    /// Says what came of the task at `index`, for its ack to keep if the task asked for that; without a word the result is
    /// empty.
    public func setResult(_ bytes: [UInt8], of index: Int) { results[index] = bytes }

    /// What the ack of the task at `index` is to keep; `nil` when the task did not ask.
    func keptResult(_ index: Int) -> KeptResult? {
        guard asksForResult(index) else { return nil }
        return KeptResult(of: DecodedElement(storage, range(index)), .done(results[index] ?? []))
    }

    /// What is to be kept should the task at `index` be a dead letter for that reason; `nil` when the task did not ask.
    func keptFailure(_ index: Int, reason: String) -> KeptResult? {
        guard asksForResult(index) else { return nil }
        return KeptResult(of: DecodedElement(storage, range(index)), .failed(reason: reason))
    }

    /// True when one of the tasks that the claim still holds asked for its result. Cost: a byte of each task is looked at.
    var asksForResults: Bool {
        ends.indices.contains { asksForResult($0) && (settled.isEmpty || !settled[$0]) }
    }

    /// True when the task at `index` asked for its result.
    func asksForResult(_ index: Int) -> Bool {
        let range = range(index)
        return !range.isEmpty && storage[range.lowerBound] == TaskElement.versionWithResult
    }

    /// Notes that the server has taken the task out of the claim.
    func settle(_ index: Int) {
        if settled.isEmpty { settled = Array(repeating: false, count: count) }
        if !settled[index] { settledCount += 1 }
        settled[index] = true
    }

    /// Notes that the claim is over.
    func settleAll() { settledCount = count }

    /// The tasks that the claim still holds, unless it is over.
    var unsettled: [Int] { (0..<count).filter { settled.isEmpty || !settled[$0] } }

    /// The 16 bytes of the task's id, as the scripts read them.
    func taskID(_ index: Int) -> ArraySlice<UInt8> { element(index).dropFirst().prefix(16) }

    /// The task's bytes, by which the server knows it.
    func element(_ index: Int) -> ArraySlice<UInt8> { storage[range(index)] }

    private func range(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }
}

/// Some tasks of a claim, by their place in it.
public struct ClaimPortion {
    /// The claim.
    public let claim: Claim
    /// Which of its tasks.
    public let tasks: [Int]

    /// A portion.
    public init(claim: Claim, tasks: [Int]) {
        self.claim = claim
        self.tasks = tasks
    }

    /// True when one of them asked for its result.
    var asksForResults: Bool { tasks.contains(where: claim.asksForResult) }
}

/// A task as its worker sees it.
public struct ClaimedTask: Sendable {
    /// Its identity, the same at every attempt.
    public let id: TaskID
    /// Its kind.
    public let kind: String
    /// The kind's place in the order in which this connection met kinds; a quick key for tables.
    public let kindIndex: Int
    /// How long its producer said it would take.
    public let expected: Duration?
    /// For how long its result is kept once it is acked, or a dead letter; `nil` when nobody asked for one.
    public let keepsResultFor: Duration?
    /// To be handed to whatever effect the task has.
    public let token: FencingToken
    /// 1 at the first attempt; failures and lost workers both count.
    public let attempt: Int
}

/// The names of the kinds that a connection has met, so that a task's kind costs a comparison and not a string.
final class KindNames {
    private(set) var names: [String] = []
    private var bytes: [[UInt8]] = []
    private var last = 0

    /// The index of the kind whose name is `buffer[range]`.
    func index(of buffer: [UInt8], _ range: Range<Int>) -> Int {
        if last < bytes.count, matches(bytes[last], buffer, range) { return last }
        last = bytes.firstIndex { matches($0, buffer, range) } ?? add(buffer[range])
        return last
    }

    private func add(_ name: ArraySlice<UInt8>) -> Int {
        bytes.append(Array(name))
        names.append(String(decoding: name, as: UTF8.self))
        return names.count - 1
    }

    private func matches(_ name: [UInt8], _ buffer: [UInt8], _ range: Range<Int>) -> Bool {
        guard name.count == range.count else { return false }
        for offset in 0..<name.count where name[offset] != buffer[range.lowerBound + offset] { return false }
        return true
    }
}
