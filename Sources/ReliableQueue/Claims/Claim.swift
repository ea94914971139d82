import Redis

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
    public var count: Int { nodes.count }
    /// How many of them are not settled yet: neither acked, nor failed, nor given back.
    public var remaining: Int { count - settledCount }

    /// The reply that brought the tasks.
    let buffer: ReplyBuffer
    /// Where each lies in it: its bytes, by which the server knows it, unless it has a name.
    let nodes: [Int]
    /// Where the names lie by which the server knows them; empty where they have none.
    let nameNodes: [Int]

    private let attempts: [Int]
    private let kinds: KindNames
    private var settled: [Bool] = []
    private var settledCount = 0
    private var results: [Int: [UInt8]] = [:]

    /// - Parameters:
    ///   - buffer: the reply that brought the tasks; the claim keeps it.
    ///   - nodes: where each task lies in it.
    ///   - nameNodes: where the name lies by which the server knows each; empty where that is the task's bytes.
    ///   - attempts: the attempts at each task, this one included; empty where all are first ones.
    init(
        lease: Lease, token: FencingToken, isRedelivery: Bool, buffer: ReplyBuffer, nodes: [Int],
        nameNodes: [Int] = [], attempts: [Int] = [], kinds: KindNames
    ) {
        self.lease = lease
        self.token = token
        self.isRedelivery = isRedelivery
        self.buffer = buffer
        self.nodes = nodes
        self.nameNodes = nameNodes
        self.attempts = attempts
        self.kinds = kinds
    }

    /// Lends the task at `index` and its payload, where they lie. A task that cannot be decoded is lent as `nil`, with
    /// an empty payload.
    public func withTask<Result>(
        _ index: Int, _ body: (ClaimedTask?, RawSpan) throws -> Result
    ) rethrows -> Result {
        let buffer = buffer
        let bytes = buffer.bytes(of: nodes[index])
        guard let element = DecodedElement(bytes) else { return try body(nil, bytes.extracting(first: 0)) }
        return try body(task(index, element, bytes), bytes.extracting(element.payload))
    }

    /// The task that an element of this claim is.
    func task(_ index: Int, _ element: DecodedElement, _ bytes: RawSpan) -> ClaimedTask {
        let kind = kinds.index(of: bytes.extracting(element.kind))
        return ClaimedTask(
            id: element.id, kind: kinds[kind], kindIndex: kind, token: token,
            attempt: attempts.isEmpty ? 1 : attempts[index], expectedMicroseconds: element.expectedMicroseconds,
            resultMilliseconds: element.resultMilliseconds)
    }

    /// The name of the kind with this index.
    func nameOfKind(_ kind: Int) -> String { kinds[kind] }

    /// Says what came of the task at `index`, for its ack to keep if the task asked for that; without a word the result is
    /// empty.
    public func setResult(_ bytes: [UInt8], of index: Int) { results[index] = bytes }

    /// What the ack of the task at `index` is to keep; `nil` when the task did not ask.
    func keptResult(_ index: Int) -> KeptResult? {
        guard asksForResult(index) else { return nil }
        return KeptResult(of: decoded(index), .done(results[index] ?? []))
    }

    /// What is to be kept should the task at `index` be a dead letter for that reason; `nil` when the task did not ask.
    func keptFailure(_ index: Int, reason: String) -> KeptResult? {
        guard asksForResult(index) else { return nil }
        return KeptResult(of: decoded(index), .failed(reason: reason))
    }

    /// True when one of the tasks that the claim still holds asked for its result. Cost: a byte of each task is looked at.
    var asksForResults: Bool {
        nodes.indices.contains { asksForResult($0) && (settled.isEmpty || !settled[$0]) }
    }

    /// True when the task at `index` asked for its result.
    func asksForResult(_ index: Int) -> Bool {
        let buffer = buffer
        return TaskElement.asksForResult(buffer.bytes(of: nodes[index]))
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

    private func decoded(_ index: Int) -> DecodedElement? {
        let buffer = buffer
        return DecodedElement(buffer.bytes(of: nodes[index]))
    }
}

extension CommandWriter {
    /// Adds the bytes of a task, by which the server knows it.
    mutating func argument(_ claim: Claim, task index: Int) {
        let buffer = claim.buffer
        argument(buffer.bytes(of: claim.nodes[index]))
    }

    /// Adds the name by which the server knows a task, where that is not its bytes.
    mutating func argument(_ claim: Claim, nameOfTask index: Int) {
        let buffer = claim.buffer
        argument(buffer.bytes(of: claim.nameNodes[index]))
    }

    /// Adds the names of some tasks as one argument, with spaces between.
    mutating func argument(_ claim: Claim, namesOfTasks tasks: [Int]) {
        let buffer = claim.buffer
        var names: [UInt8] = []
        names.reserveCapacity(tasks.count * 20)
        for task in tasks {
            if !names.isEmpty { names.append(UInt8(ascii: " ")) }
            unsafe buffer.bytes(of: claim.nameNodes[task]).withUnsafeBytes { unsafe names.append(contentsOf: $0) }
        }
        argument(names)
    }

    /// Adds the 16 bytes of a task's id, as the scripts read them.
    mutating func argument(_ claim: Claim, idOfTask index: Int) {
        let buffer = claim.buffer
        argument(buffer.bytes(of: claim.nodes[index]).extracting(droppingFirst: 1).extracting(first: 16))
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
    /// To be handed to whatever effect the task has.
    public let token: FencingToken
    /// 1 at the first attempt; failures and lost workers both count.
    public let attempt: Int

    // As the element has them: durations are made for who asks.
    let expectedMicroseconds: UInt32
    let resultMilliseconds: UInt32?

    /// How long its producer said it would take.
    public var expected: Duration? {
        expectedMicroseconds == 0 ? nil : .microseconds(Int64(expectedMicroseconds))
    }
    /// For how long its result is kept once it is acked, or a dead letter; `nil` when nobody asked for one.
    public var keepsResultFor: Duration? { resultMilliseconds.map { .milliseconds(Int64($0)) } }
    /// True when its result is asked for.
    package var keepsResult: Bool { resultMilliseconds != nil }
}
