import Redis

/// Claims for a worker that runs many tasks at once, whenever slots are free, and begins what it claimed.
struct Claimer<Handler: ConcurrentTaskHandler> {
    /// How long it gathers free slots, so that a claim brings some tasks and not one.
    private static var gathering: Duration { .milliseconds(1) }

    let queue: any TaskQueue
    let keeper: LeaseKeeper
    let stop: StopSignal
    let longestWait: Duration
    let slots: Int
    let waiting: WaitingSlot
    let handler: Handler
    let inFlight: InFlight
    let computing: ComputeCrew<Handler.Bench>
    let awaiting: AwaitingCrew

    /// Runs until the signal to stop.
    func run() throws(QueueError) {
        var wait: Duration?
        while let free = awaitFreeSlots() {
            let exchange = try turn(inFlight.request(for: free), waiting: wait)
            if let claim = exchange.claim {
                wait = nil
                try begin(claim)
            } else {
                wait = min(longestWait, exchange.dueIn ?? longestWait)
            }
        }
        // The record goes by itself in time: a server that is away is no reason to fail now.
        try? queue.leave()
    }

    /// Waits until an eighth of the slots is free, or some are and gathering did not bring more; `nil` when it is to
    /// stop.
    private func awaitFreeSlots() -> Int? {
        var hasGathered = false
        while !stop.isSet {
            let free = inFlight.free
            if free > 0, hasGathered || free >= slots / 8 { return free }
            hasGathered = free > 0
            inFlight.slotsAreFree.take(upTo: free > 0 ? Self.gathering : .seconds(1))
        }
        return nil
    }

    private func turn(_ request: ClaimRequest, waiting wait: Duration?) throws(QueueError) -> Exchange {
        handler.exchangeWillBegin(isWaiting: wait != nil, on: queue.connection)
        let exchange: Exchange
        if let wait {
            waiting.client = queue.connection.clientID
            defer { waiting.client = nil }
            exchange = try queue.awaitClaim(request, upTo: wait)
        } else {
            exchange = try queue.exchange(acking: nil, claiming: request)
        }
        if let claim = exchange.claim { keeper.keep(claim.lease) }
        handler.exchangeDidEnd(exchange, on: queue.connection)
        return exchange
    }

    private func begin(_ claim: Claim) throws(QueueError) {
        if claim.isRedelivery, try !queue.confirm(claim) {
            keeper.letGo(claim.lease)
            handler.claimDidClose(claim, isLost: true)
            return
        }
        let open = OpenClaim(claim)
        let work = (0..<claim.count).map { prepare($0, of: open) }
        inFlight.open(open)
        start(work)
    }

    private func prepare(_ index: Int, of open: OpenClaim) -> (item: WorkItem, work: TaskWork<Handler.Bench>) {
        open.claim.withTask(index) { task, payload in
            guard let task else {
                let item = WorkItem(claim: open, index: index, kind: nil, isComputing: false)
                return (item, .settled(.rejected(reason: "not a task of this queue")))
            }
            let work = handler.prepare(task, at: index, payload: payload, lease: open.lease)
            let item = WorkItem(
                claim: open, index: index, kind: (task.kindIndex, task.kind), isComputing: work.isComputing)
            return (item, work)
        }
    }

    private func start(_ work: [(item: WorkItem, work: TaskWork<Handler.Bench>)]) {
        var toCompute: [ComputeCrew<Handler.Bench>.Work] = []
        for (item, work) in work {
            switch work {
            case .awaiting(let body): awaiting.append(AwaitingCrew.Work(item: item, body: body))
            case .computing(let body): toCompute.append(ComputeCrew.Work(item: item, body: body))
            case .settled(.declined):
                stop.set()
                inFlight.end(item, nil)
            case .settled(let outcome): inFlight.end(item, outcome)
            }
        }
        computing.append(toCompute)
    }
}

extension TaskWork {
    fileprivate var isComputing: Bool {
        if case .computing = self { return true }
        return false
    }
}
