import Redis

/// One slot's turn, over and over: ack what was run and claim anew in one round trip, or wait, then run.
struct WorkerSlot<Handler: TaskHandler> {
    let queue: any ClaimSource
    let keeper: LeaseKeeper
    let stop: StopSignal
    let longestWait: Duration
    let waiting: WaitingSlot
    var handler: Handler
    var sizer: ClaimSizer
    let overdue: SlotWatch?
    /// True once a task of this slot was given up and taken for stuck: there is nothing left to do here.
    private(set) var isGivenUp = false

    init(
        queue: any ClaimSource, keeper: LeaseKeeper, stop: StopSignal, longestWait: Duration, waiting: WaitingSlot,
        handler: Handler, sizer: ClaimSizer, overdue: SlotWatch?
    ) {
        self.queue = queue
        self.keeper = keeper
        self.stop = stop
        self.longestWait = longestWait
        self.waiting = waiting
        self.handler = handler
        self.sizer = sizer
        self.overdue = overdue
    }

    /// Runs until the signal to stop, then acks what is done and gives the rest back.
    mutating func run() throws(QueueError) {
        var finished: Claim?
        var wait: Duration?
        while true {
            let request = stop.isSet ? nil : sizer.request()
            if request == nil, finished == nil {
                // The record goes by itself in time: a server that is away is no reason to fail now.
                try? queue.leave()
                return
            }
            let exchange = try turn(acking: finished, request, waiting: wait)
            finished = nil
            if let claim = exchange.claim {
                wait = nil
                finished = try work(on: claim)
                if isGivenUp { return }
            } else {
                wait = min(longestWait, exchange.dueIn ?? longestWait)
            }
        }
    }

    /// One round trip, or one wait when there was nothing to claim the last time.
    private mutating func turn(
        acking finished: Claim?, _ request: ClaimRequest?, waiting wait: Duration?
    ) throws(QueueError) -> Exchange {
        handler.exchangeWillBegin(isWaiting: wait != nil)
        let exchange: Exchange
        if let wait, let request {
            waiting.client = WaitingSlot.Client(queue.connection)
            defer { waiting.client = nil }
            exchange = try queue.awaitClaim(request, upTo: wait)
        } else {
            exchange = try queue.exchange(acking: finished, claiming: request)
        }
        if let finished { keeper.letGo(finished.lease) }
        if let claim = exchange.claim { keeper.keep(claim.lease) }
        handler.exchangeDidEnd(exchange, finished: finished)
        return exchange
    }

    /// Runs a claim's tasks; returns the claim when there is something left to ack.
    private mutating func work(on claim: Claim) throws(QueueError) -> Claim? {
        if claim.isRedelivery, try !queue.confirm(claim) { return abandon(claim) }
        var done: [Int] = []
        done.reserveCapacity(claim.count)
        var isSuperseded = false
        var time = monotonicNanoseconds()
        for index in 0..<claim.count {
            if claim.lease.isLost { return abandon(claim) }
            // A task that was begun is finished; the others are given back.
            if stop.isSet { return try giveBack(claim, done: done) }
            if claim.lease.hasLapsed(at: time) {
                guard try keeper.secure(claim.lease, on: queue) else { return abandon(claim) }
                time = monotonicNanoseconds()
            }
            let ticket = overdue?.begin(index, of: claim, done: done, keeper) { [handler, done] answers in
                handler.tasksDidSettleElsewhere(done, of: claim, answers)
            }
            let (outcome, kind) = run(index, of: claim, started: time)
            if let ticket, let overdue {
                switch overdue.end(ticket) {
                case .inTime: break
                case .overdue:
                    if outcome.isDeclined { stop.set() }
                    return leave(claim, index, kind, began: time, reason: overdue.reason)
                case .afterwards:
                    isGivenUp = true
                    return nil
                }
            }
            if outcome.isDeclined {
                stop.set()
                return try giveBack(claim, done: done)
            }
            let finished = monotonicNanoseconds()
            note(kind, of: claim, took: finished - time)
            handler.taskDidEnd(index, of: claim, outcome, finished: finished)
            time = finished
            switch outcome {
            case .done:
                done.append(index)
            case .answered(let result):
                claim.setResult(result, of: index)
                done.append(index)
            case .failed, .rejected:
                if let failure = outcome.failure { try fail(index, of: claim, failure) }
                time = monotonicNanoseconds()
            case .superseded, .declined:
                isSuperseded = true
                claim.lease.doubt()
            }
        }
        return isSuperseded ? try partWith(claim, done: done) : close(claim)
    }

    /// Runs a task; says, too, of what kind it is, unless it is no task.
    private mutating func run(_ index: Int, of claim: Claim, started: UInt64) -> (TaskOutcome, kind: Int?) {
        let buffer = claim.buffer
        let bytes = buffer.bytes(of: claim.nodes[index])
        guard let element = DecodedElement(bytes) else {
            return (.rejected(reason: "not a task of this queue"), nil)
        }
        let task = claim.task(index, element, bytes)
        return (handler.run(task, payload: bytes.extracting(element.payload), started: started), task.kindIndex)
    }

    private mutating func note(_ kind: Int?, of claim: Claim, took nanoseconds: UInt64) {
        guard let kind else { return }
        sizer.taskTook(nanoseconds, kind: kind, name: claim.nameOfKind(kind))
    }

    private mutating func fail(_ index: Int, of claim: Claim, _ failure: TaskFailure) throws(QueueError) {
        handler.failureDidSettle(index, of: claim, try queue.fail(index, of: claim, failure))
    }

    private mutating func close(_ claim: Claim) -> Claim? {
        sizer.claimEnded(size: claim.count)
        handler.claimDidEnd(claim)
        if claim.remaining > 0 { return claim }
        keeper.letGo(claim.lease)
        return nil
    }

    private mutating func abandon(_ claim: Claim) -> Claim? {
        keeper.letGo(claim.lease)
        handler.claimDidEnd(claim)
        handler.claimWasLost(claim)
        return nil
    }

    /// A task of the claim was given up, and ended while the watch settled the claim.
    private mutating func leave(
        _ claim: Claim, _ index: Int, _ kind: Int?, began: UInt64, reason: String
    ) -> Claim? {
        let finished = monotonicNanoseconds()
        note(kind, of: claim, took: finished - began)
        handler.taskDidEnd(index, of: claim, .failed(reason: reason), finished: finished)
        sizer.claimEnded(size: claim.count)
        handler.claimDidEnd(claim)
        return nil
    }

    /// Somebody else has a task of the claim, so it has probably lost its lease: acks what is done, and leaves it.
    private mutating func partWith(_ claim: Claim, done: [Int]) throws(QueueError) -> Claim? {
        handler.claimDidEnd(claim)
        if !done.isEmpty { handler.tasksDidSettle(done, of: claim, try queue.ack(done, of: claim)) }
        keeper.letGo(claim.lease)
        return nil
    }

    private mutating func giveBack(_ claim: Claim, done: [Int]) throws(QueueError) -> Claim? {
        handler.claimDidEnd(claim)
        if !done.isEmpty { handler.tasksDidSettle(done, of: claim, try queue.ack(done, of: claim)) }
        _ = try queue.release(claim)
        keeper.letGo(claim.lease)
        return nil
    }
}

extension TaskOutcome {
    /// What to tell the queue, when it failed.
    var failure: TaskFailure? {
        switch self {
        case .done, .answered, .superseded, .declined: nil
        case .failed(let reason): TaskFailure(reason: reason)
        case .rejected(let reason): TaskFailure(reason: reason, isRetryable: false)
        }
    }

    /// True when the task was not run. Quicker than a comparison.
    fileprivate var isDeclined: Bool {
        if case .declined = self { return true }
        return false
    }
}
