import Redis

/// Claims for a worker that runs many tasks at once, whenever there is room, and begins what it claimed.
struct Claimer<Handler: ConcurrentTaskHandler> {
    let queue: any ClaimSource
    let keeper: LeaseKeeper
    let stop: StopSignal
    let longestWait: Duration
    let waiting: WaitingSlot
    let handler: Handler
    let inFlight: InFlight
    let computing: ComputeCrew<Handler.Bench>
    let awaiting: AwaitingCrew

    /// Runs until the signal to stop.
    func run() throws(QueueError) {
        var wait: Duration?
        while let room = awaitRoom() {
            let exchange = try turn(inFlight.request(for: room), waiting: wait)
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

    /// Waits until there is room; `nil` when it is to stop.
    private func awaitRoom() -> Int? {
        while !stop.isSet {
            let room = inFlight.room
            if room > 0 { return room }
            inFlight.thereIsRoom.take(upTo: .seconds(1))
        }
        return nil
    }

    private func turn(_ request: ClaimRequest, waiting wait: Duration?) throws(QueueError) -> Exchange {
        handler.exchangeWillBegin(isWaiting: wait != nil, on: queue)
        let exchange: Exchange
        if let wait {
            waiting.client = WaitingSlot.Client(queue.connection)
            defer { waiting.client = nil }
            exchange = try queue.awaitClaim(request, upTo: wait)
        } else {
            exchange = try queue.exchange(acking: nil, claiming: request)
        }
        if let claim = exchange.claim { keeper.keep(claim.lease) }
        handler.exchangeDidEnd(exchange, on: queue)
        return exchange
    }

    private func begin(_ claim: Claim) throws(QueueError) {
        if try !isHeld(claim) {
            keeper.letGo(claim.lease)
            handler.claimDidClose(claim, isLost: true)
            return
        }
        let open = OpenClaim(claim)
        inFlight.open(open, (0..<claim.count).map { begin(prepare($0, of: open)) })
    }

    /// A claim that was waited for may be over when it comes, and one that holds redelivered tasks must be confirmed.
    private func isHeld(_ claim: Claim) throws(QueueError) -> Bool {
        if claim.isRedelivery, try !queue.confirm(claim) { return false }
        return try keeper.secure(claim.lease, on: queue)
    }

    private func prepare(_ index: Int, of open: OpenClaim) -> (item: WorkItem, work: TaskWork<Handler.Bench>) {
        open.claim.withTask(index) { task, payload in
            guard let task else {
                let item = WorkItem(claim: open, index: index, kind: nil, isComputing: false, id: nil)
                return (item, .settled(.rejected(reason: "not a task of this queue")))
            }
            let work = handler.prepare(task, at: index, payload: payload, lease: open.lease)
            let item = WorkItem(
                claim: open, index: index, kind: (task.kindIndex, task.kind), isComputing: work.isComputing,
                id: task.id)
            return (item, work)
        }
    }

    /// What begins a task.
    private func begin(_ task: (item: WorkItem, work: TaskWork<Handler.Bench>)) -> @Sendable () -> Void {
        let item = task.item
        switch task.work {
        case .awaiting(let body):
            return { [awaiting] in awaiting.append(AwaitingCrew.Work(item: item, body: body)) }
        case .computing(let body):
            return { [computing] in computing.append(ComputeCrew.Work(item: item, body: body)) }
        case .settled(let outcome):
            if outcome == .declined { stop.set() }
            return { [inFlight] in inFlight.end(item, outcome == .declined ? nil : outcome) }
        }
    }
}

extension TaskWork {
    fileprivate var isComputing: Bool {
        if case .computing = self { return true }
        return false
    }
}
